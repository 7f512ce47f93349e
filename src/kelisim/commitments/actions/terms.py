"""What a commitment's terms say of it as a whole is kept on it, after each act on them."""

from collections.abc import Collection

from django.db.models import Max, Min, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, ExtractYear

from kelisim.commitments.models import Commitment, Stage
from kelisim.commitments.states import StageKind


def settle(commitments: Collection[int]) -> None:
    """Set the last term and the nearest one that is not met, from the stages; two queries."""
    mine = Stage.objects.filter(
        commitment=OuterRef("pk"), kind=StageKind.TERM, dropped=False
    ).order_by()
    last = mine.values("commitment").annotate(day=Max("due_on")).values("day")
    nearest = (
        mine.filter(met_on=None).values("commitment").annotate(day=Min("due_on")).values("day")
    )
    these = Commitment.objects.filter(pk__in=commitments)
    these.update(due_on=Coalesce(Subquery(last), "due_on"), next_on=Subquery(nearest))
    these.filter(~Q(year=ExtractYear("due_on"))).update(year=ExtractYear("due_on"))
