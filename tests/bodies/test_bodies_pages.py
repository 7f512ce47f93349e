"""Bodies and posts on the desk: founded, filled, rested, handed on, consented to."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from kelisim.bodies.actions import mandates
from kelisim.bodies.models import Appointment, Body, Deputising, Mandate, Seat
from kelisim.bodies.queries import posts
from kelisim.bodies.queries.powers import powers_at
from kelisim.bodies.states import Role
from kelisim.ledger.models import Entry
from kelisim.people.models import Person
from kelisim.territory.commands import load as load_territory
from tests.bodies.people import AT, council, found, head, hold, officer, person, secretariat
from tests.bodies.records import enter

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def chief(db):
    load_territory()
    council()
    return head()


def go(client, who):
    client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
    return client


def at(name, *args):
    with translation.override("en"):
        return reverse(f"bodies:{name}", args=args)


def seat(body, role=Role.MEMBER, **terms) -> Seat:
    return mandates.establish(body.pk, role=role, by=None, at=AT, **terms)


def test_a_body_is_founded_renamed_moved_described_and_dissolved(client, chief):
    go(client, chief)
    top = council()
    refused = client.post(at("found"), {"kind": "club", "parent": top.pk})
    assert refused.status_code == 422
    assert set(refused.context["form"].errors) == {"name_kk"}
    sent = {
        "kind": "club",
        "parent": top.pk,
        "name_kk": "Клуб",
        "name_en": "Club",
        "on": "2026-01-05",
    }
    assert client.post(at("found"), sent).status_code == 302
    club = Body.objects.get(kind="club")
    assert (club.parent, club.path) == (top, f"/{top.pk}/{club.pk}/")
    client.post(at("rename", club.slug), {"name_kk": "Баспасөз клубы", "on": "2026-02-01"})
    client.post(at("describe", club.slug), {"tasks_kk": "Журналистер клубы", "office_phone": "7"})
    club.refresh_from_db()
    assert (club.name, club.office_phone) == ({"kk": "Баспасөз клубы"}, "7")
    assert club.former_names.get().name == {"kk": "Клуб", "en": "Club"}
    under = found("regional-assembly", "North", parent=top)
    client.post(at("move", club.slug), {"parent": under.pk})
    club.refresh_from_db()
    assert club.parent == under
    seat(club)
    client.post(at("dissolve", club.slug), {"on": "2026-03-01", "number": "7"})
    club.refresh_from_db()
    assert club.dissolved_on == date(2026, 3, 1)


def test_a_kind_that_may_not_stand_there_is_refused_beside_its_field(client, chief):
    sent = {"kind": "sector", "parent": council().pk, "name_kk": "Сектор"}
    refused = go(client, chief).post(at("found"), sent)
    assert set(refused.context["form"].errors) == {"parent"}


def test_a_seat_is_made_filled_by_name_and_by_account_and_closed(client, chief):
    go(client, chief)
    top = council()
    sent = {"role": "deputy", "post_kk": "Төраға орынбасары", "places_": "2", "votes": "on"}
    client.post(at("establish", top.slug), sent)
    made = Seat.objects.get(role="deputy")
    client.post(at("appoint", made.pk), {"name": "Аты Жөні Үлгі", "since": "2026-02-01"})
    member = person("Member")
    client.post(at("appoint", made.pk), {"email": member.email.upper(), "since": "2026-02-01"})
    assert {m.called for m in Mandate.objects.filter(seat=made)} == {"Аты Жөні Үлгі", "Member"}
    refused = client.post(at("appoint", made.pk), {"name": "Үшінші", "since": "2026-02-01"})
    assert refused.status_code == 422
    page = client.get(at("office-body", top.slug)).text
    assert "Аты Жөні Үлгі" in page
    client.post(at("close-seat", made.pk), {"on": "2027-01-01"})
    made.refresh_from_db()
    assert made.closed_on == date(2027, 1, 1)


def test_nobody_and_an_unknown_account_are_refused_and_only_an_administrator_invites(client, chief):
    go(client, chief)
    made = seat(council())
    assert (
        client.post(at("appoint", made.pk), {"since": "2026-02-01"}).context["form"].errors["email"]
    )
    unknown = {"email": "new@demo.example", "name": "Жаңа", "since": "2026-02-01", "invite": "on"}
    refused = client.post(at("appoint", made.pk), unknown)
    assert refused.context["form"].errors["email"]
    assert not Person.objects.filter(email="new@demo.example").exists()
    Person.objects.filter(pk=chief.pk).update(is_staff=True)
    assert client.post(at("appoint", made.pk), unknown | {"name": ""}).status_code == 422
    assert client.post(at("appoint", made.pk), unknown).status_code == 302
    assert Mandate.objects.get(seat=made).person.email == "new@demo.example"
    assert mail.outbox == []  # the letter waits in the queue


def test_an_invitation_goes_only_with_the_seat(client, chief):
    Person.objects.filter(pk=chief.pk).update(is_staff=True)
    made = seat(council(), places=1)
    hold(person("First"), council(), Role.MEMBER)
    sent = {"email": "new@demo.example", "name": "Жаңа", "since": "2026-02-01", "invite": "on"}
    assert go(client, chief).post(at("appoint", made.pk), sent).status_code == 422
    assert not Person.objects.filter(email="new@demo.example").exists()


def test_a_representative_of_an_organisation_is_found_by_its_name(client, chief):
    go(client, chief)
    clerk = officer()
    one = enter(clerk, name={"ru": "Центр «Ариран»"})
    enter(clerk, name={"ru": "Центр «Вайнах»"})
    made = seat(council())
    sent = {"name": "Өкіл", "since": "2026-02-01"}
    refused = client.post(at("appoint", made.pk), sent | {"represents": "центр"})
    assert "(" in refused.context["form"].errors["represents"][0]
    refused = client.post(at("appoint", made.pk), sent | {"represents": "марсиане"})
    assert refused.status_code == 422
    client.post(at("appoint", made.pk), sent | {"represents": "ариран"})
    assert Mandate.objects.get(seat=made).represents_id == one.pk


def test_a_mandate_rests_is_taken_up_deputised_and_ended(client, chief):
    go(client, chief)
    first = hold(person("First"), council(), Role.MEMBER)
    second = hold(person("Second"), council(), Role.MEMBER)
    day = TODAY().isoformat()
    later = (TODAY() + timedelta(days=9)).isoformat()
    assert client.post(at("suspend", first.pk), {"since": day, "because": ""}).status_code == 422
    client.post(at("suspend", first.pk), {"since": day, "because": "Іссапар"})
    assert first.suspensions.get().until is None
    client.post(at("resume", first.pk), {"on": later})
    assert first.suspensions.get().until
    sent = {"deputy": second.pk, "since": day, "until": later}
    client.post(at("deputise", first.pk), sent)
    assert Deputising.objects.get().deputy == second
    client.post(at("end", first.pk), {"on": later, "because": "Өз еркімен"})
    first.refresh_from_db()
    assert first.ended_because == "Өз еркімен"


@pytest.fixture
def north(chief):
    region = found("regional-assembly", "North", parent=council())
    office = secretariat(region)
    return seat(office, Role.HEAD, places=1, consent_of=council()), region


def asked(client, north, who):
    made, _region = north
    sent = {"name": "Басшы Үлгіұлы", "since": "2026-04-01", "grounds": "Тәжірибесі бар"}
    client.post(at("appoint", made.pk), sent)
    return Appointment.objects.latest("pk")


def test_a_head_is_appointed_when_the_other_body_consented(client, chief, north):
    made, region = north
    akim = person("Akim")
    hold(akim, region, Role.CHAIR)
    row = asked(go(client, akim), north, akim)
    assert row.state == "asked"
    where = at("appointment", row.pk)
    client.post(where, {"act": "complete", "since": "2026-04-01"})
    assert not Mandate.objects.filter(seat=made).exists()
    go(client, chief).post(where, {"act": "give"})
    go(client, akim).post(where, {"act": "complete", "since": "2026-04-02", "number": "5"})
    mandate = Mandate.objects.get(seat=made)
    assert (mandate.called, mandate.since) == ("Басшы Үлгіұлы", date(2026, 4, 2))
    row.refresh_from_db()
    assert row.state == "appointed"


def test_consent_is_refused_with_a_reason_that_those_who_asked_read(client, chief, north):
    _made, region = north
    akim = person("Akim")
    hold(akim, region, Role.CHAIR)
    row = asked(go(client, akim), north, akim)
    where = at("appointment", row.pk)
    assert client.post(where, {"act": "refuse", "because": "x"}).status_code == 422
    go(client, chief)
    assert client.post(where, {"act": "refuse", "because": " "}).status_code == 422
    client.post(where, {"act": "refuse", "because": "Білімі сай емес"})
    assert "Білімі сай емес" in go(client, akim).get(where).text
    assert asked(client, north, akim).pk != row.pk


def test_what_waits_is_told_vacant_ending_and_going_round(chief):
    on = date(2026, 12, 1)
    body = found("club", "Club", parent=council())
    two = seat(body, Role.MEMBER, places=2, term_months=12)
    mandates.appoint(two.pk, holder="Аяқталады", since=date(2026, 1, 5), by=None, at=AT)
    turning = seat(council(), Role.DEPUTY, rotates=True)
    club = found("house", "House")
    mandates.appoint(
        turning.pk, holder="Ауысады", represents=club, since=date(2026, 1, 5), by=None, at=AT
    )
    long = seat(council(), Role.MEMBER)
    mandates.appoint(long.pk, holder="Қалады", since=date(2026, 1, 5), by=None, at=AT)
    waits = posts.posts(powers_at(chief, AT), on)
    told = [(post.due, post.mandate.called if post.mandate else post.places) for post in waits]
    assert ("ends", "Аяқталады") in told
    assert ("rotates", "Ауысады") in told
    assert ("vacant", 1) in told
    assert "Қалады" not in str(told)
    assert not [p for p in posts.posts(powers_at(chief, AT), date(2026, 6, 1)) if p.mandate]


def test_who_comes_to_which_page(client, chief):
    club = found("club", "Club", parent=council())
    made = seat(club)
    mandate = mandates.appoint(made.pk, holder="Біреу", since=date(2026, 1, 5), by=None, at=AT)
    places = {
        "office-bodies": (), "found": (), "office-body": (club.slug,), "rename": (club.slug,),
        "move": (club.slug,), "describe": (club.slug,), "dissolve": (club.slug,),
        "establish": (club.slug,), "close-seat": (made.pk,), "appoint": (made.pk,),
        "end": (mandate.pk,), "suspend": (mandate.pk,), "resume": (mandate.pk,),
        "deputise": (mandate.pk,),
    }  # fmt: skip

    def met():
        return {name: client.get(at(name, *args)).status_code for name, args in places.items()}

    assert set(met().values()) == {302}
    go(client, person("Stranger"))
    assert {name for name, status in met().items() if status != 403} == {"office-bodies"}
    go(client, chief)
    assert set(met().values()) == {200}
    go(client, officer())
    assert {name for name, status in met().items() if status == 200} == {
        "office-bodies",
        "office-body",
        "describe",
    }


@pytest.mark.parametrize(
    "sent", [{}, {"act": "?"}, {"since": "x", "on": "\x00", "kind": "?", "places_": "-1"}]
)
def test_a_form_with_bad_input_breaks_nothing_and_saves_nothing(client, chief, north, sent):
    club = found("club", "Club", parent=council())
    made = seat(club)
    mandate = mandates.appoint(made.pk, holder="Біреу", since=date(2026, 1, 5), by=None, at=AT)
    go(client, chief)
    row = asked(client, north, chief)
    before = Entry.objects.count()
    for name, arg in [
        ("found", None), ("rename", club.slug), ("move", club.slug), ("dissolve", club.slug),
        ("establish", club.slug), ("close-seat", made.pk), ("appoint", made.pk),
        ("end", mandate.pk), ("suspend", mandate.pk), ("resume", mandate.pk),
        ("deputise", mandate.pk), ("appointment", row.pk),
    ]:  # fmt: skip
        if name == "move" and sent == {}:
            continue  # to the top is an answer too
        answer = client.post(at(name, *([arg] if arg else [])), sent)
        assert answer.status_code in {200, 302, 404, 422}, (name, answer.status_code)
    assert Entry.objects.count() == before


def test_the_pages_take_the_same_queries_for_three_bodies_and_for_sixty(client, chief):
    club = found("club", "Club", parent=council())

    def fill(many):
        for n in range(many):
            body = found("club", f"Club {many} {n}", parent=council())
            seat(body, places=2)
            made = seat(club)
            mandates.appoint(made.pk, holder=f"Біреу {n}", since=date(2026, 1, 5), by=None, at=AT)

    def count(place):
        client.get(place)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(place).status_code == 200
        return len(seen)

    go(client, chief)
    places = [at("office-bodies"), at("office-body", club.slug), at("found")]
    fill(3)
    few = [count(place) for place in places]
    fill(40)
    assert [count(place) for place in places] == few
