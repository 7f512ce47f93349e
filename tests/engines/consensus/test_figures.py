"""What votes on a statement say, against figures worked out by hand and published formulas."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kelisim.engines.consensus import figures
from kelisim.engines.consensus.figures import Counts
from kelisim.engines.consensus.votes import read


def counts(agree, disagree, passed):
    return Counts(*(np.array(part, dtype=np.int64) for part in (agree, disagree, passed)))


def test_votes_are_counted_by_group_and_nobody_without_one():
    votes = read(["participant,statement,value", "1,1,1", "2,1,-1", "3,1,0", "4,1,1", "1,2,0"])
    found = figures.counted(votes, np.array([0, 1, 0, -1], dtype=np.int32), 2)
    assert found.agree.tolist() == [[1, 0], [0, 0]]
    assert found.disagree.tolist() == [[0, 0], [1, 0]]
    assert found.passed.tolist() == [[1, 1], [0, 0]]
    assert figures.counted(votes).total.agree.tolist() == [[2, 0]]


def test_a_group_stands_for_what_it_says_more_than_the_rest():
    found = figures.standing(counts([[9], [1]], [[1], [9]], [[0], [0]]), agree=True)
    assert found.share[:, 0] == pytest.approx([10 / 12, 2 / 12])
    assert found.ratio[0, 0] == pytest.approx(5.0)
    # 2·√11·(10/11 − 1/2), and a pooled test of 10/11 against 2/11.
    assert found.test[0, 0] == pytest.approx(2.713602, abs=1e-6)
    assert found.ratio_test[0, 0] == pytest.approx(3.425395, abs=1e-6)
    assert found.firm.tolist() == [[True], [False]]
    assert found.order[0, 0] > found.order[1, 0]


def test_consensus_is_the_product_over_groups_and_its_mean_compares_any_number_of_them():
    two = counts([[8], [8]], [[0], [0]], [[0], [0]])
    product, mean = figures.group_informed(two, agree=True)
    assert product[0] == pytest.approx(0.81)
    assert mean[0] == pytest.approx(0.9)
    three = counts([[8], [8], [8]], [[0], [0], [0]], [[0], [0], [0]])
    assert figures.group_informed(three, agree=True)[1][0] == pytest.approx(0.9)


def test_most_agree_only_when_it_is_firm():
    agree, disagree = figures.majority(counts([[40, 6, 1]], [[5, 4, 30]], [[0, 0, 0]]))
    assert agree.tolist() == [True, False, False]
    assert disagree.tolist() == [False, False, True]


def test_wilson_s_interval_is_the_published_one():
    low, high = figures.wilson(np.array([81, 0]), np.array([263, 0]))
    # Newcombe (1998), table I: 81 of 263 gives 0.2553 to 0.3662.
    assert (low[0], high[0]) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert (low[1], high[1]) == (0, 1)


def test_priority_follows_the_published_formula():
    found = figures.priority(counts([[6]], [[2]], [[2]]), np.array([0.5]))
    importance = (1 - 3 / 12) * 1.5 * (7 / 12)
    assert found[0] == pytest.approx((importance * (1 + 8 * 2**-2)) ** 2)


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50))
def test_more_agreement_never_makes_a_statement_less_agreed(agree, disagree, passed):
    fewer = counts([[agree]], [[disagree + 1]], [[passed]])
    more = counts([[agree + 1]], [[disagree]], [[passed]])
    product, _mean = figures.group_informed(fewer, agree=True)
    assert figures.group_informed(more, agree=True)[0][0] > product[0]
