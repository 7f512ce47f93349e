"""What a charter is worth on a day follows from its facts; ending it is an official act."""

from datetime import date, timedelta
from types import SimpleNamespace as Facts

import pytest

from kelisim.charter.actions import acts
from kelisim.charter.rules.standing import worth
from kelisim.ledger.models import Entry
from kelisim.refusals import Refused
from tests.charter.conftest import AT

DAY = date(2020, 5, 1)
LATER = DAY + timedelta(days=30)


def charter(**facts):
    return Facts(
        **{
            "adopted_by": "adoption",
            "in_force_from": DAY,
            "repealed_on": None,
            "repealed_by": None,
            "superseded_on": None,
            "superseded_by": None,
        }
        | facts
    )


@pytest.mark.parametrize(
    ("facts", "on", "expected"),
    [
        ({}, DAY - timedelta(days=1), ("coming", DAY, "adoption", None)),
        ({}, DAY, ("in_force", DAY, "adoption", None)),
        ({"repealed_on": LATER, "repealed_by": "x"}, LATER - timedelta(days=1),
         ("in_force", DAY, "adoption", None)),
        ({"repealed_on": LATER, "repealed_by": "x"}, LATER, ("repealed", LATER, "x", None)),
        ({"superseded_on": LATER, "superseded_by": "y"}, LATER, ("superseded", LATER, None, "y")),
        ({"superseded_on": DAY, "superseded_by": "y", "repealed_on": LATER, "repealed_by": "x"},
         LATER, ("superseded", DAY, None, "y")),
    ],
)  # fmt: skip
def test_a_charter_is_worth_what_its_days_say(facts, on, expected):
    found = worth(charter(**facts), on)
    assert (found.standing, found.since, found.act, found.successor) == expected


REPEAL = acts.Cited("40", date(2027, 3, 1), kind={"en": "Order"})


@pytest.mark.django_db
def test_a_repeal_is_recorded_with_its_act(first, publisher):
    acts.repeal(first.charter_id, by=publisher, act=REPEAL, on=REPEAL.date, at=AT)
    first.charter.refresh_from_db()
    assert worth(first.charter, REPEAL.date).act.number == "40"
    assert Entry.objects.get(act="charter.repealed").after["act"] == "40"


@pytest.mark.django_db
def test_a_charter_is_repealed_once(first, publisher):
    acts.repeal(first.charter_id, by=publisher, act=REPEAL, on=REPEAL.date, at=AT)
    with pytest.raises(Refused, match=r"charter.already_repealed"):
        acts.repeal(first.charter_id, by=publisher, act=REPEAL, on=REPEAL.date, at=AT)


@pytest.mark.django_db
def test_a_charter_does_not_end_before_it_began(first, publisher):
    with pytest.raises(Refused, match=r"charter.ended_before_begun"):
        acts.repeal(first.charter_id, by=publisher, act=REPEAL, on=DAY, at=AT)


@pytest.mark.django_db
def test_only_a_publisher_ends_a_charter(first, preparer):
    with pytest.raises(Refused, match=r"charter.not_publisher"):
        acts.repeal(first.charter_id, by=preparer, act=REPEAL, on=REPEAL.date, at=AT)


@pytest.mark.django_db
def test_a_charter_is_superseded_by_another_not_by_itself(first, begin, publish, publisher):
    other = publish(begin(slug="other")).charter
    day = date(2027, 1, 1)
    acts.supersede(first.charter_id, by=publisher, successor=other, on=day, at=AT)
    first.charter.refresh_from_db()
    assert worth(first.charter, day).successor == other
    with pytest.raises(Refused, match=r"charter.supersedes_itself"):
        acts.supersede(other.pk, by=publisher, successor=other, on=day, at=AT)
