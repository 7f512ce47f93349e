"""The source beside the tree: which lines stand against which provision."""

from collections.abc import Sequence
from dataclasses import dataclass

from kelisim.charter.trees.draft import Lines

MOST_LINES = 40


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """One provision (None: what follows the last) with the lines that are shown against it."""

    index: int | None
    unclaimed: tuple[Line, ...]
    """Lines before it that no provision took: contents, signatures, page numbers."""
    own: tuple[Line, ...]
    elsewhere: Lines | None
    """Its lines, where they are shown against another provision or are too many to show."""


def beside(spans: Sequence[Lines], lines: Sequence[str], start: int, stop: int) -> list[Row]:
    """Rows for the provisions from `start` to before `stop`; the last page has a row more.

    spans: first and last line of each provision in reading order, 1-based; (0, 0) has none. A
    provision that was moved keeps its lines, so these need not grow.
    """
    owner = owners(spans, len(lines))
    strays = unclaimed(owner, lines)
    rows = [row(index, spans[index], owner, lines, strays) for index in range(start, stop)]
    if stop == len(spans) and (rest := strays.get(None)):
        rows.append(Row(None, rest, (), None))
    return rows


def owners(spans: Sequence[Lines], count: int) -> list[int | None]:
    """For each line (from 0) the first provision that has it."""
    owner: list[int | None] = [None] * count
    for index, (first, last) in enumerate(spans):
        if 0 < last - first + 1 <= MOST_LINES:
            for line in range(max(first, 1) - 1, min(last, count)):
                if owner[line] is None:
                    owner[line] = index
    return owner


def unclaimed(
    owner: Sequence[int | None], lines: Sequence[str]
) -> dict[int | None, tuple[Line, ...]]:
    """Lines with words that nobody has, by the provision that has the next line."""
    found: dict[int | None, tuple[Line, ...]] = {}
    waiting: list[Line] = []
    for at, index in enumerate(owner):
        if index is None:
            if lines[at].strip():
                waiting.append(Line(at + 1, lines[at]))
        elif waiting:
            found[index] = (*found.get(index, ()), *waiting)
            waiting = []
    if waiting:
        found[None] = tuple(waiting)
    return found


def row(
    index: int,
    span: Lines,
    owner: Sequence[int | None],
    lines: Sequence[str],
    strays: dict[int | None, tuple[Line, ...]],
) -> Row:
    first, last = span
    numbers = range(max(first, 1), min(last, len(lines)) + 1) if first else range(0)
    own = tuple(
        Line(n, lines[n - 1])
        for n in numbers
        if owner[n - 1] == index and (lines[n - 1].strip() or n in {first, last})
    )
    return Row(index, strays.get(index, ()), own, span if first and not own else None)
