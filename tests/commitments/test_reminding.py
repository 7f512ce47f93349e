"""Reminders and the ladder, by real plans: each once, to bodies and posts, up to the agenda."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from kelisim.commitments.actions import control, extending, reminding
from kelisim.commitments.models import Notice
from kelisim.commitments.states import Rung
from kelisim.ledger.models import Entry
from kelisim.meetings.actions import agenda, planning
from kelisim.meetings.models import Item
from kelisim.meetings.states import ItemState, MeetingKind
from tests.bodies.people import chair, found
from tests.commitments.world import AT, approved, handed_in, row, words, world

pytestmark = pytest.mark.django_db
TERM = date(2026, 10, 1)
AHEAD, OVERDUE = date(2026, 9, 17), date(2026, 10, 22)


def at(on: date) -> datetime:
    return datetime(on.year, on.month, on.day, 4, tzinfo=UTC)


def remind(on: date) -> int:
    return reminding.remind(on=on, at=at(on))


def rungs(**facts):
    return list(Notice.objects.filter(**facts).order_by("pk").values_list("rung", flat=True))


def every_morning(since: date, until: date) -> None:
    for day in range((until - since).days + 1):
        remind(since + timedelta(days=day))


def meeting(of, starts, body=None):
    return planning.plan(
        (body or of.council).pk,
        kind=MeetingKind.MEETING,
        title=words("Meeting"),
        starts_at=at(starts),
        place=words("Hall"),
        by=of.officer,
        at=AT,
    )


def test_a_term_reminds_its_executors_and_climbs_each_rung_once():
    of = world()
    approved(of, row("1", others=("ministry-of-roads",)))
    every_morning(date(2026, 9, 14), date(2026, 10, 30))
    told = list(Notice.objects.order_by("on", "pk").values_list("rung", "on", "body__slug"))
    both = ("ministry-of-books", "ministry-of-roads")
    assert told == [
        *((Rung.BEFORE, AHEAD, body) for body in both),
        *((Rung.BEFORE, date(2026, 9, 28), body) for body in both),
        *((Rung.BEFORE, date(2026, 9, 30), body) for body in both),
        *((Rung.DAY, TERM, body) for body in both),
        (Rung.HEAD, date(2026, 10, 2), "ministry-of-books"),
        (Rung.SECRETARIAT, date(2026, 10, 8), "assembly"),
        (Rung.COUNCIL, OVERDUE, "assembly"),
    ]


def test_a_free_day_reminds_nobody_and_the_next_working_day_makes_it_good():
    of = world()
    approved(of, row("1", term="до 4 октября 2026 года"))
    assert remind(date(2026, 10, 3)) == 0
    assert remind(date(2026, 10, 5)) == 1
    assert rungs() == [Rung.HEAD]


def test_an_overdue_commitment_comes_to_the_councils_agenda_naming_body_and_post():
    of = world()
    approved(of, row("7"))
    when = meeting(of, date(2026, 11, 20))
    remind(OVERDUE)
    remind(OVERDUE + timedelta(days=1))
    item = Item.objects.get(meeting=when)
    assert (item.state, item.mover) == (ItemState.PROPOSED, None)
    assert item.title["en"] == "Overdue commitments: Ministry of Books"
    assert "No. 7" in item.text["en"]
    assert "October 1, 2026" in item.text["en"]
    assert "leader, Ministry of Books" in item.text["en"]
    assert "1 октября 2026" in item.text["ru"]
    assert all("Minister" not in text for text in item.text.values())
    assert Notice.objects.get(rung=Rung.COUNCIL).item == item
    noted = Entry.objects.get(act="meetings.item_proposed")
    assert (noted.actor, noted.mandate_key) == ("", "meetings.rule")
    listed = agenda.list_item(item.pk, by=of.officer, at=at(OVERDUE))
    assert (listed.state, listed.position) == (ItemState.LISTED, 1)


def test_the_secretariat_finds_it_on_its_desk_and_puts_it_on_the_agenda(client):
    of = world()
    approved(of, row("7"))
    when = meeting(of, date(2026, 11, 20))
    remind(OVERDUE)
    client.force_login(of.officer, "django.contrib.auth.backends.ModelBackend")
    with override("en"):
        office, desk = reverse("meetings:office", args=[when.pk]), reverse("desk:waiting")
    assert "Overdue commitments: Ministry of Books" in client.get(desk).content.decode()
    page = client.get(office).content.decode()
    assert "Overdue commitments: Ministry of Books" in page
    assert "No. 7" in page


def test_several_overdue_commitments_of_one_body_are_one_item():
    of = world()
    approved(of, row("1"), row("2"), row("3", lead="ministry-of-roads"))
    when = meeting(of, date(2026, 11, 20))
    remind(OVERDUE)
    items = Item.objects.filter(meeting=when).order_by("pk")
    assert sorted(item.text["en"].count("No. ") for item in items) == [1, 2]


def test_the_ladder_waits_for_a_meeting_and_for_another_when_one_is_cancelled():
    of = world()
    approved(of)
    remind(OVERDUE)
    assert Notice.objects.get(rung=Rung.COUNCIL).item is None
    first = meeting(of, date(2026, 11, 20))
    remind(date(2026, 10, 23))
    assert Notice.objects.get(rung=Rung.COUNCIL).item.meeting == first
    planning.cancel(first.pk, because="No quorum", by=of.chair, at=at(date(2026, 10, 26)))
    second = meeting(of, date(2026, 12, 4))
    remind(date(2026, 10, 27))
    assert Notice.objects.get(rung=Rung.COUNCIL).item.meeting == second


def test_the_council_of_an_assembly_hears_of_it_when_it_meets_sooner():
    of = world()
    approved(of)
    council = found("council", "Council", parent=of.council)
    meeting(of, date(2026, 12, 20))
    sooner = meeting(of, date(2026, 11, 20), council)
    remind(OVERDUE)
    assert Notice.objects.get(rung=Rung.COUNCIL).item.meeting == sooner


def test_what_was_handed_in_is_left_alone_and_what_was_returned_is_not():
    of = world()
    (commitment,) = approved(of)
    report = handed_in(of, commitment, at=at(TERM))
    every_morning(date(2026, 10, 2), date(2026, 10, 23))
    assert rungs() == []
    control.send_back(report.pk, because="No form", by=of.officer, at=at(OVERDUE))
    remind(OVERDUE)
    assert rungs() == [Rung.HEAD, Rung.SECRETARIAT, Rung.COUNCIL]


def test_the_clock_of_a_suspended_commitment_stands_still():
    of = world()
    (commitment,) = approved(of)
    control.suspend(commitment.pk, because="The house is rebuilt", by=of.chair, at=at(AHEAD))
    every_morning(AHEAD, OVERDUE)
    assert rungs() == []


def test_an_extended_term_starts_anew():
    of = world()
    (commitment,) = approved(of)
    remind(AHEAD)
    asked = extending.ask_extension(
        commitment.stages.get().pk,
        until=date(2026, 11, 2),
        because="The tender is late",
        by=of.minister,
        at=at(AHEAD),
    )
    extending.extend(asked.pk, by=of.chair, at=at(AHEAD))
    assert remind(date(2026, 9, 30)) == 0
    remind(date(2026, 10, 20))
    assert list(Notice.objects.order_by("pk").values_list("rung", "days", "due_on")) == [
        (Rung.BEFORE, 10, TERM),
        (Rung.BEFORE, 10, date(2026, 11, 2)),
    ]


def test_a_regions_own_secretariat_hears_of_its_plan_and_without_one_the_council_above():
    of = world(regions=1)
    bare = found("regional-assembly", "Bare", slug="bare", parent=of.council)
    for region in (of.regions[0], bare):
        of.chair = chair(f"Chair of {region.slug}", of=region)
        approved(of, row("1"), body=region)
    remind(date(2026, 10, 8))
    slugs = Notice.objects.filter(rung=Rung.SECRETARIAT).values_list("body__slug", flat=True)
    assert set(slugs) == {"region-0", "assembly"}


def test_many_terms_are_reminded_by_as_many_queries_as_few():
    of = world()
    counts = []
    for number, rows in enumerate((2, 9)):
        approved(of, *(row(f"{number}{n}") for n in range(rows)))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert remind(AHEAD) == rows
        counts.append(len(queries))
    assert counts[0] == counts[1]
