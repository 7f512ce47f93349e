"""Voting by one's own link, and the board of the hall."""

import re
from datetime import date

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from kelisim.bodies.actions import mandates
from kelisim.bodies.states import Role
from kelisim.meetings.actions import floor, sitting, voting
from kelisim.meetings.models import Attendance, Ballot, Voice
from kelisim.meetings.views import board as board_view
from tests.meetings import sittings as s
from tests.meetings.sittings import STARTS

pytestmark = pytest.mark.django_db


def fresh():
    """As a second later: what was kept for a second is forgotten."""
    caches["rendered"].clear()


def link(of, who, meeting):
    return reverse("meetings:vote", args=[s.seated(of, who, meeting).key])


def test_one_press_by_the_own_link_is_one_voice_however_often_it_is_sent(client):
    of = s.house()
    meeting = s.opened(of)
    ballot = s.asked(of, s.heard(meeting, of))
    address = link(of, of.members[0], meeting)
    assert ballot.question["kk"] in client.get(address).text
    for _ in range(3):
        answer = client.post(address, {"ballot": ballot.pk, "choice": "for"})
        assert answer.status_code == 302
    assert Voice.objects.get().choice == "for"
    client.post(address, {"ballot": ballot.pk, "choice": "against"})
    assert Voice.objects.get().choice == "against"
    voting.close_ballot(ballot.pk, by=of.chair, at=STARTS)
    late = client.post(address, {"ballot": ballot.pk, "choice": "for"})
    assert late.status_code == 422
    assert Voice.objects.get().choice == "against"
    assert 'class="choices"' not in client.get(address).text


def test_a_link_votes_for_its_own_seat_at_its_own_meeting_alone(client):
    of, other = s.house(), s.house(3, "Other")
    meeting, elsewhere = s.opened(of), s.opened(other)
    ballot = s.asked(other, s.heard(elsewhere, other))
    answer = client.post(link(of, of.members[0], meeting), {"ballot": ballot.pk, "choice": "for"})
    assert answer.status_code == 404
    assert client.get(reverse("meetings:vote", args=["x" * 32])).status_code == 404
    assert not Voice.objects.exists()


@pytest.mark.parametrize(
    "sent", [{}, {"ballot": "x"}, {"ballot": "٣"}, {"ballot": "9" * 30}, {"choice": "perhaps"}]
)
def test_a_bad_press_breaks_nothing(client, sent):
    of = s.house()
    meeting = s.opened(of)
    ballot = s.asked(of, s.heard(meeting, of))
    if "choice" in sent:
        sent = {**sent, "ballot": ballot.pk}
    answer = client.post(link(of, of.members[0], meeting), sent)
    assert answer.status_code in {404, 422}
    assert not Voice.objects.exists()


def test_whoever_is_not_there_reads_why_they_cannot_vote(client):
    of = s.house()
    meeting = s.opened(of, of.chair, of.secretary, *of.members[:4])
    ballot = s.asked(of, s.heard(meeting, of))
    address = link(of, of.members[4], meeting)
    assert 'class="choices"' not in client.get(address).text
    assert client.post(address, {"ballot": ballot.pk, "choice": "for"}).status_code == 422


def test_a_signed_in_member_votes_without_the_link_and_a_stranger_does_not(client):
    of = s.house()
    meeting = s.opened(of)
    ballot = s.asked(of, s.heard(meeting, of))
    address = reverse("meetings:vote-signed", args=[meeting.pk])
    client.force_login(of.members[0], "django.contrib.auth.backends.ModelBackend")
    assert client.post(address, {"ballot": ballot.pk, "choice": "for"}).status_code == 302
    assert Voice.objects.get().mandate.person == of.members[0]
    stranger = Client()
    stranger.force_login(of.clerk, "django.contrib.auth.backends.ModelBackend")
    assert stranger.get(address).status_code == 403


def test_the_voter_reads_their_own_voice_and_afterwards_the_sum(client):
    of = s.house()
    meeting = s.opened(of)
    address = link(of, of.members[0], meeting).replace("/kk/", "/en/")
    assert "No vote is open now" in client.get(address).text
    ballot = s.asked(of, s.heard(meeting, of))
    client.post(address, {"ballot": ballot.pk, "choice": "against"})
    given = timezone.localtime(Voice.objects.get().at)
    assert f"Your voice: against, counted at {given:%H:%M:%S}" in client.get(address).text
    voting.close_ballot(ballot.pk, by=of.chair, at=STARTS)
    page = client.get(address).text
    assert "for 0, against 1, abstained 0" in page
    assert "Your voice: against" in page


