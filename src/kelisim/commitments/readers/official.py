"""The official table found in a grid: its headings, its lines, what stands over and under it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from kelisim.commitments.readers.grid import Grid, Line
from kelisim.commitments.trees import cells

FEWEST = 4
"""Fewer headings than this make no table of a plan."""
LONGEST = 160


@dataclass(frozen=True, slots=True)
class Head:
    """Which column is what: by its place, its name (`cost_2026`, or `cost` of no year)."""

    columns: dict[int, str]
    unit: Decimal
    language: str
    rows: int


@dataclass(frozen=True, slots=True)
class Found:
    """A line of the table: a section (`level` above 0), or a row with the text of each column."""

    line: Line
    texts: dict[str, str]
    level: int = 0

    def place(self, head: Head, column: str) -> str:
        return self.line.place(next((at for at, name in head.columns.items() if name == column), 0))


@dataclass(slots=True)
class Official:
    """All that one sheet or document says."""

    grid: Grid
    head: Head
    lines: list[Found] = field(default_factory=list)
    abbreviations: list[tuple[str, str]] = field(default_factory=list)
    corner: list[str] = field(default_factory=list)


def find(grid: Grid) -> Official | None:
    """The table of a grid; none where no line has its headings."""
    at = next((n for n in range(len(grid.lines)) if head_of(grid.lines, n)), None)
    head = head_of(grid.lines, at) if at is not None else None
    if at is None or head is None:
        return None
    found = Official(grid, head, corner=corner_of(grid.lines[:at]))
    closing = False
    skip = head.rows
    for number, line in enumerate(grid.lines[at:], at):
        if skip:
            skip -= 1
        elif not line.filled:
            if not closing and wide(line, found.head):  # a section untitled in this language
                found.lines.append(Found(line, {"title": ""}, line.level or 1))
        elif numbering(line):
            continue
        elif not closing and (again := head_of(grid.lines, number)):
            found.head, skip = again, again.rows - 1
        elif closing or closes(line):
            found.abbreviations += pairs(line)
            closing = True
        elif not line.paragraph and not total(line, found.head):
            found.lines.append(entry(line, found.head))
    return found


def head_of(lines: Sequence[Line], at: int) -> Head | None:
    """The headings that begin at a line, if they do; they may take two lines."""
    line = lines[at]
    if line.paragraph or len(line.filled) < FEWEST:
        return None
    texts = spread(line)
    kinds: dict[int, str] = {}
    for place, text in enumerate(texts):
        kind = cells.column_of(text) if len(text) <= LONGEST else ""
        if kind and (kind == "cost" or kind not in kinds.values()):
            kinds[place] = kind
    if len(set(kinds.values())) < FEWEST or "title" not in kinds.values():
        return None
    under = spread(lines[at + 1]) if at + 1 < len(lines) else []
    costs = [place for place, kind in kinds.items() if kind == "cost"]
    second = any(place < len(under) and cells.YEAR.match(under[place]) for place in costs)
    said = " ".join([*texts, *(under if second else ())])
    columns = {}
    for place, kind in kinds.items():
        below = under[place] if second and place < len(under) else ""
        year = (cells.year_of(below) or cells.year_of(texts[place])) if kind == "cost" else None
        columns[place] = f"cost_{year}" if year else kind
    return Head(columns, cells.unit_of(said), cells.language_of(said), 2 if second else 1)


def spread(line: Line) -> list[str]:
    """The texts of a line, a merged cell's in each column that it covers."""
    found = list(line.cells)
    for place, span in line.across.items():
        for column in range(place, min(place + span, len(found))):
            found[column] = line.cells[place]
    return found


def numbering(line: Line) -> bool:
    """Whether it only numbers the columns: 1, 2, 3 and so on."""
    said = [line.cells[place] for place in line.filled]
    return len(said) >= FEWEST and said == [str(n) for n in range(1, len(said) + 1)]


def total(line: Line, head: Head) -> bool:
    """A sum of the columns: it has no executor and no term."""
    texts = by_column(line, head)
    named = texts.get("executors") or texts.get("term") or texts.get("form")
    first = line.cells[line.filled[0]]
    wide = line.across.get(line.filled[0], 1) > 1
    return bool(cells.TOTAL.match(first)) and (wide or not named)


def by_column(line: Line, head: Head) -> dict[str, str]:
    return {name: line.text(place) for place, name in head.columns.items()}


def entry(line: Line, head: Head) -> Found:
    """A section is merged over most columns, or is a line with one text alone and no number."""
    first, texts = line.filled[0], by_column(line, head)
    alone = len(line.filled) == 1 and head.columns.get(first) in {"number", "title"}
    section = wide(line, head) and len(line.filled) <= 2  # noqa: PLR2004  (its number apart)
    if section or (alone and not cells.NUMBER.match(line.cells[first])):
        title = " ".join(line.cells[place] for place in line.filled)
        return Found(line, {"title": title}, line.level or cells.level_of(title))
    return Found(line, texts)


def wide(line: Line, head: Head) -> bool:
    """Whether a cell is merged over most of the table."""
    return any(span > len(head.columns) // 2 for span in line.across.values())


def closes(line: Line) -> bool:
    """Whether the list of abbreviations begins here."""
    return len(line.filled) == 1 and bool(cells.CLOSING.search(line.cells[line.filled[0]]))


def pairs(line: Line) -> list[tuple[str, str]]:
    """Abbreviations with what each stands for: in one cell or in two."""
    said = [line.cells[place] for place in line.filled]
    if len(said) == 2 and len(said[0]) <= 60:  # noqa: PLR2004
        return [(said[0], said[1].lstrip("–—- "))]
    found = (cells.PAIR.match(each) for text in said for each in text.split("\n"))
    return [(one["short"].strip(), one["full"]) for one in found if one]


def corner_of(lines: Sequence[Line]) -> list[str]:
    """The lines under the word of approval."""
    said = [line.cells[place] for line in lines for place in line.filled]
    texts = [each.strip() for text in said for each in text.split("\n") if each.strip()]
    at = next((n for n, text in enumerate(texts) if cells.APPROVAL.match(text)), None)
    return texts[at : at + 5] if at is not None else []
