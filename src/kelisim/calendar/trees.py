"""Working days: which days are free and why, and terms counted in working days. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

ONE = timedelta(days=1)
COLUMNS = (
    *("day", "kind", "name_kk", "name_ru", "name_en"),
    *("act_number", "act_date", "act_kind_kk", "act_kind_ru", "act_kind_en"),
)
"""The columns of a table of moved days, as it is written and read."""
type Words = Mapping[str, str]


class Why(StrEnum):
    """Why a day is free, or works although it would not."""

    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a day is as it is; `name` by language, for a holiday or as the change names it."""

    why: Why
    name: Words = field(default_factory=dict)
    estimated: bool = False
    """The day of this holiday is not announced yet."""


@dataclass(frozen=True, slots=True)
class Change:
    """A day that an act made working or free."""

    day: date
    working: bool
    name: Words = field(default_factory=dict)
    act: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days of a country: its weekend, its holidays, and what acts changed.

    `weekend`: days of the week, 0 is Monday. `holidays`: names by day. `busy`: days of the
    weekend that the holidays' own source says were worked. Changes go before everything.
    """

    weekend: frozenset[int]
    holidays: Mapping[date, Reason]
    busy: frozenset[date] = frozenset()
    changes: Mapping[date, Change] = field(default_factory=dict)

    def working(self, day: date) -> bool:
        """Whether people work on a day."""
        change = self.changes.get(day)
        if change is not None:
            return change.working
        if day in self.holidays:
            return False
        return day.weekday() not in self.weekend or day in self.busy

    def reason(self, day: date) -> Reason | None:
        """Why a day is free, or why it works although it would not; None for an ordinary day."""
        change = self.changes.get(day)
        if change is not None:
            return Reason(Why.MOVED, change.name)
        if day in self.holidays:
            return self.holidays[day]
        if day.weekday() in self.weekend:
            return Reason(Why.MOVED if day in self.busy else Why.WEEKEND)
        return None

    def after(self, day: date, number: int) -> date:
        """The n-th working day after a day; the day itself is not counted. 0: `due(day)`."""
        return self.due(day) if number == 0 else self.step(day, number, ONE)

    def before(self, day: date, number: int) -> date:
        """The n-th working day before a day; 0: the day itself, or the last that worked."""
        if number == 0:
            return day if self.working(day) else self.step(day, 1, -ONE)
        return self.step(day, number, -ONE)

    def step(self, day: date, number: int, by: timedelta) -> date:
        while number > 0:
            day += by
            number -= self.working(day)
        return day

    def due(self, day: date) -> date:
        """The day on which a term ends that ends on a day: a free one moves to the next working."""
        while not self.working(day):
            day += ONE
        return day

    def between(self, day: date, other: date) -> int:
        """How many working days lie after the one and up to the other; negative when it is past."""
        if other < day:
            return -self.between(other, day)
        return sum(self.working(day + n * ONE) for n in range(1, (other - day).days + 1))


def split(text: str) -> tuple[str, bool]:
    """A holiday's name as the library gives it, without its marks; whether it is estimated."""
    plain, _sign, mark = text.partition(" (")
    return plain, mark.startswith("estimated")
