"""Terms of commitments by day, for a month and for a body's feed."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from kelisim.bodies.models import Body
from kelisim.commitments.models import Executor, Stage
from kelisim.commitments.queries.plans import PUBLIC
from kelisim.commitments.states import CONTROLLED, StageKind

MOST = 500


def terms() -> QuerySet[Stage]:
    """Terms of approved plans, each with its commitment."""
    return (
        Stage.objects.filter(kind=StageKind.TERM, dropped=False, commitment__plan__state__in=PUBLIC)
        .select_related("commitment__lead", "commitment__body", "commitment__plan")
        .order_by("due_on", "commitment__position", "pk")
    )


def of_month(first: date, after: date, body: str = "") -> list[Stage]:
    """The terms from a day up to, not with, another; one query."""
    found = terms().filter(due_on__gte=first, due_on__lt=after)
    return list((found.filter(executed_by(body)) if body else found)[: MOST * 2])


def executed_by(slug: str) -> Q:
    theirs = Executor.objects.filter(commitment=OuterRef("commitment"), body__slug=slug, until=None)
    return Q(Exists(theirs)) | Q(commitment__body__slug=slug)


def of_body(body: Body, since: date) -> list[Stage]:
    """A body's terms that are not met yet, from a day on; one query."""
    found = terms().filter(
        executed_by(body.slug),
        met_on=None,
        due_on__gte=since,
        commitment__control__in=CONTROLLED,
    )
    return list(found[:MOST])
