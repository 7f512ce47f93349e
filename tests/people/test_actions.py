"""Acts on people: done once, recorded, and nothing written when refused."""

from datetime import UTC, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.test import override_settings
from django.utils import timezone

from kelisim.ledger.models import Entry
from kelisim.people import actions, queries, tasks
from kelisim.people.models import Person, Session
from kelisim.people.states import PersonState
from kelisim.refusals import Refused
from tests.people.conftest import PASSWORD

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def refusal(call) -> str:
    entries = Entry.objects.count()
    with pytest.raises(Refused) as refused:
        call()
    assert Entry.objects.count() == entries
    return refused.value.refusals[0].code


def last() -> Entry:
    return Entry.objects.order_by("-number")[0]


def test_an_invitation_is_recorded_and_has_no_password():
    person = actions.invite(
        email="Aigul@Demo.example", name="Айгүл", is_staff=True, by=None, at=AT, because="№ 7"
    )
    assert person.email == "aigul@demo.example"
    assert not person.has_usable_password()
    assert (last().act, last().mandate_key) == ("people.invited", "people.operator")
    assert last().after == {"is_staff": True}
    assert "Айгүл" not in str(Entry.objects.values())


def test_an_address_is_invited_once_whatever_its_case(invite):
    invite("aigul")
    again = {"email": "AIGUL@demo.example", "name": "Басқа", "by": None, "at": AT}
    assert refusal(lambda: actions.invite(**again)) == "people.email_taken"


def test_a_refused_invitation_leaves_no_job(invite):
    from django_tasks_db.models import DBTaskResult

    somebody = invite()
    jobs = DBTaskResult.objects.count()
    given = {"email": "x@demo.example", "name": "X", "by": somebody, "at": AT}
    assert refusal(lambda: actions.invite(**given)) == "people.not_administrator"
    assert DBTaskResult.objects.count() == jobs


def test_administration_given_and_withdrawn_is_two_entries(invite):
    administrator, person = invite("admin", is_staff=True), invite()
    actions.entrust(person.pk, by=administrator, because="№ 8", at=AT)
    person.refresh_from_db()
    assert person.is_staff
    assert (last().before, last().after) == ({"is_staff": False}, {"is_staff": True})
    actions.withdraw(person.pk, by=administrator, because="№ 9", at=AT)
    person.refresh_from_db()
    assert not person.is_staff
    assert last().act == "people.right_withdrawn"


def test_a_suspended_person_is_out_at_once(invite, signed_in):
    administrator, person = invite("admin", is_staff=True), invite()
    client = signed_in(person)
    actions.suspend(person.pk, by=administrator, because="№ 10", at=AT)
    assert client.get("/kk/me/").status_code == 302
    given = {"login": person.email, "password": PASSWORD}
    assert client.post("/kk/account/login/", given).status_code in {200, 302}
    assert client.get("/kk/me/").status_code == 302
    actions.readmit(person.pk, by=administrator, because="№ 11", at=AT)
    assert signed_in(person).get("/kk/me/").status_code == 200


def test_erasure_removes_what_is_personal_and_the_chain_still_verifies(invite, signed_in):
    from kelisim.ledger.queries import verify

    administrator = invite("admin", is_staff=True)
    person = invite("leaves", is_staff=True, phone="+7 700 000 00 00")
    signed_in(person)
    Authenticator.objects.create(user=person, type="totp", data={"secret": "x"})
    actions.suspend(invite("other").pk, by=person, because="№ 1", at=AT)
    assert [entry.act for entry in queries.acts(person)] == ["people.suspended"]
    before = list(Entry.objects.values())

    actions.ask_erasure(person.pk, at=AT)
    actions.erase(person.pk, by=administrator, because="өтініш", at=AT)

    person.refresh_from_db()
    assert person.state == PersonState.ERASED
    assert person.email.endswith("@erased.invalid")
    assert (person.name, person.phone, bytes(person.ledger_key)) == ("", "", b"")
    assert not person.has_usable_password()
    assert not any(getattr(person, name) for name in ["is_active", "is_staff", "is_superuser"])
    for model in (Session, Authenticator, EmailAddress):
        assert not model.objects.filter(**{"person" if model is Session else "user": person})
    assert list(Entry.objects.values())[: len(before)] == before
    assert list(queries.acts(person)) == []
    assert verify().fault is None


def test_an_erased_person_cannot_be_given_anything_back(invite):
    person = invite()
    actions.ask_erasure(person.pk, at=AT)
    actions.erase(person.pk, by=None, at=AT)
    assert refusal(lambda: actions.readmit(person.pk, by=None, at=AT)) == "people.gone"
    assert refusal(lambda: actions.ask_erasure(person.pk, at=AT)) == "people.gone"
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.filter(pk=person.pk).update(name="Айгүл")


def test_whoever_asked_may_think_again(invite):
    person = invite()
    actions.ask_erasure(person.pk, at=AT)
    actions.stay(person.pk, at=AT)
    person.refresh_from_db()
    assert (person.state, person.erasure_asked_at) == ("active", None)
    assert refusal(lambda: actions.stay(person.pk, at=AT)) == "people.erasure_not_asked"


def test_the_last_administrator_names_another_before_leaving(invite):
    alone = invite("admin", is_staff=True)
    assert refusal(lambda: actions.ask_erasure(alone.pk, at=AT)) == "people.last_administrator"
    invite("second", is_staff=True)
    actions.ask_erasure(alone.pk, at=AT)


@override_settings(ERASURE_DAYS=30)
def test_the_term_erases_who_asked_long_ago_and_nobody_else(invite):
    now = timezone.now()
    long_ago, lately, here = invite("one"), invite("two"), invite("three")
    actions.ask_erasure(long_ago.pk, at=now - timedelta(days=31))
    actions.ask_erasure(lately.pk, at=now - timedelta(days=29))
    tasks.erase_due.call()
    tasks.erase_due.call()
    states = [Person.objects.get(pk=p.pk).state for p in (long_ago, lately, here)]
    assert states == ["erased", "leaving", "active"]
    assert (last().act, last().mandate_key) == ("people.erased", "people.term")


@override_settings(ERASURE_DAYS=0)
def test_an_erasure_that_is_refused_keeps_nobody_else_waiting(invite):
    first, second = invite("first", is_staff=True), invite("second", is_staff=True)
    waits = invite("waits")
    for person in (first, waits):
        actions.ask_erasure(person.pk, at=AT)
    actions.suspend(second.pk, by=None, at=AT)
    tasks.erase_due.call()
    states = [Person.objects.get(pk=p.pk).state for p in (first, waits)]
    assert states == ["leaving", "erased"]


def test_a_new_password_ends_every_session(invite, signed_in):
    person = invite()
    first, second = signed_in(person), signed_in(person)
    given = {"oldpassword": PASSWORD, "password1": "jana-soz-2026", "password2": "jana-soz-2026"}
    assert first.post("/kk/account/password/change/", given).status_code == 302
    assert first.get("/kk/me/").status_code == 200
    assert second.get("/kk/me/").status_code == 302
    assert Session.objects.filter(person=person).count() == 1
