"""Ranks and what is doubtful in them."""

import numpy as np
import pytest

from kelisim.engines.composite import (
    Component,
    Measured,
    Proportion,
    Rule,
    dice,
    ranking,
    sensitivity,
    table,
    thin,
)
from kelisim.engines.composite.ranks import runs, standing, thrown

SCALE = [Component("a", 0, 1, 0.5), Component("b", 0, 1, 0.3), Component("c", 2, 0, 0.2)]


def columns(shares, cases):
    hits = [np.round(np.array(shares) * cases), np.round(np.array(shares) * cases)]
    counts = np.full(len(shares), float(cases))
    return [
        Proportion(hits[0], counts),
        Proportion(hits[1], counts),
        Measured(2 - 2 * np.array(shares), np.full(len(shares), 1 / np.sqrt(cases)), counts),
    ]


def enough(found, **given):
    return thin(np.column_stack([one.cases for one in found]), SCALE, **given)


def asked(found, seed=7, **given):
    return ranking(found, SCALE, enough(found), by=dice(seed), draws=600, **given)


def test_ranks_share_a_tie():
    assert standing(np.array([0.2, 0.9, 0.9, 0.1])).tolist() == [3, 1.5, 1.5, 4]


def test_bodies_far_apart_are_told_apart():
    found = asked(columns([0.05, 0.3, 0.55, 0.75, 0.95], 4000))
    assert found.rank.tolist() == [5, 4, 3, 2, 1]
    assert (found.low == found.rank).all()
    assert (found.high == found.rank).all()
    assert found.groups == ((4,), (3,), (2,), (1,), (0,))
    assert found.first.tolist() == [0, 0, 0, 0, 1]


def test_bodies_that_are_alike_cannot_be_told_apart():
    found = asked(columns([0.8] * 6, 20))
    assert found.rank.tolist() == [3.5] * 6
    assert found.groups == ((0, 1, 2, 3, 4, 5),)
    assert found.first == pytest.approx(1 / 6, abs=0.08)
    assert (found.low <= 2).all()
    assert (found.high >= 5).all()


def test_two_equal_bodies_stand_above_each_other_by_the_toss_of_a_coin():
    """Analytic: P(A above B) of two draws from one distribution is one half."""
    found = asked(columns([0.8, 0.8, 0.1, 0.1, 0.1], 30))
    assert found.better[0, 1] == pytest.approx(0.5, abs=0.06)
    assert found.better[0, 2] > 0.99


def test_chances_of_a_pair_and_of_the_first_place_are_whole():
    found = asked(columns([0.5, 0.55, 0.6, 0.65, 0.7, 0.75], 15))
    assert found.better + found.better.T == pytest.approx(1)
    assert found.first.sum() == pytest.approx(1)


def test_a_seed_repeats_to_the_bit_and_another_does_not():
    given = columns([0.5, 0.55, 0.6, 0.65, 0.7], 15)
    one, same, other = asked(given, 7), asked(given, 7), asked(given, 8)
    assert one.better.tobytes() == same.better.tobytes()
    assert one.score.low.tobytes() == same.score.low.tobytes()
    assert one.better.tobytes() != other.better.tobytes()


def test_more_cases_narrow_an_interval():
    few, many = (asked(columns([0.5, 0.55, 0.6, 0.65, 0.7], n)) for n in (12, 2000))
    assert (many.score.high - many.score.low < few.score.high - few.score.low).all()
    assert (many.high - many.low).sum() < (few.high - few.low).sum()


def test_nobody_is_ranked_where_data_is_thin():
    found = columns([0.5, 0.6, 0.7, 0.8, 0.9], 9)
    assert asked(found) is None
    assert sensitivity(found, SCALE, enough(found), by=dice(1)) is None


def test_a_body_without_enough_has_no_rank_among_those_that_have():
    found = columns([0.5, 0.6, 0.7, 0.8, 0.9, 0.95], 40)
    found[0] = Proportion(np.array([0.0, 24, 28, 32, 36, 38]), np.array([0.0, 40, 40, 40, 40, 40]))
    ranks = asked(found)
    assert np.isnan(ranks.rank[0])
    assert np.isnan(ranks.better[0]).all()
    assert sorted(ranks.rank[1:]) == [1, 2, 3, 4, 5]
    assert 0 not in {body for group in ranks.groups for body in group}


def test_weights_are_thrown_around_the_given_ones():
    """Dirichlet: mean w, variance w(1-w)/(firmness+1); what weighs nothing stays so."""
    given = np.array([0.5, 0.0, 0.3, 0.2])
    found = thrown(given, 20000, 50, dice(3))
    assert found.sum(1) == pytest.approx(1)
    assert found.mean(0) == pytest.approx(given, abs=0.003)
    assert found.var(0) == pytest.approx(given * (1 - given) / 51, rel=0.05)
    assert (found[:, 1] == 0).all()


def test_runs_overlap_where_likeness_does_not_carry_over():
    better = np.array([[0.5, 0.8, 0.99], [0.2, 0.5, 0.8], [0.01, 0.2, 0.5]])
    assert runs(np.array([1.0, 2, 3]), better, 0.95) == [(0, 1), (1, 2)]


def test_the_rule_moves_ranks_only_where_bodies_are_uneven():
    level = columns([0.3, 0.4, 0.5, 0.6, 0.7], 5000)
    found = sensitivity(level, SCALE, enough(level), by=dice(5), draws=256)
    assert found.shift == pytest.approx(0, abs=0.02)
    uneven = [
        Proportion(np.array([5000.0, 2600, 2500, 2400, 2300]), np.full(5, 5000.0)),
        Proportion(np.array([50.0, 2600, 2500, 2400, 2300]), np.full(5, 5000.0)),
    ]
    scale = [Component("a", 0, 1, 0.5), Component("b", 0, 1, 0.5)]
    known = thin(np.column_stack([one.cases for one in uneven]), scale)
    moved = sensitivity(uneven, scale, known, by=dice(5), draws=256)
    assert moved.shift > 0.3
    shares = dict(moved.factors)
    assert set(shares) == {"cases", "weights", "rule", "scale"}
    assert shares["rule"].total > shares["cases"].total


def test_the_rule_that_is_asked_for_gives_the_ranks():
    uneven = [
        Proportion(np.array([40.0, 24, 23, 22, 21]), np.full(5, 40.0)),
        Proportion(np.array([2.0, 24, 23, 22, 21]), np.full(5, 40.0)),
        Proportion(np.array([40.0, 24, 23, 22, 21]), np.full(5, 40.0)),
    ]
    assert table(uneven).shape == (5, 3)
    scale = [Component(key, 0, 1, 1) for key in "abc"]
    known = thin(np.full((5, 3), 40.0), scale)
    ranks = {
        rule: ranking(uneven, scale, known, by=dice(1), rule=rule, draws=50).rank[0]
        for rule in Rule
    }
    assert ranks[Rule.ARITHMETIC] == 1
    assert ranks[Rule.GEOMETRIC] == 5
