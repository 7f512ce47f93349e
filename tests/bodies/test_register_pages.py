"""The register on the desk: who comes in, what a press does, what a bad form saves."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from kelisim.bodies.actions import accreditation, merging, proposals, record, verification
from kelisim.bodies.actions.founding import Act
from kelisim.bodies.models import (
    Accreditation,
    Association,
    Body,
    Fact,
    Likeness,
    Merging,
    Proposal,
    Yearly,
)
from kelisim.ledger.models import Entry
from kelisim.territory.commands import load as load_territory
from tests.bodies.people import AT, council, found, head, officer, person
from tests.bodies.records import FACTS, NORTH, ON, enter, known_of, number, representative

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    load_territory()
    council()
    return officer()


@pytest.fixture
def association(clerk):
    return enter(clerk)


def go(client, who):
    client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
    return client


def at(name, *args):
    with translation.override("en"):
        return reverse(f"bodies:{name}", args=args)


def typed(page):
    """What a browser sends when nothing is changed in the page's form."""
    form = page.context["form"]
    sent = {}
    for one in (form, form.offers, form.members):
        fields = one.forms if hasattr(one, "forms") else [one]
        for each in fields:
            for field in each:
                value = field.value()
                if value is None or value is False:
                    continue
                sent[field.html_name] = "on" if value is True else value
        if hasattr(one, "management_form"):
            for field in one.management_form:
                sent[field.html_name] = field.value()
    return {
        name: f"{value:%Y-%m-%d}" if isinstance(value, date) else value
        for name, value in sent.items()
    }


def test_an_association_proposes_and_the_secretariat_returns_and_accepts(
    client, association, clerk
):
    slug = association.body.slug
    who = representative(association)
    page = go(client, who).get(at("propose", slug))
    sent = typed(page) | {"source": "Хат № 7", "phone": "+7 700 111 11 11"}
    spare = len(FACTS.members)
    sent |= {f"members-{spare}-year": "2025", f"members-{spare}-count": "131"}
    answer = client.post(at("propose", slug), sent, follow=True)
    assert answer.redirect_chain[-1][0] == at("office-record", slug)
    proposal = Proposal.objects.get()
    assert set(proposal.changes) == {"contacts", "members"}
    go(client, clerk)
    page = client.get(at("proposal", proposal.pk)).text
    assert "+7 700 000 00 00" in page
    assert "+7 700 111 11 11" in page
    refused = client.post(at("proposal", proposal.pk), {"act": "return", "reason": " "})
    assert refused.status_code == 422
    assert "returned" not in Proposal.objects.values_list("state", flat=True)
    client.post(at("proposal", proposal.pk), {"act": "return", "reason": "Хатты тіркеңіз"})
    page = go(client, who).get(at("propose", slug)).text
    assert "Хатты тіркеңіз" in page
    client.post(at("propose", slug), sent)
    again = Proposal.objects.get(state="proposed")
    go(client, clerk).post(at("proposal", again.pk), {"act": "accept"})
    now = known_of(association)
    assert (now.phone, now.members) == ("+7 700 111 11 11", {2024: 120, 2025: 131})
    states = dict(Fact.objects.filter(association=association).values_list("field", "state"))
    assert (states["contacts"], states["members"], states["name"]) == (
        "verified",
        "verified",
        "declared",
    )


def test_the_form_unchanged_proposes_nothing(client, association):
    page = go(client, representative(association)).get(at("propose", association.body.slug))
    answer = client.post(at("propose", association.body.slug), typed(page) | {"source": "x"})
    assert answer.status_code == 422
    assert not Proposal.objects.exists()


def test_a_refused_form_keeps_what_was_typed_and_says_why_beside_each_field(client, association):
    slug = association.body.slug
    page = go(client, representative(association)).get(at("propose", slug))
    sent = typed(page) | {"bin": "123456789012", "phone": "typed by hand", "members-0-count": "x"}
    answer = client.post(at("propose", slug), sent | {"source": ""})
    assert answer.status_code == 422
    assert "typed by hand" in answer.text
    form = answer.context["form"]
    assert set(form.errors) == {"source"}
    assert form.members.errors[0]
    answer = client.post(at("propose", slug), typed(page) | {"bin": "123456789012", "source": "x"})
    assert set(answer.context["form"].errors) == {"bin"}
    assert not Proposal.objects.exists()


