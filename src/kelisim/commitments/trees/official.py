"""What the official table of a plan is written from, whatever the form of the file."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from kelisim.commitments.states import CostNote
from kelisim.commitments.trees import cells, sheet
from kelisim.commitments.trees.sheet import Ground
from kelisim.commitments.trees.table import Entry, Heading, Row, Table, Words

UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Official:
    """A plan's table, and what stands over and under it.

    `ground` has the years, the unit of money and what bodies are called; `labels` what they are
    called in each language; `corner` the lines under the word of approval, `closing` the
    abbreviations with what each stands for.
    """

    table: Table
    title: Words
    ground: Ground
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    corner: Mapping[str, Sequence[str]] = field(default_factory=dict)
    closing: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)

    def spoken(self, language: str) -> Ground:
        labels = self.labels.get(language, self.ground.labels)
        return replace(self.ground, language=language, labels=labels)

    def totals(self, language: str) -> list[str] | None:
        """The sum of each year; none where no row has a sum."""
        costs = [
            cost
            for row in self.table.rows()
            if row.cost_note is CostNote.AMOUNTS
            for cost in row.costs
        ]
        if not costs:
            return None
        unit = self.ground.unit
        return [
            sheet.figure(
                sum((cost.planned for cost in costs if cost.year == year), Decimal(0)) / unit,
                language,
            )
            for year in self.ground.years
        ]


def names(years: Sequence[int]) -> list[str]:
    """The columns in their order: those of `sheet`, with the words of one language."""
    return [
        "number",
        "title",
        "form",
        "executors",
        "term",
        *(f"cost_{year}" for year in years),
        "sources",
    ]


def heading(column: str, language: str, unit: Decimal) -> str:
    """The words over a column; those over all the costs together are the same for each year."""
    if column.startswith("cost_"):
        return cells.cost_heading(language, unit)
    return cells.COLUMNS[language][column]


def lines(of: Official, language: str) -> Iterator[tuple[Entry, list[str]]]:
    """Each line with its cells; a heading has one."""
    ground = of.spoken(language)
    wanted = [f"{name}_{language}" if name in sheet.WORDS else name for name in names(ground.years)]
    for entry in of.table.entries:
        texts = sheet.texts(entry, ground)
        if isinstance(entry, Heading):
            yield entry, [clean(texts[f"title_{language}"])]
        else:
            yield entry, [clean(texts[name]) for name in wanted]


def clean(text: str) -> str:
    """A text that a file can hold: without signs that XML has no place for."""
    return UNSEEN.sub("", text).replace("\r\n", "\n").replace("\r", "\n")


def languages(of: Official) -> list[str]:
    """The languages in which the table says anything; Kazakh where it is empty."""
    said = [
        code for code in sheet.LANGUAGES if any(entry.title.get(code) for entry in of.table.entries)
    ]
    return said or ["kk"]


def amount(row: Entry, column: str, text: str) -> bool:
    """Whether a cell is one plain number, which a spreadsheet can add up."""
    return (
        isinstance(row, Row)
        and column.startswith("cost_")
        and sheet.number(text) is not None
        and sum(sign.isdigit() for sign in text) <= 15  # noqa: PLR2004  (what a double holds)
    )
