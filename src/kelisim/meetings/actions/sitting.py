"""A body sits: it opens with a quorum, hears items, adjourns, closes."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localtime

from kelisim.bodies.queries.powers import Powers, powers_at
from kelisim.ledger import chain
from kelisim.ledger.actions import record
from kelisim.meetings import rights
from kelisim.meetings.actions.agenda import locked_item
from kelisim.meetings.actions.planning import call_members, locked
from kelisim.meetings.models import (
    Attendance,
    Ballot,
    Item,
    Meeting,
)
from kelisim.meetings.queries.procedures import of_meeting
from kelisim.meetings.queries.sitting import OPEN_BALLOTS, house, open_ballots, own_attendance
from kelisim.meetings.rules import sitting as rules
from kelisim.meetings.states import (
    ItemState,
    MeetingState,
    Presence,
)
from kelisim.refusals import require

if TYPE_CHECKING:
    from kelisim.people.models import Person

type Words = Mapping[str, str]


def noted(
    act: str,
    meeting: Meeting,
    held: Powers,
    right: str,
    *,
    by: "Person",
    at: datetime,
    before: chain.Facts | None = None,
    after: chain.Facts | None = None,
    because: str = "",
) -> None:
    record(
        act,
        subject=meeting,
        by=by,
        mandate=held.mandate(right, meeting.body),
        because=because,
        before=before,
        after=after,
        at=at,
    )


@transaction.atomic
def mark(
    attendance_id: int, *, presence: Presence, excuse: str = "", by: "Person", at: datetime
) -> Attendance:
    """Mark that somebody is there, left, will come, or will not. The same again changes nothing."""
    attendance = locked_attendance(attendance_id)
    meeting = attendance.meeting
    held = powers_at(by, at)
    mine = own_attendance(meeting, by, localtime(at).date())
    own = mine is not None and mine.pk == attendance.pk
    if attendance.presence == presence:
        return attendance
    require(rules.may_mark(held, attendance, presence, own=own))
    before = attendance.presence
    attendance.presence, attendance.excuse = presence, excuse
    if presence is Presence.PRESENT:
        attendance.came_at, attendance.left_at = attendance.came_at or at, None
    if presence is Presence.LEFT:
        attendance.left_at = at
    attendance.save(update_fields=["presence", "excuse", "came_at", "left_at"])
    keeper = rights.KEEP if held.may(rights.KEEP, meeting.body) else rights.READ
    record(
        "meetings.presence_marked",
        subject=attendance,
        by=by,
        mandate=held.mandate(keeper, meeting.body),
        before={"presence": before},
        after={"presence": presence.value},
        at=at,
    )
    return attendance


def locked_attendance(attendance_id: int) -> Attendance:
    meeting = locked(Attendance.objects.values_list("meeting_id", flat=True).get(pk=attendance_id))
    attendance = Attendance.objects.select_for_update(of=("self",)).get(pk=attendance_id)
    attendance.meeting = meeting
    return attendance


@transaction.atomic
def open_(meeting_id: int, *, by: "Person", at: datetime) -> Meeting:
    """Open the meeting, or take it up again after an adjournment; there must be a quorum."""
    meeting = locked(meeting_id)
    held = powers_at(by, at)
    procedure = of_meeting(meeting)
    if meeting.state == MeetingState.CONVENED:
        call_members(meeting, procedure, localtime(at).date())
    stands = house(meeting, procedure)
    require(
        rules.may_open(
            held,
            meeting,
            present=stands.present,
            needed=stands.needed,
            members=stands.members,
        )
    )
    was = meeting.state
    meeting.state, meeting.opened_at = MeetingState.OPEN, meeting.opened_at or at
    mine = own_attendance(meeting, by, localtime(at).date())
    meeting.chair = mine.mandate if mine else meeting.chair
    meeting.save()
    noted(
        "meetings.opened",
        meeting,
        held,
        rights.PRESIDE,
        by=by,
        before={"state": was},
        after={
            "state": meeting.state.value,
            "present": stands.present,
            "members": stands.members,
            "quorum": stands.needed,
        },
        at=at,
    )
    return meeting


@transaction.atomic
def adjourn(meeting_id: int, *, by: "Person", at: datetime) -> Meeting:
    """Interrupt the meeting."""
    meeting = locked(meeting_id)
    held = powers_at(by, at)
    require(rules.may_adjourn(held, meeting, ballots=open_ballots(meeting)))
    meeting.state = MeetingState.ADJOURNED
    meeting.save(update_fields=["state"])
    after = {"state": meeting.state.value}
    noted("meetings.adjourned", meeting, held, rights.PRESIDE, by=by, after=after, at=at)
    return meeting


@transaction.atomic
def close(meeting_id: int, *, by: "Person", at: datetime) -> Meeting:
    """End the meeting: every item has come to its end."""
    meeting = locked(meeting_id)
    held = powers_at(by, at)
    left = meeting.items.filter(state__in=[ItemState.LISTED, ItemState.HEARD]).count()
    require(rules.may_close(held, meeting, ballots=open_ballots(meeting), items=left))
    meeting.state, meeting.closed_at = MeetingState.CLOSED, at
    meeting.save(update_fields=["state", "closed_at"])
    after = {"state": meeting.state.value}
    noted("meetings.closed", meeting, held, rights.PRESIDE, by=by, after=after, at=at)
    return meeting


def bring(item_id: int, to: ItemState, act: str, *, by: "Person", at: datetime) -> Item:
    item = locked_item(item_id)
    held = powers_at(by, at)
    ballots = Ballot.objects.filter(item=item, state__in=OPEN_BALLOTS).count()
    require(rules.may_take_up(held, item, to, ballots=ballots))
    was, item.state = item.state, to
    item.save(update_fields=["state"])
    record(
        act,
        subject=item,
        by=by,
        mandate=held.mandate(rights.PRESIDE, item.meeting.body),
        before={"state": was},
        after={"state": to.value},
        at=at,
    )
    return item


@transaction.atomic
def take_up(item_id: int, *, by: "Person", at: datetime) -> Item:
    """Call an item: from now on it is under discussion."""
    return bring(item_id, ItemState.HEARD, "meetings.item_taken_up", by=by, at=at)


@transaction.atomic
def note(item_id: int, *, by: "Person", at: datetime) -> Item:
    """End an item without a decision: the house took note of it."""
    return bring(item_id, ItemState.NOTED, "meetings.item_noted", by=by, at=at)


@transaction.atomic
def defer(item_id: int, *, by: "Person", at: datetime) -> Item:
    """Put an item off to another meeting."""
    return bring(item_id, ItemState.DEFERRED, "meetings.item_deferred", by=by, at=at)
