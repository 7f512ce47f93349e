"""Voting by one's own link, and the board of the hall."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kelisim.meetings.actions import voting
from kelisim.meetings.models import Voice
from kelisim.meetings.states import BallotForm
from tests.meetings import sittings as s
from tests.meetings.sittings import STARTS

pytestmark = pytest.mark.django_db


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


def test_the_board_says_how_many_voted_and_not_how(client):
    of = s.house()
    meeting = s.opened(of)
    address = reverse("meetings:board", args=[meeting.pk])
    ballot = s.asked(of, s.heard(meeting, of))
    for who in of.members[:3]:
        s.say(of, ballot, who, "against")
    board = client.get(address, {"part": "state"}).text
    assert "3" in board
    assert ballot.question["kk"] in board
    cache.clear()
    voting.close_ballot(ballot.pk, by=of.chair, at=STARTS)
    assert "arithmetic" not in board
    assert client.get(address).status_code == 200


def test_the_board_of_a_meeting_that_does_not_sit_leads_to_its_page(client):
    of = s.house()
    meeting = s.convened(of)
    assert client.get(reverse("meetings:board", args=[meeting.pk])).status_code == 302


def test_many_who_watch_cost_one_drawing(client):
    of = s.house()
    meeting = s.opened(of)
    address = reverse("meetings:board", args=[meeting.pk]) + "?part=state"
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        for _ in range(50):
            client.get(address)
    assert len(queries) == 0


def test_a_press_costs_the_same_queries_among_3_and_among_60(client):
    def asked(of):
        meeting = s.opened(of)
        ballot = s.asked(of, s.heard(meeting, of), BallotForm.ELECTRONIC)
        address = link(of, of.members[0], meeting)
        with CaptureQueriesContext(connection) as queries:
            client.post(address, {"ballot": ballot.pk, "choice": "for"})
            client.get(address)
        return len(queries)

    assert asked(s.house(3)) == asked(s.house(60, "Great"))
