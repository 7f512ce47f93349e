"""Which commitments a council's report tells of."""

from collections.abc import Callable
from datetime import date

from django.db.models import Q, QuerySet

from kelisim.bodies.models import Body
from kelisim.commitments.models import Standing
from kelisim.commitments.queries.standing import standing_on
from kelisim.evaluation.queries.behind import SEEN
from kelisim.evaluation.trees.periods import Span

type Within = Callable[[str], Q]
"""From the way to a commitment (`commitment__` or nothing) to what is asked of it."""


def within(body: Body) -> Within:
    """The top body reports of the whole country, a region's of its ground, another of its plans."""

    def asked(through: str) -> Q:
        if body.parent_id is None:
            return Q()
        if body.unit_id is None:
            return Q(**{f"{through}body": body.pk})
        own = Q(**{f"{through}unit": body.unit_id})
        return own | Q(**{f"{through}unit__parent": body.unit_id})

    return asked


def own(body: Body, through: str) -> Q:
    """The body itself and its councils on the same ground: a region's are not the country's."""
    return Q(**{f"{through}path__startswith": body.path, f"{through}unit": body.unit_id})


def during(span: Span, through: str = "") -> Q:
    """Commitments of plans that ran in a period and that everybody may see."""
    return Q(
        **{
            f"{through}plan__state__in": SEEN,
            f"{through}plan__starts__lte": span.last,
            f"{through}plan__ends__gte": span.first,
        }
    )


def standings(body: Body, span: Span, on: date) -> QuerySet[Standing]:
    """How each commitment of a period stood on a day, one row each."""
    way = "commitment__"
    return standing_on(on).filter(within(body)(way), during(span, way)).order_by()
