"""Two years or two regions of a charter beside each other: the same figures of both."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import DecimalField, Sum
from django.db.models.functions import Coalesce

from kelisim.charter.models import Version
from kelisim.commitments.models import Money
from kelisim.evaluation.queries import coverage as reading
from kelisim.evaluation.queries.coverage import Asked, Coverage, Row
from kelisim.evaluation.trees.coverage import Counts, State, Step, total

EXACT = DecimalField(max_digits=20, decimal_places=2)
SUMS = ("planned", "allocated", "spent")


@dataclass(frozen=True, slots=True)
class Side:
    """What is asked for, how each measure stands in it, and the money of it."""

    asked: Asked
    found: Coverage
    money: dict[str, Decimal]

    @property
    def counts(self) -> Counts:
        """Commitments; one that serves two measures counts with both."""
        return total(self.found.whole.values())

    def figures(self) -> list[tuple[str, int]]:
        """Measures by the step that they reached, and those for which nothing is planned."""
        tally = self.found.tally
        steps = [(step.value, tally.steps[step]) for step in Step]
        return [*steps, ("nothing", tally.states[State.NOTHING])]


@dataclass(frozen=True, slots=True)
class Pair:
    """A measure on both sides."""

    row: Row
    one: Counts
    other: Counts

    @property
    def differs(self) -> bool:
        return self.one.state != self.other.state


def side(version: Version, asked: Asked, on: date, language: str) -> Side:
    """Seven queries, whatever there is."""
    commitments = reading.commitments(version, asked, provision=None, step=None).order_by()
    money = Money.objects.filter(commitment__in=commitments.values("pk"))
    if asked.year is not None:
        money = money.filter(year=asked.year)
    sums = money.aggregate(
        **{name: Coalesce(Sum(name), Decimal(0), output_field=EXACT) for name in SUMS}
    )
    return Side(asked, reading.coverage(version, asked, on, language), sums)


def pairs(one: Side, other: Side) -> Sequence[Pair]:
    """Every measure that stands today or that either side has, in the charter's order."""
    rows = {row.pk: row for row in (*one.found.measures, *other.found.measures)}
    first, second = one.found.whole, other.found.whole
    return [
        Pair(row, first.get(pk, Counts()), second.get(pk, Counts())) for pk, row in rows.items()
    ]
