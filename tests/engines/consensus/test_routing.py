"""What is shown next: neither everything alike nor anything starved."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kelisim.engines.consensus.figures import Counts, priority
from kelisim.engines.consensus.routing import Chance, drawn, exposure, following


def simulated(people=500, each=20, statements=60, late=5):
    """A conversation in which people are shown statements by lottery; some come in half-way."""
    dice = np.random.default_rng(11)
    agree = dice.beta(2, 2, statements)
    counts = np.zeros((3, statements), dtype=np.int64)
    arrived = []
    for person in range(people):
        there = statements if person >= people // 2 else statements - late
        open_ones = list(range(there))
        for _turn in range(each):
            seen = counts.sum(axis=0)
            weights = priority(Counts(*(part[None, :] for part in counts)), np.zeros(statements))
            chance = Chance(*dice.random(2))
            place = following(np.array(open_ones), weights, seen, chance)
            open_ones.remove(place)
            counts[0 if dice.random() < agree[place] else 1, place] += 1
        if person == people // 2 + 60:
            arrived = counts.sum(axis=0)[-late:].tolist()
    return counts.sum(axis=0), arrived


def test_exposure_is_neither_uniform_nor_starved_and_what_is_new_is_seen_soon():
    seen, arrived = simulated()
    least, gini = exposure(seen)
    assert seen.min() >= 30
    assert min(arrived) >= 30
    assert 0.05 < gini < 0.5
    assert least > 0.1


def test_a_broken_lottery_is_told_by_its_exposure():
    assert exposure(np.full(50, 100))[1] == 0
    assert exposure(np.array([1000, *[1] * 49]))[1] > 0.9
    assert exposure(np.zeros(5, dtype=np.int64)) == (0, 0)


@given(st.lists(st.floats(0, 10), min_size=1, max_size=20), st.floats(0, 1, exclude_max=True))
def test_a_statement_of_no_weight_is_drawn_only_where_none_weighs(weights, pick):
    places = np.arange(len(weights)) * 3
    found = drawn(places, np.array(weights), pick)
    assert found in places
    if max(weights) > 1e-9:
        assert weights[found // 3] > 0


def test_who_has_voted_on_everything_is_shown_nothing():
    nothing = np.zeros(0, dtype=np.int64)
    assert following(nothing, np.ones(3), np.ones(3, dtype=np.int64), Chance(0, 0)) is None
