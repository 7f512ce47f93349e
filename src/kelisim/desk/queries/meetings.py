"""Meetings, decisions and papers on the desk."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from kelisim.desk.queries.items import Item, begins
from kelisim.meetings.models import Attendance
from kelisim.meetings.queries.waiting import Waiting
from kelisim.meetings.states import MeetingState, Presence
from kelisim.pages.templatetags.kelisim import moment, plainly
from kelisim.papers.models import Consent


def waiting(there: Waiting, on: date) -> Iterator[Item]:
    """What of meetings needs my act."""
    for row in there.answers:
        yield Item(
            since=begins(row.due_on),
            on=row.due_on,
            matter=_("A point of a decision awaits our answer"),
            title=row.body.name,
            detail=f"№ {row.point.decision.number}, {plainly(row.point.text)}",
            of=plainly(row.point.decision.item.meeting.body.name),
            act=_("Answer"),
            address=reverse("meetings:answer", args=[row.pk]),
            state="overdue" if row.due_on < on else "planned",
        )
    yield from map(seat, there.seats)
    for item in there.proposed:
        yield Item(
            since=item.meeting.starts_at,
            matter=_("An item is proposed for the agenda"),
            title=item.title,
            detail=plainly(item.meeting.title),
            of=item.mover.called if item.mover else "",
            act=_("Decide"),
            address=reverse("meetings:office", args=[item.meeting_id]),
            state="underway",
        )
    for minutes in there.unsigned:
        yield Item(
            since=minutes.meeting.closed_at,
            matter=_("Minutes are to be signed"),
            title=minutes.meeting.title,
            detail="",
            of=plainly(minutes.meeting.body.name),
            act=_("Read and sign"),
            address=reverse("meetings:minutes", args=[minutes.meeting_id]),
            state="underway",
        )
    for meeting in there.unpublished:
        yield Item(
            since=meeting.closed_at,
            matter=_("Minutes and decisions are to be published"),
            title=meeting.title,
            detail="",
            of=plainly(meeting.body.name),
            act=_("Publish"),
            address=reverse("meetings:minutes", args=[meeting.pk]),
            state="underway",
        )


def seat(row: Attendance) -> Item:
    """A meeting to which I am invited: say whether I come, or take part."""
    sits = row.meeting.state != MeetingState.CONVENED
    undecided = row.presence == Presence.INVITED
    return Item(
        since=row.meeting.starts_at,
        matter=_("A meeting sits now") if sits else _("I am invited to a meeting"),
        title=row.meeting.title,
        detail=moment(row.meeting.starts_at),
        of=plainly(row.meeting.body.name),
        act=_("Take part") if sits else (_("Say whether I come") if undecided else _("Look")),
        address=reverse("meetings:hall" if sits else "meetings:office", args=[row.meeting_id]),
        state="underway" if sits or undecided else "planned",
    )


def papers(rows: Iterable[Consent]) -> Iterator[Item]:
    """Papers that go round and await my body's word."""
    for row in rows:
        yield Item(
            since=begins(row.round.due_on) or row.round.begun_at,
            on=row.round.due_on,
            matter=_("A paper awaits our agreement"),
            title={},
            detail=row.round.title,
            of=plainly(row.round.body.name),
            act=_("Answer"),
            address=reverse("papers:round", args=[row.round_id]),
            state="underway",
        )
