"""Fewer points to a border, the same for both neighbours: no gap opens and nothing overlaps.

Borders are cut where more than two meet. Each piece is thinned once (Douglas and Peucker's way,
1973: a point stays when it lies further than a tolerance from the chord), and both neighbours are
put together from the same pieces.
"""

import math
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

type Point = tuple[int, int]
type Ring = list[Point]
"""Closed: its last point is its first."""


def thinned(rings: Sequence[Ring], tolerance: float) -> list[Ring]:
    """Rings with fewer points, in their order; one that vanishes is left empty."""
    clean = [without_repeats(ring) for ring in rings]
    ends = junctions(clean)
    pieces: dict[tuple[Point, ...], Ring] = {}
    return [around(ring, ends, tolerance, pieces) for ring in clean]


def without_repeats(ring: Ring) -> Ring:
    return [point for n, point in enumerate(ring) if n == 0 or ring[n - 1] != point]


def junctions(rings: Sequence[Ring]) -> set[Point]:
    """Points with another number of neighbours than two."""
    beside: defaultdict[Point, set[Point]] = defaultdict(set)
    for ring in rings:
        for one, other in pairwise(ring):
            beside[one].add(other)
            beside[other].add(one)
    return {point for point, neighbours in beside.items() if len(neighbours) != 2}  # noqa: PLR2004


def around(
    ring: Ring, ends: set[Point], tolerance: float, pieces: dict[tuple[Point, ...], Ring]
) -> Ring:
    """One ring, piece by piece; a ring without a junction is cut at its least and its far point."""
    body = ring[:-1]
    cuts = [n for n, point in enumerate(body) if point in ends]
    if len(cuts) < 2:  # noqa: PLR2004
        cuts = alone(body, cuts)
    if len(cuts) < 2:  # noqa: PLR2004
        return []
    turned = body[cuts[0] :] + body[: cuts[0]]
    marks = [n - cuts[0] for n in cuts] + [len(body)]
    turned.append(turned[0])
    out: Ring = [turned[0]]
    for first, last in pairwise(marks):
        out += piece(turned[first : last + 1], tolerance, pieces)[1:]
    return out


def alone(body: Ring, cuts: list[int]) -> list[int]:
    """Where to cut a ring that meets others at one point or nowhere; the same for a neighbour."""
    if not body:
        return []
    start = cuts[0] if cuts else min(range(len(body)), key=lambda n: body[n])
    far = max(range(len(body)), key=lambda n: (math.dist(body[start], body[n]), body[n]))
    return sorted({start, far})


def piece(points: Ring, tolerance: float, pieces: dict[tuple[Point, ...], Ring]) -> Ring:
    """A piece of border, thinned in one direction only, whichever way it is asked for."""
    forward = points <= points[::-1]
    key = tuple(points if forward else points[::-1])
    if key not in pieces:
        pieces[key] = chords(list(key), tolerance)
    return pieces[key] if forward else pieces[key][::-1]


def chords(points: Ring, tolerance: float) -> Ring:
    """Douglas and Peucker, without recursion: a border may have a hundred thousand points."""
    keep = {0, len(points) - 1}
    spans = [(0, len(points) - 1)]
    while spans:
        first, last = spans.pop()
        if last - first < 2:  # noqa: PLR2004
            continue
        far = max(range(first + 1, last), key=lambda n: off(points[n], points[first], points[last]))
        if off(points[far], points[first], points[last]) > tolerance:
            keep.add(far)
            spans += [(first, far), (far, last)]
    return [points[n] for n in sorted(keep)]


def off(point: Point, a: Point, b: Point) -> float:
    """How far a point lies from the stretch between two others."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = dx * dx + dy * dy
    if not length:
        return math.dist(point, a)
    along = max(0.0, min(1.0, ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / length))
    return math.dist(point, (a[0] + along * dx, a[1] + along * dy))
