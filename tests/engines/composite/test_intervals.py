"""Intervals against published figures, and against what they must be by their nature."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kelisim.engines.composite import Proportion, dice, mean, ratio, wilson

NEWCOMBE = [
    (81, 263, 0.2553, 0.3662),
    (15, 148, 0.0624, 0.1605),
    (0, 20, 0.0000, 0.1611),
    (1, 29, 0.0061, 0.1718),
]
"""Newcombe (1998), Statistics in Medicine 17:857-872, table I, method 3: the score interval."""


def test_wilson_gives_the_published_intervals():
    hits, cases, low, high = (np.array(column, float) for column in zip(*NEWCOMBE, strict=True))
    found = wilson(hits, cases)
    assert found.low == pytest.approx(low, abs=5e-5)
    assert found.high == pytest.approx(high, abs=5e-5)


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
@settings(max_examples=60, deadline=None)
def test_wilson_lies_in_the_unit_and_mirrors(case):
    hits, cases = (np.array([float(number)]) for number in case)
    found, mirror = wilson(hits, cases), wilson(cases - hits, cases)
    assert 0 <= found.low <= hits / cases <= found.high <= 1
    assert found.low == pytest.approx(1 - mirror.high)
    assert found.high == pytest.approx(1 - mirror.low)


def test_wilson_knows_nothing_without_cases_and_is_exact_at_the_ends():
    found = wilson(np.array([0.0, 0.0, 7.0]), np.array([0.0, 7.0, 7.0]))
    assert np.isnan(found.low[0])
    assert np.isnan(found.high[0])
    assert found.low[1] == 0
    assert found.high[2] == 1


def moments(spent, planned):
    y, x = np.asarray(spent, float), np.asarray(planned, float)
    sums = (y.sum(), x.sum(), (y * y).sum(), (x * x).sum(), (x * y).sum(), len(x))
    return ratio(*(np.array([float(one)]) for one in sums))


def test_a_ratio_of_equal_ratios_has_no_error():
    found = moments([2.0, 4.0, 10.0], [4.0, 8.0, 20.0])
    assert found.value[0] == 0.5
    assert found.error[0] == pytest.approx(0, abs=1e-9)


def test_a_ratio_over_ones_is_a_mean_with_its_standard_error():
    values = np.array([2.0, 4.0, 4.0, 5.0, 10.0])
    found = moments(values, np.ones(5))
    same = mean(*(np.array([one]) for one in (values.sum(), (values**2).sum(), float(len(values)))))
    assert found.value[0] == same.value[0] == 5.0
    # s² = (9+1+1+0+25)/4 = 9, so s/√5.
    assert found.error[0] == pytest.approx(3 / np.sqrt(5))
    assert same.error[0] == pytest.approx(3 / np.sqrt(5))


@given(
    st.lists(st.tuples(st.floats(0, 1e3), st.floats(1, 1e3)), min_size=3, max_size=12),
    st.floats(1e-3, 1e6),
)
@settings(max_examples=40, deadline=None)
def test_a_ratio_does_not_know_its_currency(rows, rate):
    spent, planned = (np.array(column) for column in zip(*rows, strict=True))
    one, other = moments(spent, planned), moments(spent * rate, planned * rate)
    assert one.value == pytest.approx(other.value)
    assert one.error == pytest.approx(other.error, rel=1e-4, abs=1e-6)


def test_a_ratio_without_a_bottom_or_with_a_single_case_says_so():
    assert np.isnan(moments([0.0, 0.0], [0.0, 0.0]).value[0])
    single = moments([1.0], [2.0])
    assert single.value[0] == 0.5
    assert np.isnan(single.error[0])


def test_draws_of_a_share_are_a_published_interval():
    """Jeffreys' interval of 0 of 20 ends where Beta(1/2, 20 1/2) leaves 2.5 %: 0.1168."""
    drawn = Proportion(np.array([0.0, 20.0]), np.array([20.0, 20.0])).draw(20000, dice(1))
    high = np.quantile(drawn[:, 0], 0.975)
    low = np.quantile(drawn[:, 1], 0.025)
    assert high == pytest.approx(0.1168, abs=0.006)
    assert low == pytest.approx(1 - 0.1168, abs=0.006)


def test_more_hits_than_cases_are_no_share():
    with pytest.raises(ValueError, match="between nought and the cases"):
        Proportion(np.array([3.0]), np.array([2.0]))
