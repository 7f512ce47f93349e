"""Meetings are planned, their agenda is made, they are convened, postponed, cancelled."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localtime

from kelisim.bodies.actions.founding import NO_ACT, Act
from kelisim.bodies.models import Body
from kelisim.bodies.queries.powers import powers_at
from kelisim.bodies.states import Role
from kelisim.ledger.actions import record
from kelisim.meetings import rights
from kelisim.meetings.actions.posting import post
from kelisim.meetings.models import (
    Attendance,
    BodyProcedure,
    Guest,
    ItemPaper,
    Meeting,
)
from kelisim.meetings.queries.procedures import procedure as procedure_of
from kelisim.meetings.queries.sitting import earliest_day, latest_papers, members, votes
from kelisim.meetings.rules import concluding, convening
from kelisim.meetings.states import ItemState, MeetingKind, MeetingState
from kelisim.meetings.trees.procedure import Procedure, plain
from kelisim.meetings.trees.procedure import read as read_procedure
from kelisim.refusals import require

if TYPE_CHECKING:
    from kelisim.people.models import Person

type Words = Mapping[str, str]


def locked(meeting_id: int) -> Meeting:
    return (
        Meeting.objects.select_for_update(of=("self",))
        .select_related("body__kind", "body__unit__parent", "body__parent", "chair", "secretary")
        .get(pk=meeting_id)
    )


@transaction.atomic
def regulate(
    body_id: int,
    *,
    rules: Mapping[str, Any],
    since: date,
    act: Act = NO_ACT,
    by: "Person | None",
    at: datetime,
) -> BodyProcedure:
    """Give a body its own rules of procedure from a day on. What is wrong is named, by rule."""
    body = Body.objects.select_for_update(of=("self",)).select_related("kind").get(pk=body_id)
    held = powers_at(by, at)
    require(concluding.may_regulate(held, body))
    known = procedure_of(body, since)
    kept = plain(read_procedure(rules, known))
    procedure, _made = BodyProcedure.objects.update_or_create(
        body=body, since=since, defaults={"rules": kept, "act": act.cited()}
    )
    record(
        "meetings.procedure_set",
        subject=procedure,
        by=by,
        mandate=held.mandate(rights.REGULATE, body),
        before={"rules": plain(known)},
        after={"rules": kept, "since": since.isoformat(), "act": act.number},
        at=at,
    )
    return procedure


@transaction.atomic
def plan(
    body_id: int,
    *,
    kind: MeetingKind = MeetingKind.MEETING,
    title: Words,
    starts_at: datetime,
    ends_at: datetime | None = None,
    place: Words | None = None,
    link: str = "",
    by: "Person",
    at: datetime,
) -> Meeting:
    """Begin to prepare a meeting of a body; it gets the next number of its kind."""
    body = (
        Body.objects.select_for_update(of=("self",))
        .select_related("kind", "unit__parent", "parent")
        .get(pk=body_id)
    )
    held = powers_at(by, at)
    require(convening.may_plan(held, body))
    last = Meeting.objects.filter(body=body, kind=kind).aggregate(last=Max("number"))["last"]
    meeting = Meeting.objects.create(
        body=body,
        kind=kind,
        number=(last or 0) + 1,
        title=dict(title),
        starts_at=starts_at,
        ends_at=ends_at,
        place=dict(place or {}),
        link=link,
        prepared_by=by,
        changed_at=at,
    )
    record(
        "meetings.planned",
        subject=meeting,
        by=by,
        mandate=held.mandate(rights.PREPARE, body),
        after={"body": body.slug, "kind": kind.value, "number": meeting.number},
        at=at,
    )
    return meeting


@transaction.atomic
def invite_guest(
    meeting_id: int, *, name: str, post_held: str = "", by: "Person", at: datetime
) -> Guest:
    """Invite somebody who is no member."""
    meeting = locked(meeting_id)
    held = powers_at(by, at)
    require(convening.may_invite(held, meeting, name=name))
    guest = Guest.objects.create(meeting=meeting, name=name, post=post_held)
    record(
        "meetings.guest_invited",
        subject=meeting,
        by=by,
        mandate=held.mandate(rights.PREPARE, meeting.body),
        after={"guests": meeting.guests.count()},
        at=at,
    )
    return guest


def call_members(meeting: Meeting, procedure: Procedure, day: date) -> int:
    """Make the list of those invited agree with who holds a seat on a day; gives how many.

    Whoever lost the seat since is no longer called, unless they have been there already.
    """
    sitting = list(members(meeting.body, day))
    known = set(meeting.attendances.values_list("mandate_id", flat=True))
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, mandate=mandate, votes=votes(mandate, procedure))
        for mandate in sitting
        if mandate.pk not in known
    )
    meeting.attendances.filter(came_at__isnull=True).exclude(mandate__in=sitting).delete()
    meeting.chair = next((m for m in sitting if m.seat.role == Role.CHAIR), None)
    meeting.secretary = next((m for m in sitting if m.seat.role == Role.SECRETARY), None)
    return len(sitting)


@transaction.atomic
def convene(meeting_id: int, *, by: "Person", at: datetime) -> Meeting:
    """Invite everybody who holds a seat on the day of the meeting; letters go by the queue.

    The rules of procedure as they stand now are kept with the meeting.
    """
    meeting = locked(meeting_id)
    held = powers_at(by, at)
    today, day = localtime(at).date(), localtime(meeting.starts_at).date()
    procedure = procedure_of(meeting.body, day)
    require(
        *convening.may_convene(
            held,
            meeting,
            procedure,
            roles=frozenset(
                post.role for post in held.held if post.over(rights.CONVENE, meeting.body)
            ),
            items=meeting.items.filter(state=ItemState.LISTED).count(),
            earliest=earliest_day(procedure, today),
            day=day,
        )
    )
    meeting.state, meeting.rules = MeetingState.CONVENED, plain(procedure)
    meeting.convened_at = meeting.changed_at = at
    invited = call_members(meeting, procedure, day)
    meeting.save()
    record(
        "meetings.convened",
        subject=meeting,
        by=by,
        mandate=held.mandate(rights.CONVENE, meeting.body),
        before={"state": MeetingState.PLANNED.value},
        after={
            "state": meeting.state.value,
            "starts_at": meeting.starts_at.isoformat(),
            "invited": invited,
        },
        at=at,
    )
    post("send_invitations", meeting.pk)
    return meeting


@transaction.atomic
def send_papers(meeting_id: int, *, by: "Person", at: datetime) -> Meeting:
    """Tell the members that the papers are there. Late papers go out too, and it is noted."""
    meeting = locked(meeting_id)
    held = powers_at(by, at)
    papers = ItemPaper.objects.filter(item__meeting=meeting).count()
    require(convening.may_send_papers(held, meeting, papers=papers))
    today, day = localtime(at).date(), localtime(meeting.starts_at).date()
    procedure = read_procedure(meeting.rules)
    late = convening.papers_are_late(procedure, latest=latest_papers(procedure, day), day=today)
    meeting.papers_sent_at = at
    meeting.save(update_fields=["papers_sent_at"])
    record(
        "meetings.papers_sent",
        subject=meeting,
        by=by,
        mandate=held.mandate(rights.PREPARE, meeting.body),
        after={"papers": papers, "late": late is not None},
        at=at,
    )
    post("send_papers", meeting.pk)
    return meeting


@transaction.atomic
def postpone(
    meeting_id: int,
    *,
    starts_at: datetime,
    ends_at: datetime | None = None,
    place: Words | None = None,
    by: "Person",
    at: datetime,
) -> Meeting:
    """Another time or place, before it opens; those who were invited are told."""
    meeting = locked(meeting_id)
    held = powers_at(by, at)
    require(convening.may_postpone(held, meeting, to=starts_at, at=at))
    before = {"starts_at": meeting.starts_at.isoformat()}
    meeting.starts_at, meeting.ends_at = starts_at, ends_at
    if place is not None:
        meeting.place = dict(place)
    meeting.sequence += 1
    meeting.changed_at = at
    if meeting.state == MeetingState.CONVENED:
        call_members(meeting, read_procedure(meeting.rules), localtime(starts_at).date())
    meeting.save()
    record(
        "meetings.postponed",
        subject=meeting,
        by=by,
        mandate=held.mandate(rights.CONVENE, meeting.body),
        before=before,
        after={"starts_at": starts_at.isoformat()},
        at=at,
    )
    if meeting.state == MeetingState.CONVENED:
        post("send_invitations", meeting.pk)
    return meeting


@transaction.atomic
def cancel(meeting_id: int, *, because: str, by: "Person", at: datetime) -> Meeting:
    """The meeting will not take place; those who were invited are told why."""
    meeting = locked(meeting_id)
    held = powers_at(by, at)
    require(convening.may_cancel(held, meeting, because=because))
    was = MeetingState(meeting.state)
    meeting.state, meeting.cancelled_because = MeetingState.CANCELLED, because
    meeting.sequence += 1
    meeting.changed_at = at
    meeting.save()
    record(
        "meetings.cancelled",
        subject=meeting,
        by=by,
        mandate=held.mandate(rights.CONVENE, meeting.body),
        because=because,
        before={"state": was.value},
        after={"state": meeting.state.value},
        at=at,
    )
    if was is MeetingState.CONVENED:
        post("send_cancellation", meeting.pk)
    return meeting
