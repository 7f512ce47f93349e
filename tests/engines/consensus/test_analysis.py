"""A whole analysis: complete, the same to the bit, on real conversations and planted ones."""

import json
import random

import numpy as np
import pytest

from kelisim.engines.consensus import analysis, read
from kelisim.engines.consensus.bridging import bridging
from kelisim.engines.consensus.votes import Votes
from tests.engines.consensus.planted import planted

CONVERSATIONS = (
    ("american-assembly.bowling-green", "participants-votes.csv"),
    ("austria-climate.2vkxcncppn.2022-07-07", "participants-votes.csv"),
    ("brexit-consensus", "votes.csv"),
    ("canadian-electoral-reform", "votes.csv"),
    ("london.youth.policing", "votes.csv"),
    ("scoop-hivemind.ubi", "votes.csv"),
)
FIGURES = {
    "id", "agree", "disagree", "pass", "seen", "agreement", "group_consensus",
    "group_consensus_mean", "group_consensus_again", "divisive_again", "group_disagreement", "group_disagreement_mean", "majority",
    "divisive", "bridging", "extremity", "priority", "by_group",
}  # fmt: skip


def lines_of(folder, name):
    return (folder / "dialogue" / name[0] / name[1]).read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("name", CONVERSATIONS[2:], ids=lambda name: name[0])
def test_a_real_conversation_is_analysed_whole_and_the_same_in_any_order(shared_data, name):
    head, *lines = lines_of(shared_data, name)
    found = analysis(read([head, *lines]))
    text = json.dumps(found, sort_keys=True, allow_nan=False)
    dice = random.Random(7)
    for _turn in range(4):
        dice.shuffle(lines)
        assert json.dumps(analysis(read([head, *lines])), sort_keys=True) == text
    assert {key for one in found["statements"] for key in one} == FIGURES
    for one in found["statements"]:
        assert one["agree"] + one["disagree"] + one["pass"] == one["seen"]
        assert sum(group["seen"] for group in one["by_group"]) <= one["seen"]
        assert 0 <= one["group_consensus"] <= one["group_consensus_mean"] <= 1
    assert 0 <= found["groups"] <= 8


def test_leave_and_remain_are_found_in_the_conversation_on_brexit(shared_data):
    found = analysis(read(lines_of(shared_data, CONVERSATIONS[2])))
    assert found["groups"] == 2
    assert found["stability"] > 0.7


@pytest.mark.looks
@pytest.mark.parametrize("name", CONVERSATIONS[:2], ids=lambda name: name[0])
def test_a_large_real_conversation_has_groups_that_come_out_again(shared_data, name):
    found = analysis(read(lines_of(shared_data, name)))
    assert found["groups"] >= 2
    assert found["stability"] >= 0.6
    assert len(found["participants"]) == sum(found["sizes"]) + sum(
        one["group"] is None for one in found["participants"]
    )


def test_statements_set_aside_are_gone_and_background_ones_shape_nothing():
    votes, _true, _limit = planted(900, 60, seed=5)
    whole = analysis(votes)
    without = analysis(votes, aside=["3"])
    assert len(without["statements"]) == len(whole["statements"]) - 1
    assert without["aside"] == ["3"]
    behind = analysis(votes, background=["3"])
    assert len(behind["statements"]) == len(whole["statements"])
    places = [[one["x"], one["group"]] for one in without["participants"]]
    assert [[one["x"], one["group"]] for one in behind["participants"]] == places


def test_a_group_is_told_by_what_it_stands_for():
    votes, _true, _limit = planted(1500, 80, seed=6)
    found = analysis(votes)
    for group in range(found["groups"]):
        told = [one["by_group"][group] for one in found["statements"]]
        sides = [one for one in told if one["stands"]]
        assert 1 <= len(sides) <= 5
        for one in sides:
            assert one["agree" if one["stands"] == "agree" else "disagree"] * 2 > one["seen"] * 0.8


def test_bridging_ranks_what_both_sides_want_above_what_one_side_wants():
    dice = np.random.default_rng(2)
    people, statements = 400, 20
    side = np.arange(people) % 2
    agree = np.full((2, statements), 0.5)
    agree[0, :8], agree[1, :8] = 0.95, 0.05
    agree[:, 8] = 0.9
    rows, columns = (part.ravel() for part in np.mgrid[:people, :statements].astype(np.int32))
    values = np.where(dice.random(len(rows)) < agree[side[rows], columns], 1, -1).astype(np.int8)
    names = tuple(map(str, range(people))), tuple(map(str, range(statements)))
    found = bridging(Votes(*names, rows, columns, values))
    assert found.value.argmax() == 8
    assert np.abs(found.position[:8]).min() > np.abs(found.position[8:]).max()
