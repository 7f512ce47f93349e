"""The map: where participants stand by their votes, in as many directions as are asked for.

A vote that was not cast counts as the statement's mean while directions are found: after centring
only cast votes are left. The directions are the first right singular vectors of the centred votes
of those who voted often enough, by the method of Lanczos (1950) with every direction kept
perpendicular to all before it, from a fixed start and with a fixed sign. A participant stands at
√(C/n) times the sum of their n centred votes along a direction, for C statements.
"""

from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt
from scipy.linalg import eigh_tridiagonal

from kelisim.engines.consensus.blocks import ALONE, Block, Blocks, Workers, blocks, shaping
from kelisim.engines.consensus.votes import Floats, Votes

VOTES = np.array([-1.0, 0.0, 1.0])
"""What the three cells of a statement in a block's table count."""
NOTHING = 1e-10
"""Relative to the largest: what is smaller is the rounding of nought."""
MOST_STEPS = 300
EVERY = 4
"""Steps after which it is asked whether they suffice."""
__all__ = ["Spread", "directions", "shaping", "spread"]


@dataclass(frozen=True, slots=True)
class Spread:
    """Directions (statements × directions), where everybody stands, and who shaped it.

    `extremity`: how far out a statement lies, as the place of somebody who disagrees with it alone.
    """

    means: Floats
    directions: Floats
    places: Floats
    extremity: Floats
    shaping: npt.NDArray[np.bool_]


def spread(votes: Votes, count: int = 2, workers: Workers = ALONE) -> Spread:
    """Where everybody stands along the first `count` directions."""
    return spread_of(blocks(votes, workers), count)


def spread_of(of: Blocks, count: int = 2, close: float = 1e-11) -> Spread:
    middle = means(of)
    found = directions(of, middle, count, close)
    places = places_along(of, middle, found)
    alone = np.sqrt(of.statements) * (-1 - middle)[:, None] * found[:, :2]
    return Spread(middle, found, places, np.sqrt((alone**2).sum(axis=1)), of.shaping)


def places_along(of: Blocks, middle: Floats, found: Floats) -> Floats:
    """Where everybody stands along some directions."""
    return of.joined(partial(placed, cells=cells(found, middle)))


def means(of: Blocks) -> Floats:
    """Each statement's mean vote among those who shape the map; nought where none of them voted."""
    counts = of.total(counted).reshape(of.statements, 3)
    total: Floats = (counts[:, 2] - counts[:, 0]) / np.maximum(counts.sum(axis=1), 1)
    return total


def counted(block: Block) -> Floats:
    return np.asarray(block.table.T @ block.shaping)


def cells(weights: Floats, middle: Floats) -> Floats:
    """What each cell of the table counts along some directions, when its statement is centred."""
    centred = VOTES[None, :] - middle[:, None]
    found: Floats = (centred[:, :, None] * weights[:, None, :]).reshape(-1, weights.shape[1])
    return found


def placed(block: Block, cells: Floats) -> Floats:
    """√(C/n) · Σ (x − μ)·v for each participant."""
    number = np.diff(block.table.indptr)
    scale = np.sqrt(len(cells) / 3 / np.maximum(number, 1))
    found: Floats = np.asarray(block.table @ cells) * scale[:, None]
    return found


def twice(block: Block, along: Floats) -> Floats:
    """Votes along one direction, laid back on the cells."""
    return np.asarray(block.table.T @ (np.asarray(block.table @ along) * block.shaping))


def directions(
    of: Blocks, middle: Floats, count: int, close: float, steps: int = MOST_STEPS
) -> Floats:
    """The first right singular vectors, a column each; noughts where there are not so many."""
    width = of.statements
    made = np.zeros((width, count))
    if width == 0:
        return made
    centred = VOTES[None, :] - middle[:, None]

    def applied(vector: Floats) -> Floats:
        back = of.total(partial(twice, along=(centred * vector[:, None]).ravel()))
        return np.asarray((back.reshape(width, 3) * centred).sum(axis=1))

    basis = np.zeros((min(width, steps), width))
    basis[0] = unit(np.cos(np.arange(width, dtype=np.float64)))
    middles: list[float] = []
    sides: list[float] = []
    for step in range(len(basis)):
        ahead = applied(basis[step])
        middles.append(float((basis[step] * ahead).sum()))
        ahead = perpendicular(perpendicular(ahead, basis[: step + 1]), basis[: step + 1])
        side = float(np.sqrt((ahead**2).sum()))
        last = step + 1 == len(basis) or side <= NOTHING * max(*middles, *sides, 1e-300)
        if last or step % EVERY == EVERY - 1:
            most = max(0, step + 1 - count), step
            values, vectors = eigh_tridiagonal(
                np.array(middles), np.array(sides), select="i", select_range=most
            )
            top = max(float(values[-1]), 0.0)
            left = side * np.abs(vectors[-1]).max()
            if last or (step + 1 > count and left <= close * top):
                break
        sides.append(side)
        basis[step + 1] = ahead / side
    order = np.argsort(-values, kind="stable")[:count]
    order = order[values[order] > NOTHING * top]
    # Summed along the steps in their order: no library that shares the sum out among threads.
    found = (basis[: len(middles), :, None] * vectors[:, None, order]).sum(axis=0)
    made[:, : len(order)] = signed(found)
    return made


def unit(vector: Floats) -> Floats:
    found: Floats = vector / np.sqrt((vector**2).sum())
    return found


def perpendicular(vector: Floats, basis: Floats) -> Floats:
    along = (basis * vector).sum(axis=1)
    found: Floats = vector - (basis * along[:, None]).sum(axis=0)
    return found


def signed(found: Floats) -> Floats:
    """Each direction turned so that its largest part points up; the first of equals decides."""
    if not found.shape[1]:
        return found
    largest = np.abs(np.round(found, 9)).argmax(axis=0)
    turn = np.sign(found[largest, np.arange(found.shape[1])])
    return found * np.where(turn == 0, 1.0, turn)