def test_a_course_is_added_in_the_spare_row_and_left_out_when_its_name_is_emptied(
    client, association, clerk
):
    slug = association.body.slug
    page = go(client, clerk).get(at("correct", slug))
    more = {"offers-1-name_kk": "Өлең үйірмесі", "offers-1-kind": "collective", "source": "x"}
    client.post(at("correct", slug), typed(page) | more)
    assert [offer.kind for offer in known_of(association).offers] == ["course", "collective"]
    page = client.get(at("correct", slug))
    less = {"offers-0-name_ru": "", "offers-0-language": "", "offers-0-seats": "", "source": "x"}
    answer = client.post(at("correct", slug), typed(page) | less)
    assert answer.status_code == 302, answer.context["form"].offers.errors
    assert [offer.kind for offer in known_of(association).offers] == ["collective"]


def test_the_office_enters_a_record_by_hand(client, clerk):
    go(client, clerk)
    page = client.get(at("enter"))
    sent = typed(page) | {"name_kk": "Жаңа бірлестік", "level": "local", "unit": "630000000"}
    assert client.post(at("enter"), sent | {"kind": "association"}).status_code == 422
    answer = client.post(at("enter"), sent | {"kind": "association", "source": "Жарғы"})
    assert answer.status_code == 302
    assert Association.objects.get().body.name == {"kk": "Жаңа бірлестік"}


def test_what_changed_meanwhile_is_told_and_must_be_marked(client, association, clerk):
    who = representative(association)
    facts = replace(known_of(association), phone="+7 700 111 11 11")
    proposal = proposals.propose(association.pk, facts=facts, source="x", by=who, at=AT)
    other = replace(known_of(association), phone="+7 700 222 22 22")
    record.correct(association.pk, facts=other, source="call", by=clerk, at=AT)
    page = go(client, clerk).get(at("proposal", proposal.pk))
    assert "+7 700 222 22 22" in page.text
    assert client.post(at("proposal", proposal.pk), {"act": "accept"}).status_code == 422
    stale = {"act": "accept", "looked": "on", "now": "another"}
    assert client.post(at("proposal", proposal.pk), stale).status_code == 422
    assert known_of(association).phone == "+7 700 222 22 22"
    looked = {"act": "accept", "looked": "on", "now": page.context["now"]}
    assert client.post(at("proposal", proposal.pk), looked).status_code == 302
    assert known_of(association).phone == "+7 700 111 11 11"


def test_marked_facts_are_verified_from_a_source(client, association, clerk):
    slug = association.body.slug
    go(client, clerk)
    refused = client.post(at("verify", slug), {"facts": ["name"], "source": ""})
    assert refused.status_code == 422
    assert "checked" in refused.text
    assert not Fact.objects.filter(state="verified").exists()
    client.post(at("verify", slug), {"facts": ["name", "bin"], "source": "Куәлік"})
    assert set(Fact.objects.filter(state="verified").values_list("field", flat=True)) == {
        "name",
        "bin",
    }


def test_doubles_are_compared_merged_and_parted_from_the_page(client, clerk):
    one = enter(clerk, name={"ru": "Корейский центр «Ариран»"})
    other = enter(clerk, name={"en": "Arirang Korean centre"}, phone="+7 700 999 99 99")
    go(client, head())
    client.post(at("look-again"))
    assert Likeness.objects.count() == 1
    assert "Arirang" in client.get(at("doubles")).text
    where = at("merge", one.body.slug, other.body.slug)
    assert client.post(where, {"act": "merge", "keep": one.body.slug}).status_code == 422
    assert client.post(where, {"act": "apart", "apart-because": ""}).status_code == 422
    assert not Merging.objects.exists()
    sent = {"act": "merge", "keep": one.body.slug, "take": ["contacts"], "because": "Бір ұйым"}
    assert client.post(where, sent).status_code == 302
    assert known_of(one).phone == "+7 700 999 99 99"
    page = client.get(at("office-record", one.body.slug)).text
    assert "Бір ұйым" in page
    client.post(at("unmerge", Merging.objects.get().pk))
    assert known_of(one).phone == FACTS.phone
    client.post(where, {"act": "apart", "apart-because": "Екеу"})
    assert Likeness.objects.get().apart_because == "Екеу"


