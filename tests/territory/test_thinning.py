"""A border is thinned once, and both neighbours keep it."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kelisim.territory.readers.thinning import off, thinned

HEIGHTS = st.lists(st.integers(-5, 5), min_size=3, max_size=40)


def neighbours(heights):
    """Two regions on both sides of one crooked border."""
    border = [(10 * n, height) for n, height in enumerate(heights)]
    last = border[-1][0]
    above = [*border, (last, 90), (0, 90), border[0]]
    below = [*reversed(border), (0, -90), (last, -90), border[-1]]
    return border, above, below


def steps(ring):
    return {frozenset(step) for step in pairwise(ring)}


@given(HEIGHTS, st.floats(0.5, 8))
def test_neighbours_keep_the_same_border(heights, tolerance):
    _border, *rings = neighbours(heights)
    above, below = thinned(rings, tolerance)
    inner = [
        {step for step in steps(ring) if all(abs(y) <= 5 for _x, y in step)}
        for ring in (above, below)
    ]
    assert inner[0] == inner[1] != set()


@given(HEIGHTS, st.floats(0.5, 8))
def test_no_point_that_was_left_out_lies_far_from_the_border(heights, tolerance):
    border, *rings = neighbours(heights)
    for ring in thinned(rings, tolerance):
        assert ring[0] == ring[-1]
        for point in border:
            assert min(off(point, a, b) for a, b in pairwise(ring)) <= tolerance


def test_an_island_keeps_its_shape_and_a_speck_vanishes():
    island = [(0, 0), (5, 0), (10, 0), (10, 10), (0, 10), (0, 0)]
    speck = [(50, 50), (50, 50), (50, 50)]
    kept, gone = thinned([island, speck], 1.0)
    assert set(kept) == {(0, 0), (10, 0), (10, 10), (0, 10)}
    assert gone == []
