"""A year as a page shows it: months of weeks of days; the faults of a table by row and column."""

from calendar import Calendar as Weeks
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import batched

from django.utils.translation import gettext

from kelisim.calendar.trees import Calendar, Reason, Why
from kelisim.refusals import Refused

QUARTER = 3
FIRST_MONDAY = date(2024, 1, 1)


@dataclass(frozen=True, slots=True)
class Day:
    """One day as the page shows it; outside its month it is None there."""

    day: date
    working: bool
    reason: Reason | None


@dataclass(frozen=True, slots=True)
class Month:
    first: date
    weeks: list[list[Day | None]]

    def days(self) -> Iterator[Day]:
        return (day for week in self.weeks for day in week if day)

    @property
    def working(self) -> int:
        return sum(day.working for day in self.days())


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a cell of a table, in words."""

    line: object
    column: object
    words: str


@dataclass(frozen=True, slots=True)
class YearShown:
    months: list[Month]

    @property
    def quarters(self) -> list[int]:
        return [
            sum(month.working for month in part)
            for part in batched(self.months, QUARTER, strict=True)
        ]

    @property
    def working(self) -> int:
        return sum(month.working for month in self.months)

    @property
    def holidays(self) -> list[Day]:
        return self.days(Why.HOLIDAY)

    @property
    def moved(self) -> list[Day]:
        return self.days(Why.MOVED)

    def days(self, why: Why) -> list[Day]:
        return [
            day
            for month in self.months
            for day in month.days()
            if day.reason and day.reason.why is why
        ]


def shown(calendar: Calendar, year: int, *, first_weekday: int) -> YearShown:
    """The twelve months of a year, in the country's own weeks."""

    def cell(day: date, month: int) -> Day | None:
        if day.month != month:
            return None
        return Day(day, calendar.working(day), calendar.reason(day))

    return YearShown(
        [
            Month(
                date(year, month, 1),
                [
                    [cell(day, month) for day in week]
                    for week in Weeks(first_weekday).monthdatescalendar(year, month)
                ],
            )
            for month in range(1, 13)
        ]
    )


def week(first_weekday: int) -> list[date]:
    """Seven days whose names head a month."""
    return [FIRST_MONDAY.replace(day=1 + (first_weekday + n) % 7) for n in range(7)]


def faults(refused: Refused) -> list[Fault]:
    """The reasons of a refused table, each with its row and column."""
    return [
        Fault(
            refusal.facts.get("line", ""),
            refusal.facts.get("column", ""),
            gettext(refusal.code) % dict(refusal.facts),
        )
        for refusal in refused.refusals
    ]
