"""What a term of execution is: a few calendar points, a span, a rhythm, or none of them."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

YEARS = range(1990, 2101)
"""A plan for a year outside is a slip of the pen."""


class TermKind(StrEnum):
    """How the words bind the executor."""

    AT = "at"
    """By each of its points: “to 10 December 2014”, “II, IV quarters of 2014”."""
    PERIOD = "period"
    """From its first point to its second: “April–June 2014”, “2014–2016”."""
    EVERY = "every"
    """Again and again: “quarterly”, “yearly, by 10 December”."""
    THROUGHOUT = "throughout"
    """All the time of a year or of some years."""
    PERMANENT = "permanent"
    AS_NEEDED = "as_needed"


class Unit(StrEnum):
    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"


MONTHS = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.HALF: 6, Unit.YEAR: 12}
"""How many months a unit takes; a day has no such number."""


class Rhythm(StrEnum):
    MONTHLY = "month"
    QUARTERLY = "quarter"
    HALF_YEARLY = "half"
    YEARLY = "year"


class Month(StrEnum):
    """Of which month a numbered day is, in each turn of a rhythm."""

    LAST = "last"
    NEXT = "next"


@dataclass(frozen=True, slots=True)
class Point:
    """A place in the calendar. `number` is a month, a quarter or a half (a day: its month).

    Without a year it is in whatever year the plan or the rhythm gives.
    """

    unit: Unit
    year: int | None = None
    number: int = 1
    day: int = 0

    def first(self, year: int) -> date:
        """Its first day, where it has no year of its own in the year given."""
        year = self.year or year
        if self.unit is Unit.DAY:
            return clipped(year, self.number, self.day)
        return date(year, 1 + (self.number - 1) * MONTHS[self.unit], 1)

    def last(self, year: int) -> date:
        """Its last day: the day by which the thing is done."""
        year = self.year or year
        if self.unit is Unit.DAY:
            return clipped(year, self.number, self.day)
        return clipped(year, self.number * MONTHS[self.unit], 31)


@dataclass(frozen=True, slots=True)
class Term:
    """A term of execution.

    AT and PERIOD have points; `rhythm` with its `day` or its yearless points is that of EVERY, or
    tells when something permanent is reported; `span` limits either to some years.
    """

    kind: TermKind
    points: tuple[Point, ...] = ()
    span: tuple[int, int] | None = None
    rhythm: Rhythm | None = None
    day: int = 0
    month: Month = Month.LAST


def clipped(year: int, month: int, day: int) -> date:
    """That day, or the last of its month: 29 February is 28 in most years."""
    return date(year, month, min(day, monthrange(year, month)[1]))
