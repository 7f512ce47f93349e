"""Quarters of a year, as offices count them."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """`2026-4`: the last three months of 2026."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year}-{self.number}"

    @property
    def first(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last(self) -> date:
        return self.after.first - timedelta(1)

    @property
    def after(self) -> "Quarter":
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    @property
    def before(self) -> "Quarter":
        return Quarter(self.year - (self.number == 1), (self.number - 2) % 4 + 1)


def holding(day: date) -> Quarter:
    """The quarter in which a day lies."""
    return Quarter(day.year, (day.month + 2) // 3)


def read(text: str) -> Quarter | None:
    """A quarter from an address, none where it is none."""
    year, _dash, number = text.partition("-")
    if year.isdecimal() and number in {"1", "2", "3", "4"} and 1900 < int(year) < 2200:  # noqa: PLR2004
        return Quarter(int(year), int(number))
    return None