def test_whoever_stands_aside_reads_that_they_do_not_vote(client):
    of = s.house()
    meeting = s.opened(of)
    item = s.heard(meeting, of)
    mine = s.seated(of, of.members[0], meeting)
    floor.recuse(item.pk, attendance=mine, because="kin", by=of.members[0], at=STARTS)
    ballot = s.asked(of, item)
    address = link(of, of.members[0], meeting).replace("/kk/", "/en/")
    page = client.get(address).text
    assert "stand aside" in page
    assert 'class="choices"' not in page
    assert client.post(address, {"ballot": ballot.pk, "choice": "for"}).status_code == 422


def test_a_voice_may_not_be_changed_where_the_rules_forbid_it(client):
    of = s.house()
    meeting = s.opened(of)
    ballot = s.asked(of, s.heard(meeting, of))
    Ballot.objects.update(may_change=False)
    address = link(of, of.members[0], meeting)
    client.post(address, {"ballot": ballot.pk, "choice": "for"})
    assert 'class="choices"' not in client.get(address).text
    assert client.post(address, {"ballot": ballot.pk, "choice": "for"}).status_code == 302
    assert client.post(address, {"ballot": ballot.pk, "choice": "against"}).status_code == 422
    assert Voice.objects.get().choice == "for"


def test_the_secret_address_is_kept_nowhere_and_told_to_nobody(client):
    of = s.house()
    page = client.get(link(of, of.members[0], s.opened(of)))
    assert "no-store" in page["Cache-Control"]
    assert page["Referrer-Policy"] == "strict-origin"
    assert 'name="robots" content="noindex"' in page.text
    assert 'rel="canonical"' not in page.text


def test_three_answers_have_equal_weight(client):
    of = s.house()
    meeting = s.opened(of)
    s.asked(of, s.heard(meeting, of))
    page = client.get(link(of, of.members[0], meeting)).text
    buttons = re.findall(r"<button([^>]*)>", page[page.index('class="choices"') :])[:3]
    assert len({re.sub(r'value="\w+"', "", each) for each in buttons}) == 1


def test_the_board_says_how_many_voted_and_not_how(client):
    of = s.house()
    meeting = s.opened(of)
    address = reverse("meetings:board", args=[meeting.pk]).replace("/kk/", "/en/")
    ballot = s.asked(of, s.heard(meeting, of))
    for who in of.members[:3]:
        s.say(of, ballot, who, "against")
    fresh()
    board = client.get(address, {"part": "state"}).text
    assert "3 of 7 have voted" in board
    assert ballot.question["en"] in board
    for told in ("against", "Who voted how", of.members[0].name):
        assert told not in board
    voting.close_ballot(ballot.pk, by=of.chair, at=STARTS)
    fresh()
    board = client.get(address, {"part": "state"}).text
    assert "for 0, against 3, abstained 0" in board
    assert of.members[0].name in board


def test_the_board_shows_until_when_somebody_speaks_and_who_waits(client):
    of = s.house()
    meeting = s.opened(of)
    item = s.heard(meeting, of)
    speeches = [
        floor.ask_floor(item.pk, attendance=s.seated(of, who, meeting), by=who, at=STARTS)
        for who in of.members[:2]
    ]
    floor.call_speaker(speeches[0].pk, by=of.chair, at=timezone.now())
    fresh()
    address = reverse("meetings:board", args=[meeting.pk]).replace("/kk/", "/en/")
    board = client.get(address).text
    assert re.search(r"until \d\d:\d\d:\d\d", board)
    assert re.search(r">[45]:\d\d<", board)
    assert of.members[0].name in board
    assert of.members[1].name in board[board.index("<ol>") :]


def test_the_board_of_a_meeting_that_does_not_sit_leads_to_its_page(client):
    of = s.house()
    address = reverse("meetings:board", args=[s.convened(of).pk])
    fresh()
    assert client.get(address).status_code == 302
    part = client.get(address, {"part": "state"})
    assert (part.headers["HX-Refresh"], part.text) == ("true", "")


