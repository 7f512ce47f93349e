"""The point that a step leaves where it is, found in fewer steps than by walking.

Anderson's acceleration (D. G. Anderson, "Iterative procedures for nonlinear integral equations",
J. ACM 12, 1965; as in Walker and Ni, SIAM J. Numer. Anal. 49, 2011): the next point is put together
from the last few so that what their steps changed cancels out. A leap that ends worse is forgotten.
"""

from collections.abc import Callable

import numpy as np

from kelisim.engines.consensus.votes import Floats

MEMORY = 6
SLACK = 1e-13
"""What of its worth a point may lose by rounding."""
RIDGE = 1e-12


def fixpoint(
    step: Callable[[Floats], tuple[Floats, float]],
    start: Floats,
    *,
    close: float,
    rounds: int,
    walk: int = 3,
    proper: Callable[[Floats], Floats] = lambda point: point,
) -> tuple[Floats, float]:
    """The point after the last step, and the most that any of its numbers still moved.

    `step` gives the next point and the worth of the one that it was given; a leap to a point that
    is worth less is undone. `walk`: rounds without leaps at the beginning, while steps are long.
    `proper`: brings a point that was leapt to back among those that mean something.
    """
    point, safe, most, moved = start, start, -np.inf, np.inf
    points: list[Floats] = []
    changes: list[Floats] = []
    wait = walk
    for _number in range(rounds):
        ahead, worth = step(point)
        if worth < most - SLACK * abs(most):
            points.clear()
            changes.clear()
            point, most, wait = safe, -np.inf, walk
            continue
        most, safe = worth, ahead
        change = ahead - point
        moved = float(np.abs(change).max(initial=0.0))
        if moved <= close:
            return ahead, moved
        points.append(ahead)
        changes.append(change)
        del points[:-MEMORY], changes[:-MEMORY]
        wait -= 1
        point = ahead if wait > 0 else proper(leapt(points, changes))
    return safe, moved


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
