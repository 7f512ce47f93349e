"""What programs read of meetings and decisions."""

import pytest

from kelisim.meetings.models import Decision
from tests.bodies.people import found
from tests.meetings import sittings as s

pytestmark = pytest.mark.django_db


def test_a_published_meeting_and_its_decision_are_open_data(client):
    of, ministry = s.house(), found("state-body", "Ministry")
    meeting = s.published(of, ministry)
    told = client.get(f"/api/v1/meetings/{meeting.pk}").json()
    first = told["items"][0]
    assert (first["votes"][0]["in_favour"], first["votes"][0]["carried"]) == (7, True)
    decision = client.get(f"/api/v1/decisions/{first['decision']}").json()
    (row,) = decision["points"][0]["addressees"]
    assert (row["body"], row["state"]) == (ministry.slug, "waiting")
    (listed,) = client.get("/api/v1/decisions").json()["items"]
    assert (listed["asked"], listed["waiting"]) == (1, 1)


def test_nothing_unpublished_is_told(client):
    of = s.house()
    planned = s.planned(of)
    assert client.get(f"/api/v1/meetings/{planned.pk}").status_code == 404
    meeting = s.opened(of)
    s.decided(of, s.heard(meeting, of))
    told = client.get(f"/api/v1/meetings/{meeting.pk}").json()
    assert all(item["votes"] == [] and item["decision"] is None for item in told["items"])
    assert client.get(f"/api/v1/decisions/{Decision.objects.get().pk}").status_code == 404
    assert client.get("/api/v1/decisions").json()["items"] == []