def test_a_board_that_shows_the_newest_is_not_sent_it_again(client):
    of = s.house()
    meeting = s.opened(of)
    address = reverse("meetings:board", args=[meeting.pk])
    fresh()
    seen = re.search(r"seen=(\w+)", client.get(address).text)[1]
    same = client.get(address, {"part": "state", "seen": seen})
    assert (same.status_code, same.content) == (204, b"")
    s.heard(meeting, of)
    fresh()
    assert client.get(address, {"part": "state", "seen": seen}).status_code == 200


def test_many_who_watch_cost_one_drawing(client, monkeypatch):
    of = s.house()
    meeting = s.opened(of)
    s.asked(of, s.heard(meeting, of))
    board = reverse("meetings:board", args=[meeting.pk]) + "?part=state"
    pulse = reverse("meetings:pulse", args=[meeting.pk, "none"])
    fresh()
    with CaptureQueriesContext(connection) as alone:
        client.get(board)
        client.get(pulse)
    # However slow this machine is: what is kept lasts as long as the test.
    monkeypatch.setattr(board_view, "SECONDS", 600)
    fresh()
    with CaptureQueriesContext(connection) as together:
        for _ in range(50):
            client.get(board)
            client.get(pulse)
    assert len(together) == len(alone) <= 12


def test_the_pulse_moves_when_a_vote_is_opened_closed_or_annulled_and_only_then(client):
    of = s.house()
    meeting = s.opened(of)
    item = s.heard(meeting, of)

    def moved():
        fresh()
        page = client.get(link(of, of.members[0], meeting)).text
        seen.append(re.search(r"/pulse/([\w-]+)/", page)[1])
        fresh()
        return [
            client.get(reverse("meetings:pulse", args=[meeting.pk, each])).headers.get("HX-Trigger")
            for each in seen
        ]

    seen = []
    assert moved() == [None]
    ballot = s.asked(of, item)
    assert moved() == ["moved", None]
    s.say(of, ballot, of.members[0], "for")
    assert moved() == ["moved", None, None]
    voting.close_ballot(ballot.pk, by=of.chair, at=STARTS)
    assert moved() == ["moved", "moved", "moved", None]
    voting.annul(ballot.pk, because="a fault", by=of.chair, at=STARTS)
    assert moved() == [None, "moved", "moved", "moved", None]


def great(size):
    """A council of so many who have no account; the link of one of them, the board, the ballot."""
    of = s.house(1, f"Council of {size}")
    seat = of.body.seats.get(role=Role.MEMBER)
    for number in range(size):
        mandates.appoint(seat.pk, holder=f"Мүше {number}", since=date(2026, 1, 1), by=None, at=s.AT)
    meeting = s.convened(of)
    Attendance.objects.filter(meeting=meeting).update(presence="present", came_at=STARTS)
    sitting.open_(meeting.pk, by=of.chair, at=STARTS)
    return of, meeting, s.asked(of, s.heard(meeting, of))


@pytest.mark.parametrize("closed", [False, True])
def test_a_press_a_page_and_the_board_cost_the_same_among_3_and_among_400(client, closed):
    def asked(size):
        of, meeting, ballot = great(size)
        address = link(of, of.members[0], meeting)
        client.post(address, {"ballot": ballot.pk, "choice": "for"})
        if closed:
            for row in Attendance.objects.filter(meeting=meeting)[:size]:
                voting.cast(ballot.pk, attendance=row, choice="for", by=None, at=STARTS)
            voting.close_ballot(ballot.pk, by=of.chair, at=STARTS)
        fresh()
        counts = []
        for ask in (
            lambda: client.post(address, {"ballot": ballot.pk, "choice": "against"}),
            lambda: client.get(address),
            lambda: client.get(reverse("meetings:board", args=[meeting.pk])),
        ):
            with CaptureQueriesContext(connection) as queries:
                ask()
            counts.append(len(queries))
        return counts

    small = asked(3)
    assert small == asked(400)
    assert max(small) <= 12


def test_a_meeting_that_never_was_has_no_board_and_an_even_pulse(client):
    never = 10**30
    fresh()
    assert client.get(reverse("meetings:board", args=[never])).status_code == 302
    pulse = client.get(reverse("meetings:pulse", args=[never, "none"]))
    assert (pulse.status_code, pulse.headers.get("HX-Trigger")) == (204, None)
