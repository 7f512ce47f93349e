"""Votes in blocks: many workers, threads or orders give what one gives, to the bit."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from kelisim.engines.consensus import blocks as cut
from kelisim.engines.consensus.analysis import analysis
from kelisim.engines.consensus.blocks import Cluster, blocks
from kelisim.engines.consensus.bridging import bridging_of, turn
from kelisim.engines.consensus.dice import drawn, thrown
from kelisim.engines.consensus.fixpoint import fixpoint
from kelisim.engines.consensus.spread import directions, means, spread_of
from tests.engines.consensus.planted import planted


class Backwards:
    """Two threads that are asked from the last block to the first."""

    def keep(self, blocks):
        return blocks

    def map(self, ask, kept, *parts):
        with ThreadPoolExecutor(2) as pool:
            asked = [
                pool.submit(ask, *one) for one in reversed(list(zip(kept, *parts, strict=True)))
            ]
            return [one.result() for one in reversed(asked)]


def test_who_computes_and_in_which_order_changes_no_bit(monkeypatch):
    monkeypatch.setattr(cut, "BLOCK", 100)
    votes, _true, _limit = planted(730, 40)
    one, many = blocks(votes), blocks(votes, Backwards())
    assert len(one.kept) == 8
    assert spread_of(one).places.tobytes() == spread_of(many).places.tobytes()
    first, other = bridging_of(one), bridging_of(many)
    assert (first.value.tobytes(), first.level) == (other.value.tobytes(), other.level)


@pytest.mark.looks
@pytest.mark.filterwarnings("default")
def test_a_cluster_of_two_gives_what_one_process_gives_to_the_bit(monkeypatch):
    distributed = pytest.importorskip("distributed")
    monkeypatch.setattr(cut, "BLOCK", 150)
    votes, _true, _limit = planted(600, 60)
    early = votes.where(np.arange(len(votes.rows)) % 50 > 0)
    one = analysis(early)
    then = analysis(votes, before=one)
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=False, dashboard_address=None
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        two = Cluster(client)
        assert analysis(early, workers=two) == one
        assert analysis(votes, workers=two, before=one) == then
    assert one["groups"] > 0


def test_every_direction_is_found_where_there_are_no_more_statements_than_directions():
    votes, _true, _limit = planted(60, 3, mean=3)
    of = blocks(votes)
    found = directions(of, means(of), 5, close=1e-11)
    assert found.T @ found == pytest.approx(np.diag([1, 1, 1, 0, 0]), abs=1e-9)


def test_bridging_ends_where_another_turn_changes_nothing():
    votes, _true, _limit = planted(900, 60, seed=5)
    of = blocks(votes)
    found = bridging_of(of)
    assert found.moved < 1e-8
    packed = np.concatenate((found.value, found.position, [found.level]))
    assert turn(of, packed)[0] == pytest.approx(packed, abs=1e-7)
    again = bridging_of(of, found)
    assert again.value == pytest.approx(found.value, abs=1e-7)


def test_a_statement_that_both_sides_share_bridges_and_one_of_a_side_does_not():
    sides = np.repeat([1, -1], 50)
    dice = np.random.default_rng(3)
    table = np.where(dice.random((100, 12)) < 0.9, 1, -1) * sides[:, None]
    table[:, 0] = np.where(dice.random(100) < 0.8, 1, -1)
    rows, columns = np.divmod(np.arange(1200), 12)
    votes = cut.Votes(
        tuple(map(str, range(100))),
        tuple(map(str, range(12))),
        rows.astype(np.int32),
        columns.astype(np.int32),
        table.ravel().astype(np.int8),
    )
    found = bridging_of(blocks(votes))
    assert found.value.argmax() == 0
    assert found.value[0] > 3 * np.abs(found.value[1:]).max()


def test_the_last_point_of_a_slow_walk_is_found_by_leaps():
    steps = []

    def step(point):
        steps.append(1)
        return point * np.array([0.99, 0.9, 0.5]) + 1, 0.0

    found, moved = fixpoint(step, np.zeros(3), close=1e-10, rounds=100)
    assert found == pytest.approx([100, 10, 2], abs=1e-6)
    assert moved <= 1e-10
    assert len(steps) < 20


def test_chance_is_the_same_for_the_same_seeds_and_even():
    assert (thrown(10, 1, 2) == thrown(1000, 1, 2)[:10]).all()
    assert not np.isin(thrown(1000, 1, 2), thrown(1000, 2, 1)).any()
    even = np.histogram(thrown(100_000, 7), bins=100, range=(0, 1))[0]
    assert even.sum() == 100_000
    assert ((even - 1000) ** 2 / 1000).sum() < 160
    half = drawn(1000, 500, 4)
    assert len(set(half.tolist())) == 500
    assert (np.diff(half) > 0).all()
