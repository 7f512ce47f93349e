"""Provisions stand beside those of other instruments, and the remarks follow them."""

import pytest

from kelisim.charter.actions import correspondence
from kelisim.charter.actions.correspondence import Named
from kelisim.charter.models import Correspondence
from kelisim.ledger.models import Entry
from kelisim.refusals import Refused
from tests.charter.conftest import AT

pytestmark = pytest.mark.django_db
PACT = Named("sample-pact", {"en": "Sample pact on libraries", "ru": "Примерный пакт"})
POINT = "part_1__list_1__point_"


def add(version, by, eid=POINT + "3", place="art. 4", relation="implements"):
    return correspondence.add(
        version.pk,
        eid=eid,
        instrument=PACT,
        place=place,
        relation=relation,
        note={"en": "The same duty."},
        by=by,
        at=AT,
    )


def test_a_remark_is_recorded_with_its_place(first, publisher):
    made = add(first, publisher)
    assert (made.place, made.relation) == ("art. 4", "implements")
    entry = Entry.objects.get(act="charter.correspondence_added")
    assert entry.after["instrument"] == "sample-pact"


def test_a_remark_is_made_once(first, publisher):
    add(first, publisher)
    with pytest.raises(Refused, match=r"charter.corresponds_already"):
        add(first, publisher)


def test_only_a_publisher_adds_to_what_is_published(first, preparer):
    with pytest.raises(Refused, match=r"charter.not_publisher"):
        add(first, preparer)


def test_a_provision_that_is_not_there_is_named(first, publisher):
    with pytest.raises(Refused, match=r"charter.provision_unknown"):
        add(first, publisher, eid="part_9")


def test_remarks_follow_their_provisions_into_the_next_version(first, amend, publish, publisher):
    add(first, publisher)
    add(first, publisher, eid=POINT + "2", place="art. 5")
    second = publish(amend(first))
    found = Correspondence.objects.filter(provision__version=second)
    assert [(one.provision.eid, one.place) for one in found] == [(POINT + "2", "art. 4")]


def test_a_remark_that_is_taken_back_leaves_an_entry(first, publisher):
    made = add(first, publisher)
    correspondence.remove(first.pk, correspondence=made.pk, by=publisher, at=AT)
    assert not Correspondence.objects.exists()
    assert Entry.objects.filter(act="charter.correspondence_removed").exists()
    with pytest.raises(Refused, match=r"charter.correspondence_gone"):
        correspondence.remove(first.pk, correspondence=made.pk, by=publisher, at=AT)
