"""A file as lines of cells, whatever it was: each knows where it stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Line:
    """A row of cells, or a paragraph. `across` tells how many columns a merged cell covers.

    `level` is the outline level that a document gives a heading; 0 where it gives none.
    """

    cells: Sequence[str]
    where: str
    letters: bool = False
    across: Mapping[int, int] = field(default_factory=dict)
    level: int = 0
    paragraph: bool = False

    def place(self, column: int = 0) -> str:
        """Where a cell stands: `Sheet!E12` as spreadsheets say, else `#1!R12C5`."""
        if self.paragraph:
            return self.where
        if self.letters:
            sheet, _sign, row = self.where.rpartition("!")
            return f"{sheet}!{letters(column)}{row}"
        return f"{self.where}C{column + 1}"

    def text(self, column: int) -> str:
        return self.cells[column] if column < len(self.cells) else ""

    @property
    def filled(self) -> list[int]:
        return [column for column, text in enumerate(self.cells) if text]


@dataclass(frozen=True, slots=True)
class Grid:
    """The lines of a sheet, or of a whole document."""

    name: str
    lines: Sequence[Line]


def letters(column: int) -> str:
    """A column as spreadsheets name it; the first is 0."""
    found = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(ord("A") + rest) + found
    return found
