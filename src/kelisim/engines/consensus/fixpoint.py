"""The point that a step leaves where it is, found in fewer steps than by walking.

Anderson's acceleration (D. G. Anderson, "Iterative procedures for nonlinear integral equations",
J. ACM 12, 1965; as in Walker and Ni, SIAM J. Numer. Anal. 49, 2011): the next point is put together
from the last few so that what their steps changed cancels out. A leap that ends worse is forgotten.
"""

from collections.abc import Callable

import numpy as np

from kelisim.engines.consensus.votes import Floats

MEMORY = 6
WORSE = 4.0
"""How many times longer than the shortest a step may be, before leaps are forgotten."""
RIDGE = 1e-12


def fixpoint(
    step: Callable[[Floats], Floats], start: Floats, *, close: float, rounds: int, walk: int = 3
) -> tuple[Floats, float]:
    """The point after the last step, and the most that any of its numbers still moved.

    `walk`: rounds without leaps at the beginning, while steps are still long.
    """
    point, shortest, moved = start, np.inf, np.inf
    points: list[Floats] = []
    changes: list[Floats] = []
    for number in range(rounds):
        ahead = step(point)
        change = ahead - point
        moved = float(np.abs(change).max(initial=0.0))
        if moved <= close:
            return ahead, moved
        if moved > WORSE * shortest:
            points.clear()
            changes.clear()
        shortest = min(shortest, moved)
        points.append(ahead)
        changes.append(change)
        del points[:-MEMORY], changes[:-MEMORY]
        point = ahead if number < walk else leapt(points, changes)
    return step(point), moved


def leapt(points: list[Floats], changes: list[Floats]) -> Floats:
    """The mixture of the last points whose changes cancel best; its weights sum to one."""
    if len(points) == 1:
        return points[0]
    last = changes[-1]
    apart = [last - one for one in changes[:-1]]
    # Sums in numpy's own order, never in one that a library shares out among threads.
    matrix = np.array([[float((one * other).sum()) for other in apart] for one in apart])
    right = np.array([float((one * last).sum()) for one in apart])
    matrix[np.diag_indices(len(apart))] *= 1 + RIDGE
    try:
        weights = np.linalg.solve(matrix, right)
    except np.linalg.LinAlgError:
        return points[-1]
    found = points[-1]
    for weight, one in zip(weights.tolist(), points[:-1], strict=True):
        found = found - weight * (points[-1] - one)
    return found
