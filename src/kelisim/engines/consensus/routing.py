"""Which statement somebody is shown next: a lottery by priority, with a floor for what is new.

Polis once ran for sixteen months with all priorities equal and nobody noticed; here what each
statement was shown is a figure of its own (`exposure`), and a test holds it between two bounds.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kelisim.engines.consensus.votes import Floats, Integers

FLOOR = 30
"""People whom every statement shall reach soon."""
SHARE = 0.4
"""How often the floor is served while anything lies below it."""


@dataclass(frozen=True, slots=True)
class Chance:
    """Two throws between nought and one: whether the floor is served, and which statement it is."""

    floor: float
    pick: float


def following(open_ones: Integers, priority: Floats, seen: Integers, chance: Chance) -> int | None:
    """The statement to show among those that somebody has not voted on; none where none is left.

    `priority` and `seen` are of all statements; `open_ones` are places among them.
    """
    if not len(open_ones):
        return None
    missing = np.maximum(FLOOR - seen[open_ones], 0).astype(np.float64)
    if missing.any() and chance.floor < SHARE:
        return drawn(open_ones, missing, chance.pick)
    return drawn(open_ones, np.maximum(priority[open_ones], 0.0), chance.pick)


def drawn(places: Integers, weights: Floats, pick: float) -> int:
    """One place by its weight; any of them where nothing weighs."""
    ends = np.cumsum(weights)
    if not ends[-1] > 0:
        return int(places[min(int(pick * len(places)), len(places) - 1)])
    return int(
        places[min(int(np.searchsorted(ends, pick * ends[-1], side="right")), len(places) - 1)]
    )


def exposure(seen: Integers) -> tuple[float, float]:
    """How unequally statements are shown: least by mean, and the Gini coefficient.

    Nought of the latter is what a broken lottery looks like as much as one is.
    """
    if not len(seen) or not seen.sum():
        return 0.0, 0.0
    order: npt.NDArray[np.float64] = np.sort(seen).astype(np.float64)
    size = len(order)
    ranks = np.arange(1, size + 1)
    gini = float((2 * ranks - size - 1) @ order / (size * order.sum()))
    return float(order[0] / order.mean()), gini