def test_an_accreditation_is_entered_and_revoked_from_the_page(client, clerk, association):
    slug = association.body.slug
    go(client, head())
    assert (
        client.post(at("accredit", slug), {"since": "2026-03-01", "months": "36"}).status_code
        == 422
    )
    sent = {"since": "2026-03-01", "months": "36", "number": "12", "act_kk": "Шешім"}
    client.post(at("accredit", slug), sent)
    row = Accreditation.objects.get()
    assert row.until == date(2029, 3, 1)
    client.post(at("revoke", row.pk), {"on": "2026-06-01", "because": "Жарғы бұзылды"})
    row.refresh_from_db()
    assert row.revoked_because == "Жарғы бұзылды"


def test_a_report_with_a_file_is_handed_in_and_read_by_the_office_only(client, association, clerk):
    slug = association.body.slug
    year = timezone.localdate().year - 1
    go(client, representative(association))
    file = SimpleUploadedFile("есеп.pdf", b"%PDF-1.7 report")
    sent = {"kind": "report", "year": year, "language": "kk"}
    assert client.post(at("hand-in", slug), sent).status_code == 422
    client.post(at("hand-in", slug), sent | {"file": file})
    row = Yearly.objects.get()
    assert client.get(at("yearly-file", row.pk)).content == b"%PDF-1.7 report"
    assert go(client, clerk).get(at("yearly-file", row.pk)).status_code == 200
    assert go(client, person("Stranger")).get(at("yearly-file", row.pk)).status_code == 403


OFFICE = ["register", "due", "missing", "accreditations", "enter"]


def statuses(client, names):
    return {name: client.get(at(name)).status_code for name in names}


def test_who_comes_to_which_page(client, association, clerk):
    slug = association.body.slug
    assert set(statuses(client, OFFICE).values()) == {302}
    stranger = statuses(go(client, person("Stranger")), [*OFFICE, "doubles"])
    assert stranger.pop("register") == 200
    assert set(stranger.values()) == {403}
    assert set(statuses(go(client, clerk), OFFICE).values()) == {200}
    assert statuses(client, ["doubles"]) == {"doubles": 403}
    assert set(statuses(go(client, head()), [*OFFICE, "doubles"]).values()) == {200}
    go(client, representative(association))
    own = statuses(client, OFFICE)
    assert own.pop("register") == 200
    assert set(own.values()) == {403}
    one = {
        name: client.get(at(name, slug)).status_code
        for name in ["office-record", "propose", "correct", "accredit", "hand-in"]
    }
    assert one == {
        "office-record": 200,
        "propose": 200,
        "correct": 403,
        "accredit": 403,
        "hand-in": 200,
    }
    other = enter(clerk, name={"ru": "Чужое"})
    assert client.get(at("office-record", other.body.slug)).status_code == 403
    assert "Чужое" not in client.get(at("register")).text
    assert client.get(at("office-record", "nowhere")).status_code == 404


def test_the_list_finds_by_name_number_region_and_state(client, association, clerk):
    other = enter(clerk, name={"ru": "Северный хор"}, unit=NORTH, bin=number(5), justice=True)
    verification.verify(
        other.pk,
        facts=Fact.objects.filter(association=other).values_list("field", flat=True),
        source="x",
        by=clerk,
        at=AT,
    )
    go(client, clerk)

    def found(**asked):
        return {
            row.pk for row, _known, _region in client.get(at("register"), asked).context["rows"]
        }

    assert found() == {association.pk, other.pk}
    assert found(words="хора") == {other.pk}
    assert found(words=number(5)[:9]) == {other.pk}
    assert found(region=NORTH) == {other.pk}
    assert found(state="declared") == {association.pk}
    assert found(state="due") == ({other.pk} if timezone.localdate() >= date(2027, 3, 2) else set())
    assert found(level="republican") == set()
    assert found(region="nonsense", state="?") == {association.pk, other.pk}


