"""What counts as what: one place for every figure, and for the rows that stand behind it.

A term counts for the body that leads now. Of a commitment that was excluded from its plan or is
suspended only what was done counts.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import (
    DecimalField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
)
from django.db.models.functions import Coalesce
from django.utils.timezone import make_aware

from kelisim.commitments.models import Actual, Commitment, Mark, Money, Stage, Target
from kelisim.commitments.states import Control, Direction, MarkKind, PlanState, StageKind

SEEN = (PlanState.IN_FORCE, PlanState.CLOSED)
ASIDE = (Control.EXCLUDED, Control.SUSPENDED)
MET = Q(met_on__isnull=False)
HANDED = Q(handed_on__isnull=False)
GIVEN_UP = Q(commitment__control=Control.NOT_EXECUTED)
IN_TIME = Q(handed_on__lte=F("due_on"))


def fates(on: date) -> dict[str, Q]:
    """What became of a term by a day; each has exactly one, and `due` is all of them."""
    return {
        "due": Q(),
        "in_time": MET & IN_TIME,
        "late": MET & ~IN_TIME,
        "waiting": ~MET & HANDED & ~GIVEN_UP,
        "not_done": ~MET & (GIVEN_UP | ~HANDED & Q(due_on__lt=on)),
        "ahead": ~MET & ~GIVEN_UP & ~HANDED & Q(due_on__gte=on),
    }


FATES = ("due", "in_time", "late", "waiting", "not_done", "ahead")
ACTS = {"extended": MarkKind.EXTENDED, "returned": MarkKind.RETURNED}


def components(on: date) -> dict[str, tuple[Q, Q]]:
    """Of each component that terms are the cases of: which are cases, and which of these hits.

    A report that waits for its controller is no case of completeness: the body did its part. What
    was returned once is a miss of quality, however good it became.
    """
    found = fates(on)
    returned = Q(sent_back=True)
    return {
        "timeliness": (~found["ahead"], HANDED & IN_TIME & (MET | ~GIVEN_UP)),
        "completeness": (MET | found["not_done"], MET),
        "quality": (HANDED | returned, ~returned),
    }


def terms(since: date, until: date) -> QuerySet[Stage]:
    """Terms due in a period, whole or in part done, of commitments that everybody may see."""
    return Stage.objects.filter(
        kind=StageKind.TERM,
        dropped=False,
        due_on__range=(since, until),
        commitment__plan__state__in=SEEN,
    ).exclude(commitment__control__in=ASIDE, met_on__isnull=True)


def with_returns(of: QuerySet[Stage]) -> QuerySet[Any]:
    """Terms, and whether the leading executor's report on it was ever returned."""
    returned = Mark.objects.filter(
        stage=OuterRef("pk"),
        kind=MarkKind.RETURNED,
        sending__report__body=OuterRef("commitment__lead"),
    )
    return of.annotate(sent_back=Exists(returned))


def controlled(since: date, until: date) -> QuerySet[Commitment]:
    """Commitments that were on control on any day of a period.

    A commitment leaves control on the day on which it was done, given up or excluded.
    """
    gone = Mark.objects.filter(
        commitment=OuterRef("pk"),
        kind__in=[MarkKind.NOT_EXECUTED, MarkKind.EXCLUDED],
        at__lt=moment(since),
    )
    return Commitment.objects.filter(
        Q(done_on__isnull=True) | Q(done_on__gte=since),
        ~Exists(gone),
        plan__state__in=SEEN,
        starts__lte=until,
    )


def marks(kind: MarkKind, since: date, until: date) -> QuerySet[Mark]:
    """Acts of control made in a period."""
    return Mark.objects.filter(
        kind=kind,
        at__gte=moment(since),
        at__lt=moment(until + timedelta(1)),
        commitment__plan__state__in=SEEN,
    )


def moment(day: date) -> datetime:
    """The first moment of a day, where the council is."""
    return make_aware(datetime.combine(day, time()))


def over(year: int, on: date, through: str = "") -> Q:
    """Of which commitments a year's target or money is asked: the year or their term is over."""
    return Q() if year < on.year else Q(**{f"{through}commitment__due_on__lt": on})


def targets(year: int, on: date) -> QuerySet[Any]:
    """Targets of a year with the last figure for it; one without a figure was not reached."""
    last = Actual.objects.filter(indicator=OuterRef("indicator"), year=OuterRef("year"))
    return (
        Target.objects.filter(
            over(year, on, "indicator__"), year=year, indicator__commitment__plan__state__in=SEEN
        )
        .exclude(indicator__commitment__control__in=ASIDE)
        .annotate(actual=Subquery(last.order_by("-on", "-pk").values("value")[:1]))
    )


REACHED = Q(indicator__direction=Direction.UP, actual__gte=F("value")) | Q(
    indicator__direction=Direction.DOWN, actual__lte=F("value")
)


def money(year: int, on: date) -> QuerySet[Any, Any]:
    """Money of a year by commitment: what was there (given, else planned), and what was spent."""
    there = Coalesce("allocated", "planned")
    exact = DecimalField(max_digits=20, decimal_places=2)
    return (
        Money.objects.filter(over(year, on), year=year, commitment__plan__state__in=SEEN)
        .exclude(commitment__control__in=ASIDE)
        .order_by("commitment_id")
        .values("commitment_id", "commitment__lead_id")
        .annotate(there=Sum(there, output_field=exact), used=Sum("spent"))
        .filter(there__gt=0)
    )
