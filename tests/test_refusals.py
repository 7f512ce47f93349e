"""A refusal carries its reason, its place and its facts; its sentence is found at the edge."""

import pytest

from kelisim.refusals import Refusal, Refused, require


def test_nothing_is_raised_when_no_rule_said_no():
    require(None, None)


def test_all_reasons_are_raised_at_once():
    with pytest.raises(Refused) as caught:
        require(Refusal("hall.closed", place="row 3", until="noon"), None, Refusal("hall.full"))
    assert [r.code for r in caught.value.refusals] == ["hall.closed", "hall.full"]
    assert str(caught.value) == "row 3: hall.closed; hall.full"


def test_the_facts_of_a_refusal_cannot_be_changed():
    refusal = Refusal("hall.closed", until="noon")
    with pytest.raises(TypeError):
        refusal.facts["until"] = "evening"