def test_the_pages_take_the_same_queries_for_three_records_and_for_sixty(client, clerk):
    chief = head()

    def fill(start, many):
        there = record.known(ON)
        for n in range(start, start + many):
            facts = replace(FACTS, name={"ru": f"Объединение {n}"}, bin="", justice=False)
            made = record.enter(facts, source="x", by=clerk, at=AT, there=there)
            verification.verify(made.pk, facts=["name"], source="x", by=clerk, at=AT)
            accreditation.accredit(
                made.pk, decision=Act(number="1"), since=date(2020, 1, 1), by=chief, at=AT
            )
            phone = replace(facts, phone=str(n))
            who = representative(made, "One for all")
            proposals.propose(made.pk, facts=phone, source="x", by=who, at=AT)
            if n % 3:
                double = enter(clerk, name={"ru": f"Объединение {n} второе"})
                one, other = sorted((made.pk, double.pk))
                Likeness.objects.create(one_id=one, other_id=other, score=0.9, found_at=AT)
        verification.fall_due(on=date(2028, 1, 1), at=AT)

    def counts():
        first = Association.objects.order_by("pk").first()
        found = {}
        for who in (clerk, chief, person("One for all")):
            go(client, who)
            places = [at(name) for name in [*OFFICE, "doubles"]]
            places.append(at("office-record", first.body.slug))
            for place in places:
                client.get(place)
                with CaptureQueriesContext(connection) as seen:
                    client.get(place)
                found[who.name, place] = len(seen)
        return found

    fill(0, 3)
    few = counts()
    fill(3, 40)
    assert counts() == few


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"act": "nonsense"},
        {"act": "return", "looked": "\x00", "keep": "\x00", "since": "x", "months": "x"},
        {"offers-TOTAL_FORMS": "99999", "offers-INITIAL_FORMS": "x", "members-TOTAL_FORMS": "-1"},
    ],
)
def test_a_form_with_bad_input_breaks_nothing_and_saves_nothing(client, association, clerk, sent):
    chief = head()
    other = enter(clerk, name={"ru": "Другое"})
    who = representative(association)
    facts = replace(known_of(association), phone="1")
    proposal = proposals.propose(association.pk, facts=facts, source="x", by=who, at=AT)
    row = accreditation.accredit(
        association.pk, decision=Act(number="1"), since=date(2020, 1, 1), by=chief, at=AT
    )
    slug = association.body.slug
    places = [
        at("enter"), at("proposal", proposal.pk), at("merge", slug, other.body.slug),
        at("verify", slug), at("correct", slug), at("accredit", slug), at("hand-in", slug),
        at("revoke", row.pk),
    ]  # fmt: skip
    before = Entry.objects.count()
    for someone in (clerk, chief):
        go(client, someone)
        for place in places:
            assert client.post(place, sent).status_code < 500, place
    go(client, who)
    assert client.post(at("propose", other.body.slug), sent).status_code == 403
    assert client.post(at("propose", slug), sent).status_code < 500
    assert Entry.objects.count() == before


def test_a_merged_record_says_where_it_went(client, association, clerk):
    other = enter(clerk, name={"ru": "Другое"})
    merging.merge(association.pk, other.pk, because="x", by=head(), at=AT)
    page = go(client, clerk).get(at("office-record", other.body.slug)).text
    assert at("office-record", association.body.slug) in page
    assert at("correct", other.body.slug) not in page


def test_an_officer_sees_only_their_territory(client, association):
    north = found(
        "regional-assembly", "North", parent=council(), unit=record.known(ON).units[NORTH]
    )
    go(client, officer("Northern", of=north))
    assert client.get(at("office-record", association.body.slug)).status_code == 403
    assert list(client.get(at("register")).context["rows"]) == []
    assert Body.objects.filter(pk=association.pk).exists()
