"""Where the table begins in a sheet, and what each of its columns means."""

from collections.abc import Sequence
from dataclasses import dataclass

from kelisim.bodies.readers.table.cells import text
from kelisim.bodies.readers.table.files import Cell, Sheet
from kelisim.bodies.trees.spelling import Heading, heading, is_tongue, normal
from kelisim.bodies.trees.table import Where, letter_of

SEARCHED = 60
FEWEST = 2
LONGEST_SHOWN = 60
IDENTIFYING = frozenset({"name", "bin", "slug"})


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its place, the words of its heading, what they mean (None: nobody knows)."""

    index: int
    words: str
    meaning: Heading | None

    def where(self, sheet: str, row: int) -> Where:
        shown = " ".join(self.words.split())
        if len(shown) > LONGEST_SHOWN:
            shown = f"{shown[: LONGEST_SHOWN - 1]}…"
        return Where(sheet, row, shown, letter_of(self.index))


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns, the first row (from 0) of their headings and the first below them."""

    columns: tuple[Column, ...]
    first: int
    below: int

    def means(self) -> set[Heading]:
        return {column.meaning for column in self.columns if column.meaning}


def layout(sheet: Sheet) -> Layout | None:
    """The first headings in a sheet; None where nobody knows any."""
    for index in range(min(len(sheet.rows), SEARCHED)):
        if found := headings_at(sheet, index):
            return found
    return None


def score(sheet: Sheet) -> int:
    """How many headings are known: by this the separator of a CSV is chosen."""
    found = layout(sheet)
    return len(found.means()) if found else 0


def headings_at(sheet: Sheet, index: int) -> Layout | None:
    """The headings whose upper row is this one, or None where it is a row of something else.

    A second row of headings belongs to it where its words stand under merged ones.
    """
    upper = words_at(sheet, index)
    if not upper or sum(map(bool, upper)) < FEWEST:
        return None
    if below := under(sheet, index, upper):
        return below
    columns = tuple(Column(place, said, heading(said)) for place, said in enumerate(upper) if said)
    found = Layout(columns, index, index + 1)
    return found if holds(found) else None


def holds(found: Layout) -> bool:
    """Whether enough is known, and something that tells one association from another."""
    known = {meaning.column for meaning in found.means()}
    return len(known) >= FEWEST and bool(known & IDENTIFYING)


def words_at(sheet: Sheet, index: int) -> list[str]:
    if index >= len(sheet.rows):
        return []
    return [text(cell) for cell in sheet.rows[index]]


def under(sheet: Sheet, index: int, upper: Sequence[str]) -> Layout | None:
    """Headings of two rows: «Контакты» over «телефон» and «e-mail»."""
    lower = words_at(sheet, index + 1)
    if not any(lower):
        return None
    above = spread(sheet, index, upper, lower)
    columns = []
    known = strange = 0
    for place in range(max(len(above), len(lower))):
        top = above[place] if place < len(above) else ""
        low = lower[place] if place < len(lower) else ""
        meaning = joined(top, low)
        if low:
            known, strange = known + bool(meaning), strange + (not meaning)
        if top or low:
            columns.append(Column(place, f"{top}: {low}" if top and low else top or low, meaning))
    found = Layout(tuple(columns), index, index + 2)
    return found if known and known >= strange and holds(found) else None


def joined(top: str, low: str) -> Heading | None:
    """What a lower heading means under an upper one.

    A cell under a name of a column that is no heading itself must not be taken for one: then the
    row below is the first of the table, not a second row of headings.
    """
    if not low:
        return heading(top)
    if not top:
        return heading(low)
    if found := heading(f"{top} {low}"):
        return found
    tongue, above = is_tongue(low), heading(top)
    if tongue and above:
        return Heading(above.column, tongue, above.year, above.written_in)
    return heading(low)


def spread(sheet: Sheet, index: int, upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """The upper row with merged words over every column that they cover."""
    width = max(len(upper), len(lower))
    above = [*upper, *[""] * (width - len(upper))]
    ranges = [each for each in sheet.merged if each[0][0] <= index <= each[1][0]]
    for (row, first), (_last_row, last) in ranges:
        if row == index and last < width:
            above[first : last + 1] = [above[first]] * (last + 1 - first)
    if not ranges:  # a CSV has forgotten what was merged: words spread over the empty ones
        for place in range(1, width):
            if not above[place] and place < len(lower) and lower[place]:
                above[place] = above[place - 1]
    return above


def again(sheet: Sheet, index: int, before: Layout) -> Layout | None:
    """Headings that come once more in the middle, the same or others; None for any other row."""
    said = [word for word in words_at(sheet, index) if word]
    if len(said) < FEWEST or not any(heading(word) for word in said[:4]):
        return None
    known = sum(heading(word) is not None for word in said)
    if known * 2 < len(said) and normal(said[0]) not in {
        normal(column.words) for column in before.columns
    }:
        return None
    return headings_at(sheet, index)


def numbering(cells: Sequence[Cell]) -> bool:
    """Whether it is the row 1, 2, 3 … under the headings."""
    said = [text(cell) for cell in cells if cell is not None]
    return len(said) > FEWEST and said == [str(number) for number in range(1, len(said) + 1)]
