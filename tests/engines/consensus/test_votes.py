"""Votes are read from any order of lines and columns, and refused by line."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kelisim.engines.consensus.votes import Unreadable, read

LINES = ["participant,statement,value,time", "a,1,1,5", "b,1,-1,6", "a,2,0,7", "a,1,-1,9"]


def cells(votes):
    return {
        (votes.participants[row], votes.statements[column]): value
        for row, column, value in zip(
            votes.rows.tolist(), votes.columns.tolist(), votes.values.tolist(), strict=True
        )
    }


def faults(lines):
    with pytest.raises(Unreadable) as refused:
        read(lines)
    return [(one.line, one.what) for one in refused.value.faults]


def test_the_last_vote_counts():
    assert cells(read(LINES)) == {("a", "1"): -1, ("a", "2"): 0, ("b", "1"): -1}


def test_columns_may_stand_in_any_order_and_time_may_be_missing():
    votes = read(["value,statement,participant", "1,7,x", "-1,8,x"])
    assert cells(votes) == {("x", "7"): 1, ("x", "8"): -1}


def test_moments_may_be_said_as_dates():
    lines = ["participant,statement,value,time", "a,1,1,2026-05-02T10:00", "a,1,0,2026-05-01T10:00"]
    assert cells(read(lines)) == {("a", "1"): 1}


@pytest.mark.parametrize("times", [("", ""), ("5", "5"), ("5", "")])
def test_a_pair_without_a_last_vote_is_refused_by_line(times):
    lines = [LINES[0], *(f"a,1,1,{time}" for time in times)]
    assert {what for _line, what in faults(lines)} == {"vote_repeated"}


def test_an_early_tie_does_not_matter_when_a_later_vote_counts():
    assert cells(read([LINES[0], "a,1,1,5", "a,1,0,5", "a,1,-1,6"])) == {("a", "1"): -1}


def test_every_fault_is_named_with_its_line():
    lines = [LINES[0], "a,1,2,1", ",1,1,1", "a,,x,1", "a,1,1,soon", "a"]
    assert faults(lines) == [
        (2, "value_unreadable"),
        (3, "participant_missing"),
        (4, "statement_missing"),
        (4, "value_unreadable"),
        (5, "time_unreadable"),
        (6, "statement_missing"),
        (6, "value_unreadable"),
    ]
    assert faults(["who,what", "a,1"]) == [
        (1, "column_missing"),
        (1, "column_missing"),
        (1, "column_missing"),
    ]
    assert faults([])


def test_participants_stand_as_numbers_where_all_are_numbers():
    votes = read(["participant,statement,value", "10,1,1", "9,1,1", "100,1,0"])
    assert votes.participants == ("9", "10", "100")
    assert read(["participant,statement,value", "10,1,1", "9,1,1", "x,1,0"]).participants == (
        "10",
        "9",
        "x",
    )


@given(st.data())
def test_any_order_of_lines_gives_the_same_votes_to_the_bit(data):
    pairs = data.draw(
        st.lists(
            st.tuples(st.integers(0, 9), st.integers(0, 5), st.sampled_from([-1, 0, 1])),
            min_size=1,
            max_size=40,
        )
    )
    lines = [f"{who},{what},{value},{time}" for time, (who, what, value) in enumerate(pairs)]
    shuffled = random.Random(data.draw(st.integers())).sample(lines, len(lines))
    first, other = (read([LINES[0], *some]) for some in (lines, shuffled))
    assert first.sha256 == other.sha256
    assert cells(first) == cells(other)


def test_statements_set_aside_leave_everybody_in_their_place():
    votes = read(LINES).without(["1", "unknown"])
    assert votes.participants == ("a", "b")
    assert cells(votes) == {("a", "2"): 0}
    assert votes.per_participant.tolist() == [1, 0]


def test_exports_of_polis_are_read(shared_data):
    folder = shared_data / "dialogue" / "london.youth.policing"
    with (folder / "votes.csv").open() as lines:
        long = read(lines)
    with (folder / "participants-votes.csv").open() as lines:
        wide = read(lines)
    assert set(wide.statements) <= set(long.statements)
    assert cells(wide).keys() <= cells(long).keys()
    assert len(wide.rows) > 200
