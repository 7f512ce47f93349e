"""The calendar of terms: a month in public, a body's terms in a calendar program."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from kelisim.commitments.models import Stage
from tests.commitments.world import approved, done, row, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def ground(monkeypatch):
    from datetime import UTC, datetime

    now = datetime(2026, 9, 21, 6, tzinfo=UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)
    return world()


def test_a_month_shows_its_terms_and_no_others(client, ground):
    approved(ground, row("1"), row("2", term="IV квартал 2026 года"))
    october = client.get("/en/terms/?month=2026-10")
    assert [len(stages) for _day, stages, _works in october.context["days"]] == [1]
    december = client.get("/en/terms/?month=2026-12&body=ministry-of-books")
    assert [len(stages) for _day, stages, _works in december.context["days"]] == [1]
    assert not client.get("/en/terms/?month=2026-12&body=ministry-of-roads").context["days"]
    for text in ("soon", "2026-13", "0000-01", "2026-1", "99999-01"):
        assert client.get(f"/en/terms/?month={text}").context["month"].month == 9


def test_a_body_subscribes_to_what_it_still_has_to_do(client, ground):
    first, _second = approved(ground, row("1"), row("2"))
    done(ground, first)
    answer = client.get("/en/terms/ministry-of-books.ics")
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    assert [str(event["summary"]) for event in events] == ["№ 2. Open reading room 2"]
    assert events[0]["dtstart"].dt.isoformat() == "2026-10-01"
    assert client.get("/en/terms/nobody.ics").status_code == 404


def queries(client):
    with CaptureQueriesContext(connection) as captured:
        assert client.get("/en/terms/?month=2026-10").status_code == 200
    return len(captured)


def test_twenty_terms_cost_as_many_queries_as_one(client, ground):
    approved(ground, row("1"))
    few = queries(client)
    approved(ground, *(row(str(n)) for n in range(1, 20)))
    assert Stage.objects.count() == 20
    assert queries(client) == few
