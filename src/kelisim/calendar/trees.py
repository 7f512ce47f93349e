"""Working days: which days are free and why, and terms counted in working days. Pure."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

ONE = timedelta(days=1)
TONGUES = ("kk", "ru", "en")
LONGEST = {
    **{f"name_{tongue}": 120 for tongue in TONGUES},
    "act_number": 40,
    "act_date": 10,
    **{f"act_kind_{tongue}": 120 for tongue in TONGUES},
}
"""How long each text of a change may be, by the column of a table and the field of a form."""
COLUMNS = ("day", "kind", *LONGEST)
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
    observed: bool = False
    """The holiday itself fell on a weekend; this day is given for it."""


@dataclass(frozen=True, slots=True)
class Change:
    """A day that an act made working or free; `act`: number, date and (by language) kind."""

    day: date
    working: bool
    name: Words = field(default_factory=dict)
    act: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def told(cls, day: date, texts: Words, *, working: bool) -> "Change":
        """A change by its texts, which are named like the columns of a table."""

        def by_language(name: str) -> dict[str, str]:
            return {
                tongue: said for tongue in TONGUES if (said := texts.get(f"{name}_{tongue}", ""))
            }

        act = {
            "number": texts.get("act_number", ""),
            "date": texts.get("act_date", ""),
            "kind": by_language("act_kind"),
        }
        return cls(day, working, by_language("name"), act)

    def texts(self) -> dict[str, str]:
        """The same the other way: every text by its column."""
        kinds = self.act.get("kind") or {}
        return {
            **{f"name_{tongue}": self.name.get(tongue, "") for tongue in TONGUES},
            "act_number": self.act.get("number", ""),
            "act_date": self.act.get("date", ""),
            **{f"act_kind_{tongue}": kinds.get(tongue, "") for tongue in TONGUES},
        }


@dataclass(frozen=True, slots=True)
class Year:
    """One year of a country, as its laws have it before any act moved a day.

    `busy`: days of the weekend that the holidays' own source says were worked.
    """

    weekend: frozenset[date]
    holidays: Mapping[date, Reason]
    busy: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days of a country: `year_of` gives each of its years, and changes go before them."""

    year_of: Callable[[int], Year]
    changes: Mapping[date, Change] = field(default_factory=dict)

    def working(self, day: date) -> bool:
        """Whether people work on a day."""
        change = self.changes.get(day)
        if change is not None:
            return change.working
        year = self.year_of(day.year)
        if day in year.holidays:
            return False
        return day not in year.weekend or day in year.busy

    def reason(self, day: date) -> Reason | None:
        """Why a day is free, or why it works although it would not; None for an ordinary day."""
        change = self.changes.get(day)
        if change is not None:
            return Reason(Why.MOVED, change.name)
        year = self.year_of(day.year)
        if day in year.holidays:
            return year.holidays[day]
        if day in year.weekend:
            return Reason(Why.MOVED if day in year.busy else Why.WEEKEND)
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


@dataclass(frozen=True, slots=True)
class Plan:
    """What a table of moved days would do: days new to us, those said otherwise, those known."""

    new: tuple[Change, ...]
    other: tuple[Change, ...]
    same: tuple[Change, ...]

    @property
    def different(self) -> tuple[Change, ...]:
        """What is to be entered, in the order of days."""
        return tuple(sorted((*self.new, *self.other), key=lambda change: change.day))


def plan(changes: Iterable[Change], known: Mapping[date, Change]) -> Plan:
    """Compare a table with what stands already."""
    new: list[Change] = []
    other: list[Change] = []
    same: list[Change] = []
    for change in changes:
        was = known.get(change.day)
        (new if was is None else same if was == change else other).append(change)
    return Plan(tuple(new), tuple(other), tuple(same))
