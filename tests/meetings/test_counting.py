"""Quorums, majorities, ties; rules of procedure as they are written and read."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kelisim.meetings.queries.procedures import shipped
from kelisim.meetings.states import Choice
from kelisim.meetings.trees.counting import Tally, base, needed, outcome, quorum
from kelisim.meetings.trees.procedure import SHIPPED, Majority, Procedure, Tie, plain, read
from kelisim.refusals import Refused

SIMPLE = [Majority.VOTING, Majority.PRESENT, Majority.MEMBERS]


@pytest.mark.parametrize(
    ("members", "share", "wanted"),
    [(9, Fraction(2, 3), 6), (10, Fraction(2, 3), 7), (10, Fraction(1, 2), 5), (0, Fraction(1), 1)],
)
def test_a_quorum_is_never_rounded_down(members, share, wanted):
    assert quorum(members, share) == wanted


@pytest.mark.parametrize(
    ("of", "majority", "wanted"),
    [
        (10, Majority.PRESENT, 6), (11, Majority.PRESENT, 6), (0, Majority.VOTING, 1),
        (10, Majority.TWO_THIRDS_PRESENT, 7), (9, Majority.TWO_THIRDS_MEMBERS, 6),
        (350, Majority.TWO_THIRDS_MEMBERS, 234),
    ],
)  # fmt: skip
def test_more_than_half_and_two_thirds(of, majority, wanted):
    assert needed(of, majority) == wanted


@st.composite
def tallies(draw):
    members = draw(st.integers(1, 500))
    present = draw(st.integers(1, members))
    in_favour = draw(st.integers(0, present))
    against = draw(st.integers(0, present - in_favour))
    return Tally(
        in_favour, against, draw(st.integers(0, present - in_favour - against)), present, members
    )


@given(tallies(), st.sampled_from(Majority), st.sampled_from(Tie), st.sampled_from([None, *Choice]))
def test_what_carries_has_the_voices_that_are_shown_as_needed(tally, majority, tie, chair):
    came = outcome(tally, majority, tie, chair)
    assert came.base == base(tally, majority)
    if came.carried and not came.chair_decided:
        assert came.in_favour >= came.needed
        share = Fraction(came.in_favour, came.base)
        assert share > Fraction(1, 2) if majority in SIMPLE else share >= Fraction(2, 3)
    if not came.carried:
        assert came.in_favour < came.needed


@given(tallies(), st.sampled_from(Majority))
def test_one_more_voice_in_favour_never_loses(tally, majority):
    if tally.in_favour + tally.against + tally.abstained == tally.present:
        return
    more = Tally(tally.in_favour + 1, tally.against, tally.abstained, tally.present, tally.members)
    before = outcome(tally, majority, Tie.LOST).carried
    assert outcome(more, majority, Tie.LOST).carried or not before


@given(tallies(), st.sampled_from(Majority), st.sampled_from([None, *Choice]))
def test_the_chair_decides_nothing_but_a_tie_and_only_as_they_voted(tally, majority, chair):
    came = outcome(tally, majority, Tie.CHAIR, chair)
    if came.chair_decided:
        assert tally.in_favour == tally.against
        assert chair is Choice.FOR
        assert majority in SIMPLE


def test_rules_of_procedure_are_read_back_as_they_were_written():
    for rules in [SHIPPED, *shipped().values()]:
        assert read(plain(rules)) == rules
        assert read(plain(rules), Procedure(notice_days=99)) == rules


@pytest.mark.parametrize(
    ("values", "places"),
    [
        ({"quorum": "3/2"}, ["quorum"]),
        ({"quorum": "0"}, ["quorum"]),
        ({"quorum": "1/0"}, ["quorum"]),
        ({"majority": "all", "tie": 3, "convene": ["king"]}, ["majority", "tie", "convene"]),
        ({"notice_days": -1, "papers_days": 999}, ["notice_days", "papers_days"]),
        ({"working_days": "yes", "speech_seconds": True}, ["working_days", "speech_seconds"]),
        ({"colour": "blue"}, ["colour"]),
    ],
)
def test_rules_that_cannot_be_are_named_all_at_once(values, places):
    with pytest.raises(Refused) as refused:
        read(values)
    assert [refusal.place for refusal in refused.value.refusals] == places
