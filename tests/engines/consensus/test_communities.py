"""Agreement by community, and somebody who tries to learn a small cell from it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kelisim.engines.consensus.communities import LEAST, Cell, kept, missing, shown

NAMES = ("a", "b", "c", "d", "nothing declared")
CELLS = st.dictionaries(
    st.sampled_from(NAMES),
    st.integers(0, 80).flatmap(lambda seen: st.builds(Cell, st.integers(0, seen), st.just(seen))),
    min_size=1,
)


@given(CELLS)
def test_a_total_less_what_is_shown_is_never_a_small_cell(cells):
    open_ones = kept(cells)
    total = sum(cell.seen for cell in cells.values())
    rest = total - sum(cells[name].seen for name in open_ones)
    assert rest == 0 or rest >= LEAST or not open_ones
    assert all(cells[name].seen >= LEAST for name in open_ones)


@given(CELLS, st.integers(1, 9), st.sampled_from(NAMES))
def test_two_results_in_a_row_never_tell_how_fewer_than_ten_newcomers_voted(cells, more, name):
    first = shown(cells)
    old = cells.get(name, Cell(0, 0))
    for agree in range(more + 1):
        later = {**cells, name: Cell(old.agree + agree, old.seen + more)}
        again = shown(later, before=first)
        if name in first and name in again:
            assert again[name] == first[name]


def test_a_cell_is_told_anew_when_ten_more_have_voted_since_it_was_told():
    first = shown({"a": Cell(10, 19)})
    assert shown({"a": Cell(20, 28)}, before=first) == first
    assert shown({"a": Cell(20, 29)}, before=first)["a"].seen == 20


@given(CELLS)
def test_what_is_shown_is_in_steps_of_ten_and_its_interval_follows_from_them(cells):
    for name, one in shown(cells).items():
        assert one.seen % 10 == 0
        assert one.seen <= cells[name].seen
        assert round(one.share * one.seen) % 10 == 0
        assert one.low <= one.share <= one.high


def test_an_invited_group_under_fifty_shows_nothing():
    cells = {"a": Cell(20, 30), "b": Cell(10, 30)}
    assert shown(cells, invited=49) == {}
    assert set(shown(cells, invited=50)) == {"a", "b"}


def test_a_small_cell_takes_the_next_smallest_with_it():
    cells = {"a": Cell(2, 4), "b": Cell(6, 12), "c": Cell(20, 40)}
    assert kept(cells) == ["c"]
    assert kept({"b": Cell(6, 12), "c": Cell(20, 40)}) == ["b", "c"]


def test_who_is_missing_is_told_against_the_census():
    assert missing([60, 40], [0.5, 0.5]) == pytest.approx([0.1, -0.1])
    assert missing([0, 0], [0.7, 0.3]) == pytest.approx([-0.7, -0.3])
