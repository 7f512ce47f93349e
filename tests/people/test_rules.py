"""Rules see facts, not the database."""

from types import SimpleNamespace as Facts

import pytest

from kelisim.people import rules
from kelisim.people.states import NEXT, PersonState

ADMINISTRATOR = Facts(pk=1, is_staff=True)
SOMEBODY = Facts(pk=2, is_staff=False)


def person(**facts):
    return Facts(**{"pk": 3, "state": "active", "is_staff": False, **facts})


def code(refusal):
    return refusal and refusal.code


@pytest.mark.parametrize(
    ("by", "taken", "expected"),
    [
        (ADMINISTRATOR, False, None),
        (None, False, None),
        (SOMEBODY, False, "people.not_administrator"),
        (ADMINISTRATOR, True, "people.email_taken"),
        (SOMEBODY, True, "people.not_administrator"),
    ],
)
def test_administrators_invite_and_each_address_once(by, taken, expected):
    assert code(rules.may_invite(by, taken=taken)) == expected


@pytest.mark.parametrize(
    ("whom", "by", "expected"),
    [
        (person(), ADMINISTRATOR, None),
        (person(), None, None),
        (person(), SOMEBODY, "people.not_administrator"),
        (person(is_staff=True), ADMINISTRATOR, "people.right_held"),
        (person(state="suspended"), ADMINISTRATOR, "people.not_active"),
        (person(state="erased"), ADMINISTRATOR, "people.not_active"),
        (person(pk=1), ADMINISTRATOR, "people.own_rights"),
    ],
)
def test_the_system_is_entrusted_once_by_another(whom, by, expected):
    assert code(rules.may_entrust(whom, by)) == expected


@pytest.mark.parametrize(
    ("whom", "by", "administrators", "expected"),
    [
        (person(is_staff=True), ADMINISTRATOR, 2, None),
        (person(is_staff=True), ADMINISTRATOR, 1, "people.last_administrator"),
        (person(is_staff=True), SOMEBODY, 2, "people.not_administrator"),
        (person(), ADMINISTRATOR, 2, "people.right_not_held"),
    ],
)
def test_the_last_administrator_stays_one(whom, by, administrators, expected):
    refusal = rules.may_withdraw(whom, by, administrators=administrators)
    assert code(refusal) == expected


@pytest.mark.parametrize("state", PersonState)
@pytest.mark.parametrize("to", PersonState)
def test_a_person_moves_only_along_the_table(state, to):
    refusal = rules.may_move(person(state=state), ADMINISTRATOR, to, administrators=2)
    assert (refusal is None) == (to in NEXT[state])


def test_nothing_leads_back_from_erasure():
    assert NEXT[PersonState.ERASED] == set()
    assert set(NEXT) == set(PersonState)


@pytest.mark.parametrize(
    ("whom", "by", "expected"),
    [
        (person(state="leaving"), ADMINISTRATOR, None),
        (person(state="leaving"), None, None),
        (person(state="active"), ADMINISTRATOR, "people.erasure_not_asked"),
        (person(state="erased"), ADMINISTRATOR, "people.gone"),
        (person(state="leaving"), SOMEBODY, "people.not_administrator"),
        (person(state="leaving", pk=1), ADMINISTRATOR, "people.own_erasure"),
    ],
)
def test_erasure_is_done_after_asking_and_by_another(whom, by, expected):
    assert code(rules.may_erase(whom, by, administrators=2)) == expected


def test_anybody_may_ask_to_be_forgotten_but_only_for_themself():
    asks = person()
    assert rules.may_ask_erasure(asks, asks, administrators=1) is None
    assert code(rules.may_ask_erasure(asks, SOMEBODY, administrators=1)) == (
        "people.not_administrator"
    )
    assert rules.may_ask_erasure(asks, ADMINISTRATOR, administrators=1) is None


def test_whoever_asked_for_erasure_is_not_readmitted_over_their_head():
    refusal = rules.may_readmit(person(state="leaving"), ADMINISTRATOR)
    assert code(refusal) == "people.already_leaving"


@pytest.mark.parametrize(
    ("weighs", "has_one", "required", "refused"),
    [
        (True, False, True, True),
        (True, True, True, False),
        (True, False, False, False),
        (False, False, True, False),
    ],
)
def test_whoever_holds_a_post_that_weighs_proves_themself_twice(weighs, has_one, required, refused):
    refusal = rules.needs_second_factor(weighs=weighs, has_one=has_one, required=required)
    assert (refusal is not None) == refused
