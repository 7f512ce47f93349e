"""A report for a period: its days, and tables that explain themselves in every language.

Pure. A table carries its headings and words with it, so that what was published reads the same
when the program's own words have long changed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

type Texts = Mapping[str, str]
"""A text by language."""
type Cell = int | float | str | Texts | None
"""A number, a share, money or a day as text, words by language; none where nothing is known."""

MONTHS = {"year": 12, "half": 6, "quarter": 3}
"""How long each kind of period lasts."""
EDITION = 1
"""Of the tables' composition: kept with every report."""


@dataclass(frozen=True, slots=True)
class Span:
    """The first and the last day of a period."""

    first: date
    last: date

    @property
    def years(self) -> range:
        return range(self.first.year, self.last.year + 1)


def span(kind: str, year: int, number: int) -> Span:
    """The days of the first, second … period of its kind in a year. Raises ValueError."""
    months = MONTHS[kind]
    if not 1 <= number <= 12 // months:
        raise ValueError(number)
    after = months * number
    following = date(year + after // 12, after % 12 + 1, 1)
    return Span(date(year, after - months + 1, 1), following - timedelta(1))


class Kind(StrEnum):
    """What the cells of a column are."""

    WORDS = "words"
    COUNT = "count"
    FIGURE = "figure"
    MONEY = "money"
    SHARE = "share"
    DAY = "day"


NUMBERS = (Kind.COUNT, Kind.FIGURE, Kind.MONEY, Kind.SHARE)


@dataclass(frozen=True, slots=True)
class Column:
    """A heading by language; `level` places a drawn column from full (0) to empty (4)."""

    words: Texts
    kind: Kind = Kind.COUNT
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Tile:
    """A row's place on a map of equal squares, its short name, and its level."""

    row: int
    column: int
    line: int
    name: Texts
    level: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One computed part of a report. `left`: rows that were not listed; `sums`: the last row is."""

    key: str
    title: Texts
    note: Texts
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    sums: bool = False
    left: int = 0
    tiles: tuple[Tile, ...] = ()

    @property
    def drawn(self) -> list[tuple[int, int]]:
        """The columns that a drawing stacks, in order, each with its level."""
        return [
            (place, column.level)
            for place, column in enumerate(self.columns)
            if column.level is not None
        ]

    def bars(self) -> list[tuple[Cell, list[tuple[int, int]]]]:
        """Of every row but the sum: its name, and level and length of each piece."""
        rows = self.rows[:-1] if self.sums else self.rows
        return [
            (row[0], [(level, counted(row[place])) for place, level in self.drawn]) for row in rows
        ]


def counted(cell: Cell) -> int:
    return cell if isinstance(cell, int) else 0


def as_json(tables: Sequence[Table]) -> list[dict[str, Any]]:
    """As it is kept and hashed."""
    return [asdict(table) for table in tables]


def from_json(found: Sequence[Mapping[str, Any]]) -> list[Table]:
    """The tables of a kept report."""
    return [
        Table(
            key=one["key"],
            title=one["title"],
            note=one["note"],
            columns=tuple(
                Column(each["words"], Kind(each["kind"]), each["level"]) for each in one["columns"]
            ),
            rows=tuple(tuple(row) for row in one["rows"]),
            sums=one["sums"],
            left=one["left"],
            tiles=tuple(Tile(**tile) for tile in one["tiles"]),
        )
        for one in found
    ]
