"""Scores: worked examples, and what no change of unit, order or neighbour may move."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kelisim.engines.composite import Component, Rule, aggregate, normalise, scored, thin, weights
from kelisim.engines.composite.scores import places

RULES = list(Rule)
UNIT = st.floats(0, 1)
TABLES = arrays(float, st.tuples(st.integers(1, 6), st.just(3)), elements=UNIT)
SCALE = [Component("a", 0, 1, 0.5), Component("b", 1, 0, 0.3), Component("c", 0, 1, 0.2)]


def test_two_countries_of_the_handbook_are_told_apart_by_the_geometric_rule():
    """Handbook (2008), part 6.9: (21, 1, 1, 1) and (6, 6, 6, 6) have one arithmetic mean, 6.

    Their geometric means are 2.14 and 6: an unbalanced country can no longer make good.
    """
    values = np.array([[21.0, 1, 1, 1], [6.0, 6, 6, 6]])
    equal = np.full((2, 4), 0.25)
    assert aggregate(values, equal, Rule.ARITHMETIC) == pytest.approx([6, 6])
    assert aggregate(values, equal, Rule.GEOMETRIC) == pytest.approx([2.14, 6], abs=5e-3)


def test_goalposts_give_the_published_health_index():
    """UNDP: between goalposts of 20 and 85 years, a life of 72 years is an index of 0.8."""
    found = normalise(np.array([[72.0]]), [Component("life", 20, 85, 1)])
    assert found[0, 0] == pytest.approx(0.8)


def test_beyond_the_goalposts_is_at_them_and_less_may_be_better():
    returns = [Component("returns", 3, 0, 1)]
    found = normalise(np.array([[-1.0], [0.0], [1.5], [3.0], [9.0]]), returns)
    assert found[:, 0].tolist() == [1, 1, 0.5, 0, 0]


@given(TABLES, st.floats(0.1, 1000), st.floats(-100, 100))
@settings(max_examples=40, deadline=None)
def test_a_change_of_unit_moves_no_score(values, factor, shift):
    other = [
        Component(one.key, one.worst * factor + shift, one.best * factor + shift, one.weight)
        for one in SCALE
    ]
    for rule in RULES:
        before = scored(values, SCALE, rule).score
        after = scored(values * factor + shift, other, rule).score
        assert after == pytest.approx(before, abs=1e-3)


@given(TABLES, st.integers(0, 2), UNIT)
@settings(max_examples=60, deadline=None)
def test_a_better_component_never_lowers_a_score(values, column, by):
    towards = np.sign(SCALE[column].best - SCALE[column].worst)
    better = values.copy()
    better[:, column] += by * towards
    for rule in RULES:
        before, after = scored(values, SCALE, rule), scored(better, SCALE, rule)
        assert (after.score >= before.score - 1e-12).all()


@given(TABLES, st.permutations(range(3)))
@settings(max_examples=30, deadline=None)
def test_the_order_of_components_changes_nothing(values, order):
    for rule in RULES:
        before = scored(values, SCALE, rule)
        after = scored(values[:, order], [SCALE[i] for i in order], rule)
        assert after.score == pytest.approx(before.score)
        assert after.lost == pytest.approx(before.lost[:, order])


@given(TABLES, TABLES)
@settings(max_examples=30, deadline=None)
def test_a_body_keeps_its_score_whoever_joins(values, others):
    for rule in RULES:
        alone = scored(values, SCALE, rule).score
        among = scored(np.vstack([values, others]), SCALE, rule).score[: len(values)]
        assert (alone == among).all()


@given(TABLES)
@settings(max_examples=60, deadline=None)
def test_what_was_lost_and_the_score_are_the_whole(values):
    for rule in RULES:
        found = scored(values, SCALE, rule)
        assert found.score + found.lost.sum(1) == pytest.approx(1)
        assert (found.lost >= 0).all()


def test_what_brought_a_score_to_nought_bears_the_whole_loss():
    found = scored(np.array([[0.0, 0.5, 0.5]]), SCALE, Rule.GEOMETRIC)
    assert found.score[0] == 0
    assert found.lost[0] == pytest.approx([1, 0, 0])


def test_what_is_not_known_is_not_filled_in():
    values = np.array([[0.4, 0.5, np.nan], [np.nan, np.nan, np.nan]])
    for rule in RULES:
        found = scored(values, SCALE, rule)
        assert found.weights[0] == pytest.approx([0.625, 0.375, 0])
        assert np.isnan(found.lost[0, 2])
        assert np.isnan(found.score[1])
    assert scored(values, SCALE).score[0] == pytest.approx(0.625 * 0.4 + 0.375 * 0.5)


def test_a_component_that_weighs_nothing_cannot_sink_a_geometric_score():
    scale = [Component("a", 0, 1, 1), Component("b", 0, 1, 0)]
    assert scored(np.array([[0.5, 0.0]]), scale, Rule.GEOMETRIC).score[0] == pytest.approx(0.5)


def test_places_share_a_tie_and_leave_out_the_unknown():
    found = places(np.array([[0.1], [0.9], [0.9], [np.nan]]))
    assert found[:3, 0] == pytest.approx([1 / 6, 4 / 6, 4 / 6])
    assert np.isnan(found[3, 0])


def test_weights_come_to_one_and_cannot_all_be_nought():
    assert weights([Component("a", 0, 1, 3), Component("b", 0, 1, 1)]).tolist() == [0.75, 0.25]
    with pytest.raises(ValueError, match="must weigh"):
        weights([Component("a", 0, 1, 0)])


@pytest.mark.parametrize("bad", [(0, 0, 1), (0, float("nan"), 1), (0, 1, -1), (0, 1, np.inf)])
def test_a_component_without_sense_is_refused(bad):
    with pytest.raises(ValueError, match=r"goalposts|weight"):
        Component("a", *bad)


def test_thin_data_is_no_ground_for_a_rank():
    cases = np.full((5, 3), 10.0)
    assert not thin(cases, SCALE).refused
    cases[4, 1] = 9
    enough = thin(cases, SCALE)
    assert enough.ranked.tolist() == [True] * 4 + [False]
    assert not enough.known[4, 1]
    assert enough.refused
    assert thin(cases, SCALE, least_bodies=4).refused is False
    assert thin(cases, SCALE, needed=2).ranked.all()


def test_no_cases_are_never_enough():
    free = [Component("a", 0, 1, 1, least=0)]
    assert thin(np.zeros((6, 1)), free).refused
