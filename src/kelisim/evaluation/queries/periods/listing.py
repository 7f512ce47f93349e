"""Which reports there are: for everybody, for an office, one with what stands about it."""

from django.db.models import Q, QuerySet

from kelisim.bodies.models import Body
from kelisim.bodies.queries.powers import Powers
from kelisim.evaluation import rights
from kelisim.evaluation.models import PeriodReport
from kelisim.evaluation.states import OPEN_PERIODS, PeriodState
from kelisim.evaluation.trees.comparing import digest

ABOUT = ("body__kind", "body__unit__parent", "body__parent", "corrects")


def published() -> QuerySet[PeriodReport]:
    """Newest edition of each first, those that were replaced left out."""
    found = PeriodReport.objects.filter(state=PeriodState.PUBLISHED)
    replaced = PeriodReport.objects.filter(state=PeriodState.PUBLISHED, corrects__isnull=False)
    return (
        found.exclude(pk__in=replaced.values("corrects"))
        .select_related("body")
        .defer("content")
        .order_by("-ends", "-starts", "body__path", "pk")
    )


def one(pk: int) -> PeriodReport | None:
    """A report with its body; one query."""
    return PeriodReport.objects.select_related(*ABOUT).filter(pk=pk).first()


def editions(of: PeriodReport) -> list[PeriodReport]:
    """Every published edition of a period's report, oldest first; one query."""
    found = PeriodReport.objects.filter(
        body=of.body_id, starts=of.starts, ends=of.ends, state=PeriodState.PUBLISHED
    )
    return list(found.defer("content").order_by("number"))


def open_ones(held: Powers) -> QuerySet[PeriodReport]:
    """Reports that somebody may write or publish and that are not out yet."""
    return reached(held).filter(state__in=OPEN_PERIODS)


def listed(held: Powers) -> QuerySet[PeriodReport]:
    """Every report of the bodies that somebody writes for; open ones first."""
    return reached(held).exclude(state=PeriodState.DISCARDED)


def reached(held: Powers) -> QuerySet[PeriodReport]:
    bodies = Body.objects.filter(held.reached(rights.WRITE) | held.reached(rights.PUBLISH))
    return (
        PeriodReport.objects.filter(Q(body__in=bodies.values("pk")))
        .select_related(*ABOUT[:3])
        .defer("content")
        .order_by("-ends", "-starts", "body__path", "-number")
    )


def whole(of: PeriodReport) -> bool:
    """Whether a frozen report still is what its digest says."""
    return bool(of.digest) and digest(of.content) == of.digest
