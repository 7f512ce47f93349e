"""A report's content in one language: what page, Word and PDF all print."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.numbers import format_decimal, format_percent
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kelisim.evaluation.maps.bars import Bar, bars
from kelisim.evaluation.trees.periods import NUMBERS, Cell, Kind, Table, Texts, from_json
from kelisim.pages.languages import Spoken, spoken
from kelisim.pages.templatetags.kelisim import day, tongue
from kelisim.territory.maps import Mark, State, Words, tile_map

STATES = (State.MANY, State.SOME, State.FEW, State.FEW, State.PLAIN)
"""The pattern of a tile by its level."""
NOTHING = "—"
UPRIGHT = 8
"""Columns that an upright sheet holds."""


@dataclass(frozen=True, slots=True)
class ShownCell:
    """What stands in a cell, in which language it really is, and whether it is a number."""

    text: str
    language: str = ""
    number: bool = False


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table in words, with its drawings."""

    key: str
    title: str
    note: str
    headings: Sequence[ShownCell]
    rows: Sequence[Sequence[ShownCell]]
    sum: Sequence[ShownCell]
    left: int
    chart: SafeString
    map: SafeString
    source: Table

    @property
    def wide(self) -> bool:
        """Too many columns for an upright sheet."""
        return len(self.headings) > UPRIGHT


@dataclass(frozen=True, slots=True)
class ShownText:
    """What somebody wrote of a part, in the reader's language or a borrowed one."""

    title: str
    said: Spoken
    post: str

    @property
    def paragraphs(self) -> list[str]:
        return [part.strip() for part in self.said.text.split("\n") if part.strip()]


@dataclass(frozen=True, slots=True)
class Shown:
    """A whole report in one language."""

    title: str
    body: str
    slug: str
    starts: date
    ends: date
    number: int
    because: str
    texts: Sequence[ShownText]
    tables: Sequence[ShownTable]


def shown(content: Mapping[str, Any], *, patterned: bool = True) -> Shown:
    """A report's content in the language of the page; no query. Paper has no patterns on maps."""
    return Shown(
        title=words(content["title"]),
        body=words(content["body"]["name"]),
        slug=content["body"]["slug"],
        starts=date.fromisoformat(content["starts"]),
        ends=date.fromisoformat(content["ends"]),
        number=content["number"],
        because=content["because"],
        texts=[written(part["title"], part["texts"], part["posts"]) for part in content["written"]],
        tables=[table(one, patterned=patterned) for one in from_json(content["tables"])],
    )


def words(texts: Texts) -> str:
    return spoken(texts, tongue()).text


def written(title: Texts, texts: Texts, posts: Mapping[str, Texts]) -> ShownText:
    said = spoken(texts, tongue())
    return ShownText(words(title), said, words(posts.get(said.language, {})))


def table(of: Table, *, patterned: bool) -> ShownTable:
    rows = [
        [cell(value, column.kind) for value, column in zip(row, of.columns, strict=True)]
        for row in of.rows
    ]
    return ShownTable(
        key=of.key,
        title=words(of.title),
        note=words(of.note),
        headings=[
            ShownCell(words(column.words), number=column.kind in NUMBERS) for column in of.columns
        ],
        rows=rows[:-1] if of.sums else rows,
        sum=rows[-1] if of.sums else [],
        left=of.left,
        chart=chart(of),
        map=tiles(of, patterned=patterned),
        source=of,
    )


def cell(value: Cell, kind: Kind) -> ShownCell:
    """A cell as the language writes it; unknown is a dash, a borrowed text says its language."""
    if value is None or value == {}:
        return ShownCell(NOTHING, number=kind in NUMBERS)
    if isinstance(value, Mapping):
        said = spoken(value, tongue())
        return ShownCell(said.text, said.language if said.borrowed else "")
    if kind is Kind.SHARE:
        return ShownCell(format_percent(value, locale=tongue()), number=True)
    if kind is Kind.DAY:
        return ShownCell(day(date.fromisoformat(str(value))))
    if kind in NUMBERS:
        return ShownCell(format_decimal(value, locale=tongue()), number=True)
    return ShownCell(str(value))


def chart(of: Table) -> SafeString:
    """The stacked bars of a table that has any; the table under it says the same."""
    if not of.drawn:
        return SafeString("")
    rows = [Bar(cell(name, Kind.WORDS).text, pieces) for name, pieces in of.bars()]
    order = ", ".join(words(of.columns[place].words) for place, _level in of.drawn)
    said = _("From left to right: %(order)s. The table below says the same.") % {"order": order}
    return bars(rows, f"bars-{of.key}", words(of.title), said)


def tiles(of: Table, *, patterned: bool) -> SafeString:
    """The map of a table whose rows have places."""
    if not of.tiles:
        return SafeString("")
    marks = [
        Mark(
            name=words(tile.name),
            full=cell(of.rows[tile.row][0], Kind.WORDS).text,
            state=STATES[tile.level] if patterned else State.PLAIN,
            note=tile.note,
            column=tile.column,
            row=tile.line,
        )
        for tile in of.tiles
    ]
    said = _("Done of all, by region. The table below says the same.")
    return tile_map(marks, Words(words(of.title), said, f"map-{of.key}"))


def data(content: Mapping[str, Any], about: Mapping[str, Any]) -> str:
    """A report as a program reads it: what its digest is of, and what it was made from."""
    return json.dumps({"about": about, "content": content}, ensure_ascii=False, indent=1)
