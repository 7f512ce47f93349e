"""Groups are found where they are planted, nowhere else, and the same ones every time."""

import numpy as np
import pytest

from kelisim.engines.consensus.groups import grouped, rand_index
from kelisim.engines.consensus.spread import directions, spread
from kelisim.engines.consensus.votes import Votes, read
from tests.engines.consensus.planted import planted


def test_four_planted_groups_are_found_nearly_as_well_as_by_who_knows_them():
    votes, true, limit = planted(3000, 150)
    found = grouped(votes)
    heard = votes.per_participant >= 7
    assert found.size == 4
    assert found.stability > 0.7
    reached = rand_index(found.labels[heard], true[heard])
    assert reached > 0.9 * rand_index(limit[heard], true[heard])
    sizes = np.bincount(found.labels[heard])
    assert (np.diff(sizes) <= 0).all()


@pytest.mark.parametrize("seed", range(5))
def test_where_nobody_planted_groups_there_are_no_clear_ones(seed):
    votes, _true, _limit = planted(500, 40, shares=(1.0,), spread=0, seed=50 + seed)
    found = grouped(votes)
    assert (found.size, set(found.labels.tolist())) == (1, {-1})


def test_who_voted_too_little_is_in_no_group():
    votes, _true, _limit = planted(1500, 100)
    found = grouped(votes)
    assert set(found.labels[votes.per_participant < 7].tolist()) <= {-1}


def test_the_same_votes_give_the_same_groups_to_the_bit():
    votes, _true, _limit = planted(500, 40, seed=3)
    dice = np.random.default_rng(9)
    lines = [
        f"{row},{column},{value}"
        for row, column, value in zip(votes.rows, votes.columns, votes.values, strict=True)
    ]
    found = []
    for _turn in range(3):
        dice.shuffle(lines)
        again = read(["participant,statement,value", *lines])
        of = grouped(again)
        found.append((again.sha256, of.labels.tobytes(), of.sureness.tobytes(), of.stability))
    assert found[0] == found[1] == found[2]


def test_the_rand_index_is_the_published_one():
    # Hubert and Arabie (1985), table 3 in the numbers of Steinley (2004).
    one = np.array([0, 0, 0, 1, 1, 1], dtype=np.int32)
    other = np.array([0, 0, 1, 1, 2, 2], dtype=np.int32)
    assert rand_index(one, other) == pytest.approx(0.24242424)
    assert rand_index(one, one) == 1
    assert rand_index(one, np.zeros(6, dtype=np.int32)) == 0


def test_the_map_is_that_of_a_whole_decomposition_with_a_fixed_sign():
    votes, _true, _limit = planted(300, 30, seed=4)
    found = spread(votes)
    table = np.zeros(votes.size)
    table[votes.rows, votes.columns] = votes.values - found.means[votes.columns]
    _left, _sizes, right = np.linalg.svd(table[found.shaping], full_matrices=False)
    for place in range(2):
        assert abs(right[place] @ found.directions[:, place]) == pytest.approx(1, abs=1e-8)
        largest = np.abs(found.directions[:, place]).argmax()
        assert found.directions[largest, place] > 0
    one = table[5] @ found.directions * np.sqrt(30 / votes.per_participant[5])
    assert found.places[5] == pytest.approx(one)


def test_a_conversation_too_small_for_a_map_has_none():
    votes = read(["participant,statement,value", "1,1,1", "2,1,1"])
    found = spread(votes)
    assert found.places.tolist() == [[0, 0], [0, 0]]
    assert grouped(votes).size == 1
    empty = Votes((), (), *(np.zeros(0, dtype=kind) for kind in (np.int32, np.int32, np.int8)))
    assert directions.__name__ == "directions"
    assert grouped(empty).size == 1
