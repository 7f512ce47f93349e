"""The map: where participants stand by their votes, in as many directions as are asked for.

A vote that was not cast counts as the statement's mean while directions are found: after centring
only cast votes are stored. The directions are the first right singular vectors, from a fixed start
and with a fixed sign; a participant stands at √(C/n) times the sum of centred votes along them.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse.linalg import svds

from kelisim.engines.consensus.votes import Floats, Votes

ENOUGH = 7
"""Votes that somebody needs to shape the map, or all there are statements for."""


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


def shaping(votes: Votes) -> npt.NDArray[np.bool_]:
    """Who voted often enough to shape the map and the groups."""
    least = min(ENOUGH, len(votes.statements))
    found: npt.NDArray[np.bool_] = votes.per_participant >= max(least, 1)
    return found


def means(votes: Votes) -> Floats:
    """Each statement's mean vote; nought where nobody voted."""
    columns = len(votes.statements)
    count = np.bincount(votes.columns, minlength=columns)
    total = np.bincount(votes.columns, weights=votes.values.astype(np.float64), minlength=columns)
    found: Floats = total / np.maximum(count, 1)
    return found


def spread(votes: Votes, count: int = 2) -> Spread:
    """Where everybody stands along the first `count` directions."""
    middle = means(votes)
    centred = sparse.csr_array(
        (votes.values - middle[votes.columns], votes.columns, votes.starts), shape=votes.size
    )
    shapes = shaping(votes)
    found = directions(centred[np.flatnonzero(shapes)], count)
    number = len(votes.statements)
    scale = np.sqrt(number / np.maximum(votes.per_participant, 1))
    places = (centred @ found) * scale[:, None]
    alone = np.sqrt(number) * (-1 - middle)[:, None] * found[:, :2]
    return Spread(middle, found, places, np.sqrt((alone**2).sum(axis=1)), shapes)


def directions(centred: sparse.csr_array, count: int) -> Floats:
    """The first right singular vectors, a column each; noughts where there are not so many."""
    height, width = centred.shape
    made = np.zeros((width, count))
    known = min(count, height, width)
    if known == 0 or centred.nnz == 0:
        return made
    if known < min(height, width) and min(height, width) > 2 * count:
        start = np.cos(np.arange(min(height, width), dtype=np.float64))
        _left, sizes, right = svds(centred, k=known, v0=start, tol=1e-10)
        order = np.argsort(-sizes, kind="stable")
        found = right[order].T
    else:
        _left, sizes, right = np.linalg.svd(centred.toarray(), full_matrices=False)
        found = right[:known].T * (sizes[:known] > 0)
    made[:, : found.shape[1]] = signed(found)
    return made


def signed(found: Floats) -> Floats:
    """Each direction turned so that its largest part points up; the first of equals decides."""
    largest = np.abs(np.round(found, 12)).argmax(axis=0)
    turn = np.sign(found[largest, np.arange(found.shape[1])])
    return found * np.where(turn == 0, 1.0, turn)
