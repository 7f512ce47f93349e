"""Agreement by declared community, so that nobody's declaration can be worked out.

A cell is a community's votes on a statement. It is shown from ten votes on; an invited group under
fifty shows none. What is hidden must not follow from what is shown: all hidden cells of a statement
together hold ten votes or none, so that a total less what is shown is never a small cell. What is
shown is a protected count: votes in steps of ten, of which the share and its interval are computed,
since a proportion with its bounds would give the exact count away. A cell that was shown changes
only when ten more have voted.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from kelisim.engines.consensus.figures import wilson

LEAST = 10
"""Votes of a cell, and of all hidden cells together, below which nothing is shown."""
INVITED = 50
STEP = 10


@dataclass(frozen=True, slots=True)
class Cell:
    """A community's votes on a statement as they were counted."""

    agree: int
    seen: int


@dataclass(frozen=True, slots=True)
class Shown:
    """What is told of a cell: votes in steps of ten, share of agreement, its 95 % interval.

    `counted`: how many votes there were when it was told; kept beside it, never told.
    """

    seen: int
    share: float
    low: float
    high: float
    counted: int


def shown(
    cells: Mapping[str, Cell],
    *,
    invited: int | None = None,
    before: Mapping[str, Shown] | None = None,
) -> dict[str, Shown]:
    """What may be told of a statement by community; `cells` hold who declared nothing too.

    `invited`: how many were invited, where a dialogue is not open to all. `before`: what was told
    last; a cell stays as it was told until there are ten more votes (or ten fewer).
    """
    if invited is not None and invited < INVITED:
        return {}
    open_ones = kept(cells)
    told = before or {}
    found = {}
    for name in open_ones:
        cell, last = cells[name], told.get(name)
        still = last is not None and abs(cell.seen - last.counted) < LEAST
        found[name] = last if last is not None and still else protected_cell(cell)
    return found


def kept(cells: Mapping[str, Cell]) -> list[str]:
    """The cells that may be shown: large enough, and hiding enough behind them."""
    order = sorted(cells, key=lambda name: (cells[name].seen, name))
    hidden = [name for name in order if cells[name].seen < LEAST]
    left = [name for name in order if cells[name].seen >= LEAST]
    while left and 0 < sum(cells[name].seen for name in hidden) < LEAST:
        hidden.append(left.pop(0))
    return left


def protected(seen: int) -> int:
    """A count in steps of ten, never more than there are."""
    return seen // STEP * STEP


def protected_cell(cell: Cell) -> Shown:
    """The share of a protected count: as many of it agree as the nearest whole number says."""
    seen = protected(cell.seen)
    agree = round(cell.agree / cell.seen * seen / STEP) * STEP if cell.seen else 0
    low, high = wilson(np.array([agree]), np.array([seen]))
    interval = round(float(low[0]), 4), round(float(high[0]), 4)
    return Shown(seen, agree / seen, *interval, cell.seen)


def missing(totals: Sequence[int], shares: Sequence[float]) -> list[float]:
    """Who is missing: how far each part of those who took part lies below its part of the people.

    In shares of the people: −0.05 says that five in a hundred fewer came than live there.
    """
    whole = sum(totals)
    return [
        count / whole - share if whole else -share
        for count, share in zip(totals, shares, strict=True)
    ]
