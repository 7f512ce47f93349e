"""The meetings' pages: who comes in, what a press does, what a bad form saves."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kelisim.bodies.states import Role
from kelisim.meetings.models import Addressee, Decision, Item, Meeting, Minutes
from kelisim.meetings.states import Choice
from tests.bodies.people import found, hold, person
from tests.meetings import sittings as s

pytestmark = pytest.mark.django_db


@pytest.fixture
def of():
    return s.house()


def go(client, who):
    client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
    return client


def at(name, *args):
    return reverse(f"meetings:{name}", args=args)


def press(client, name, pk, act, **more):
    return client.post(at(name, pk), {"act": act, **more}, follow=True)


def test_a_council_meeting_is_held_from_its_pages(client, of):
    ministry = found("state-body", "Ministry")
    starts = timezone.localtime(timezone.now() + timedelta(days=60))
    go(client, of.clerk)
    planned = {
        "body": of.body.pk,
        "kind": "meeting",
        "title_kk": "Кеңес отырысы",
        "starts_at": starts.strftime("%Y-%m-%dT%H:%M"),
    }
    answer = client.post(at("plan"), planned, follow=True)
    assert answer.status_code == 200
    meeting = Meeting.objects.get()
    client.post(at("put-item", meeting.pk), {"title_kk": "Бірінші мәселе", "draft_kk": "Жоба"})
    item = Item.objects.get()
    go(client, of.chair)
    press(client, "office", meeting.pk, "convene")
    go(client, of.secretary)
    press(client, "hall", meeting.pk, "all_present")
    go(client, of.chair)
    press(client, "hall", meeting.pk, "open")
    press(client, "hall", meeting.pk, "take_up", of=item.pk)
    press(client, "hall", meeting.pk, "ask_floor")
    speech = item.speeches.get()
    press(client, "hall", meeting.pk, "call", of=speech.pk)
    press(client, "hall", meeting.pk, "end_speech", of=speech.pk)
    client.post(at("question", meeting.pk, item.pk), {"question_kk": "?", "form": "electronic"})
    ballot = item.ballots.get()
    for who in of.everybody:
        go(client, who)
        seat = s.seated(of, who, meeting)
        press(client, "hall", meeting.pk, "voice", of=seat.pk, ballot=ballot.pk, choice=Choice.FOR)
    go(client, of.chair)
    press(client, "hall", meeting.pk, "close_ballot", of=ballot.pk)
    adopted = {
        "title_kk": "Келісім туралы",
        "must_consider": "on",
        "points-TOTAL_FORMS": "2",
        "points-INITIAL_FORMS": "1",
        "points-0-text_kk": "Қаралсын",
        "points-0-addressees": [ministry.pk],
    }
    client.post(at("decide", meeting.pk, ballot.pk), adopted)
    assert Decision.objects.get().points.count() == 1
    press(client, "hall", meeting.pk, "close")
    go(client, of.secretary)
    client.post(
        at("minutes", meeting.pk), {"act": "write", f"heard_{item.pk}_kk": "Баяндама тыңдалды"}
    )
    digest = Minutes.objects.get().digest
    client.post(at("minutes", meeting.pk), {"act": "sign_secretary", "read": digest})
    go(client, of.chair)
    client.post(at("minutes", meeting.pk), {"act": "sign_chair", "read": digest})
    client.post(at("minutes", meeting.pk), {"act": "publish"})
    client.logout()
    page = client.get(at("meeting", meeting.pk)).text
    assert "Баяндама тыңдалды" in page
    said = client.get(at("answers")).text
    assert "Ministry (kk)" in said
    clerk = person("Ministry Clerk")
    hold(clerk, ministry, Role.LEADER)
    row = Addressee.objects.get()
    go(client, clerk)
    refused = client.post(at("answer", row.pk), {"state": "declined", "language": "kk"})
    row.refresh_from_db()
    assert (refused.status_code, row.state) == (200, "waiting")
    given = {"state": "declined", "language": "kk", "reasons": "Ақша жоқ"}
    client.post(at("answer", row.pk), given)
    assert "Ақша жоқ" in client.get(at("decision", Decision.objects.get().pk)).text


def test_a_planned_meeting_is_nobodys_business_yet(client, of):
    meeting = s.planned(of)
    assert client.get(at("meeting", meeting.pk)).status_code == 404
    go(client, person("Stranger"))
    assert client.get(at("office", meeting.pk)).status_code == 403
    go(client, of.members[0])
    assert client.get(at("office", meeting.pk)).status_code == 200


def test_votes_and_minutes_are_not_public_before_they_are_published(client, of):
    meeting = s.opened(of)
    s.decided(of, s.heard(meeting, of))
    page = client.get(at("meeting", meeting.pk)).text
    assert "On accord" not in page
    assert client.get(at("decision", Decision.objects.get().pk)).status_code == 404


@pytest.mark.parametrize("name", ["list", "decisions", "answers"])
def test_public_lists_ask_the_same_number_of_queries_at_any_size(
    client, django_assert_num_queries, of, name
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    ministry = found("state-body", "Ministry")
    s.published(of, ministry)
    client.get(at(name))
    with CaptureQueriesContext(connection) as few:
        client.get(at(name))
    for n in range(4):
        s.published(s.house(3, f"Council {n}"), found("state-body", f"M{n}"))
    with CaptureQueriesContext(connection) as many:
        assert client.get(at(name)).status_code == 200
    assert len(few) == len(many)


@pytest.mark.parametrize("name", ["office", "hall", "minutes"])
def test_desk_pages_ask_the_same_number_of_queries_at_any_size(client, of, name):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def asked(house):
        meeting = s.published(house)
        go(client, house.chair)
        client.get(at(name, meeting.pk))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(at(name, meeting.pk)).status_code == 200
        return len(queries)

    assert asked(of) == asked(s.house(40, "Great Council"))


def test_a_body_has_a_calendar_and_a_person_a_secret_one(client, of):
    meeting = s.convened(of)
    assert client.get(at("feed", of.body.slug)).status_code == 200
    go(client, of.chair)
    client.post(at("subscribe"))
    key = of.chair.meeting_feed.key
    client.logout()
    answer = client.get(at("own-feed", key))
    assert answer.status_code == 200
    assert f"meeting-{meeting.pk}@" in answer.text or answer.text == ""
    assert client.get(at("own-feed", "x" * 20)).status_code == 404


def test_my_year_shows_where_i_was_and_how_i_voted(client, of):
    s.published(of)
    go(client, of.chair)
    page = client.get(at("year", 2026)).text
    assert "1 / 1" in page or "1" in page
    assert "Adopt?" in page
    mandate = of.chair.mandates.get()
    client.post(at("year", 2026), {"of": mandate.pk, "undertook": "Көмек", "text": "Жасадым"})
    assert "Жасадым" in client.get(at("year", 2026)).text
    assert client.post(at("year", 2026), {"of": "999"}).status_code == 404


def test_rules_of_procedure_are_set_and_bad_ones_refused(client, of):
    go(client, of.chair)
    page = at("regulate", of.body.slug)
    assert client.get(page).status_code == 200
    rules = {
        "since": "2026-01-01", "notice_days": "3", "papers_days": "1", "quorum": "1/2",
        "majority": "present", "weighty_majority": "two_thirds_present", "tie": "lost",
        "form": "hands", "convene": ["chair"], "move": ["member"], "vote": ["member", "chair"],
        "speech_seconds": "120", "answer_days": "10", "least_a_year": "1",
    }  # fmt: skip
    refused = client.post(page, {**rules, "quorum": "3/2"})
    assert refused.status_code == 200
    assert not of.body.procedures.exists()
    assert client.post(page, rules).status_code == 302
    assert of.body.procedures.get().rules["quorum"] == "1/2"
