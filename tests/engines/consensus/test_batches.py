"""A batch of votes goes on from what was found, and ends where a whole analysis ends."""

import numpy as np
import pytest

from kelisim.engines.consensus import analysis, read
from kelisim.engines.consensus import groups as choosing
from tests.engines.consensus.planted import planted


def cut(votes, share, seed=3):
    late = np.random.default_rng(seed).random(len(votes.rows)) < share
    return votes.where(~late), votes.where(late)


def test_a_later_vote_takes_the_place_of_an_earlier_one_and_new_names_find_theirs():
    first = read(["participant,statement,value", "2,1,1", "10,1,-1", "10,3,0"])
    later = read(["participant,statement,value", "10,1,1", "9,2,1"])
    lines = ["participant,statement,value", "2,1,1", "10,1,1", "10,3,0", "9,2,1"]
    assert first.then(later).sha256 == read(lines).sha256
    nothing = first.where(np.zeros(3, dtype=bool))
    assert nothing.then(nothing).rows.tolist() == []


def test_a_batch_ends_with_the_groups_and_figures_of_a_whole_analysis(monkeypatch):
    votes, _true, _limit = planted(2500, 120)
    early, batch = cut(votes, 0.05)
    before = analysis(early)
    whole = analysis(votes)
    monkeypatch.setattr(choosing, "chosen_size", None)
    after = analysis(early.then(batch), before=before)
    assert after["inputs_sha256"] == whole["inputs_sha256"]
    assert after["groups"] == 4
    for one, other in zip(after["participants"], whole["participants"], strict=True):
        assert one["group"] == other["group"]
        assert [one["x"], one["y"]] == pytest.approx([other["x"], other["y"]], abs=1e-6)
    for one, other in zip(after["statements"], whole["statements"], strict=True):
        for key, value in other.items():
            if isinstance(value, float):
                assert one[key] == pytest.approx(value, abs=1e-6), key
        assert one["by_group"] == other["by_group"]


def test_when_many_votes_came_or_other_ones_are_asked_the_number_is_chosen_anew():
    votes, _true, _limit = planted(300, 30, seed=8)
    early, batch = cut(votes, 0.3)
    before = analysis(early)
    whole = analysis(votes)
    assert analysis(early.then(batch), before=before) == whole
    assert analysis(votes, aside=["1"], before=whole) == analysis(votes, aside=["1"])


def test_no_clear_groups_stay_so_for_a_small_batch():
    votes, _true, _limit = planted(500, 40, shares=(1.0,), spread=0, seed=9)
    early, batch = cut(votes, 0.02)
    before = analysis(early)
    assert before["groups"] == 0
    assert analysis(early.then(batch), before=before)["groups"] == 0
