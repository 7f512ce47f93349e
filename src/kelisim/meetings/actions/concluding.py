"""What a meeting leaves: decisions with their points, minutes signed by two, publication."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.timezone import localtime

from kelisim.bodies.models import Body
from kelisim.bodies.queries.powers import powers_at
from kelisim.calendar.queries import calendar
from kelisim.ledger.actions import record
from kelisim.meetings import rights
from kelisim.meetings.actions.planning import locked
from kelisim.meetings.actions.posting import post
from kelisim.meetings.actions.voting import locked_ballot
from kelisim.meetings.models import (
    Addressee,
    Ballot,
    Decision,
    Item,
    Meeting,
    Minutes,
    Passage,
    Point,
)
from kelisim.meetings.queries.procedures import of_meeting
from kelisim.meetings.rules import concluding as rules
from kelisim.meetings.rules import voting
from kelisim.meetings.states import ItemState, MeetingState, MinutesState
from kelisim.refusals import Refusal, require

if TYPE_CHECKING:
    from kelisim.people.models import Person

type Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class DraftPoint:
    """A point as it is adopted. With `executor` and `due_on` it is an instruction."""

    text: Words
    addressees: Sequence[Body] = ()
    executor: Body | None = None
    due_on: date | None = None


@transaction.atomic
def decide(
    ballot_id: int,
    *,
    title: Words,
    points: Sequence[DraftPoint],
    preamble: Words | None = None,
    must_consider: bool = False,
    by: "Person",
    at: datetime,
) -> Decision:
    """Adopt what was carried as a numbered decision. Addressees' terms run from its publication."""
    ballot = locked_ballot(ballot_id)
    item = ballot.item
    held = powers_at(by, at)
    require(*voting.may_decide(held, ballot, points=len(points)), *faults(points))
    meeting = item.meeting
    decision = Decision.objects.create(
        item=item,
        ballot=ballot,
        number=number_of(meeting),
        day=localtime(at).date(),
        title=dict(title),
        preamble=dict(preamble or {}),
        must_consider=must_consider,
        adopted_at=at,
    )
    for number, draft in enumerate(points, 1):
        point = Point.objects.create(
            decision=decision,
            number=number,
            text=dict(draft.text),
            executor=draft.executor,
            due_on=draft.due_on,
        )
        # The term is set again at publication; until then nobody can answer.
        Addressee.objects.bulk_create(
            Addressee(point=point, body=body, due_on=decision.day) for body in draft.addressees
        )
    item.state = ItemState.DECIDED
    item.save(update_fields=["state"])
    preside = held.may(rights.PRESIDE, meeting.body)
    record(
        "meetings.decided",
        subject=decision,
        by=by,
        mandate=held.mandate(rights.PRESIDE if preside else rights.KEEP, meeting.body),
        after={
            "number": decision.number,
            "points": len(points),
            "ballot": ballot.pk,
            "addressees": sum(len(draft.addressees) for draft in points),
        },
        at=at,
    )
    return decision


def faults(points: Sequence[DraftPoint]) -> list[Refusal]:
    """What is wrong with points, each by its number."""
    return [
        refusal
        for number, draft in enumerate(points, 1)
        for refusal in rules.point_faults(
            number,
            text=any(draft.text.values()),
            executor=draft.executor is not None,
            due=draft.due_on is not None,
            twice=len({body.pk for body in draft.addressees}) < len(draft.addressees),
        )
    ]


def number_of(meeting: Meeting) -> str:
    """The next number of a decision: the meeting's, then its own (`7-3`)."""
    there = Decision.objects.filter(item__meeting=meeting).count()
    return f"{meeting.number}-{there + 1}"


@dataclass(frozen=True, slots=True)
class Wording:
    """What the minutes say of an item, by language."""

    item_id: int
    heard: Words = field(default_factory=dict)
    spoke: Words = field(default_factory=dict)
    resolved: Words = field(default_factory=dict)


@transaction.atomic
def write_minutes(
    meeting_id: int,
    *,
    passages: Sequence[Wording],
    opening: Words | None = None,
    closing: Words | None = None,
    by: "Person",
    at: datetime,
) -> Minutes:
    """Write the minutes, or write them again: whoever had signed signs the new text anew."""
    meeting = locked(meeting_id)
    held = powers_at(by, at)
    minutes = Minutes.objects.filter(meeting=meeting).first()
    signed = minutes is not None and minutes.state == MinutesState.SIGNED
    require(rules.may_write(held, meeting, signed=signed))
    if minutes is None:
        minutes = Minutes(meeting=meeting)
    minutes.opening, minutes.closing = dict(opening or {}), dict(closing or {})
    minutes.written_at = at
    minutes.save()
    items = set(Item.objects.filter(meeting=meeting).values_list("pk", flat=True))
    for wording in passages:
        if wording.item_id in items:
            Passage.objects.update_or_create(
                minutes=minutes,
                item_id=wording.item_id,
                defaults={
                    "heard": dict(wording.heard),
                    "spoke": dict(wording.spoke),
                    "resolved": dict(wording.resolved),
                },
            )
    said = digest(minutes)
    if said != minutes.digest:
        minutes.digest = said
        minutes.chair_signed_by = minutes.chair_signed_at = None
        minutes.secretary_signed_by = minutes.secretary_signed_at = None
        minutes.save()
        record(
            "meetings.minutes_written",
            subject=minutes,
            by=by,
            mandate=held.mandate(rights.MINUTE, meeting.body),
            after={"sha256": said},
            at=at,
        )
    return minutes


def digest(minutes: Minutes) -> str:
    """The SHA-256 of all that is signed: words, attendance, votes and decisions."""
    meeting = minutes.meeting
    rows: dict[str, Any] = {
        "opening": minutes.opening,
        "closing": minutes.closing,
        "passages": [
            [row.item_id, row.heard, row.spoke, row.resolved]
            for row in minutes.passages.order_by("item_id")
        ],
        "present": list(
            meeting.attendances.filter(came_at__isnull=False)
            .order_by("mandate_id")
            .values_list("mandate_id", flat=True)
        ),
        "ballots": [
            list(row)
            for row in Ballot.objects.filter(item__meeting=meeting)
            .order_by("pk")
            .values_list("pk", "state", "in_favour", "against", "abstained", "carried", "digest")
        ],
        "decisions": [
            list(row)
            for row in Point.objects.filter(decision__item__meeting=meeting)
            .order_by("decision_id", "number")
            .values_list("decision__number", "number", "text")
        ],
    }
    text = json.dumps(rows, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def sign_minutes(
    meeting_id: int, *, as_chair: bool, read: str, by: "Person", at: datetime
) -> Minutes:
    """Sign the text whose digest is `read`; with both signatures the minutes stand.

    What happened since it was written (a vote annulled, a guest marked) makes it another text.
    """
    meeting = locked(meeting_id)
    held = powers_at(by, at)
    minutes = Minutes.objects.select_for_update(of=("self",)).filter(meeting=meeting).first()
    require(rules.are_written(minutes))
    if minutes is None:
        raise AssertionError
    minutes.meeting = meeting
    now = digest(minutes)
    require(
        rules.may_sign(
            held, minutes, as_chair=as_chair, digest=read if now == minutes.digest else "", by=by.pk
        )
    )
    if as_chair:
        minutes.chair_signed_by, minutes.chair_signed_at = by, at
    else:
        minutes.secretary_signed_by, minutes.secretary_signed_at = by, at
    record(
        "meetings.minutes_signed",
        subject=minutes,
        by=by,
        mandate=held.mandate(rights.PRESIDE if as_chair else rights.MINUTE, meeting.body),
        after={"sha256": minutes.digest, "as": "chair" if as_chair else "secretary"},
        at=at,
    )
    if minutes.chair_signed_at and minutes.secretary_signed_at:
        minutes.state = MinutesState.SIGNED
        meeting.state = MeetingState.MINUTED
        meeting.save(update_fields=["state"])
    minutes.save()
    return minutes


@transaction.atomic
def publish(meeting_id: int, *, by: "Person", at: datetime) -> Meeting:
    """Publish minutes and decisions; from now on addressees have their days to answer."""
    meeting = locked(meeting_id)
    held = powers_at(by, at)
    require(rules.may_publish(held, meeting))
    meeting.state, meeting.published_at, meeting.changed_at = MeetingState.PUBLISHED, at, at
    meeting.save(update_fields=["state", "published_at", "changed_at"])
    decisions = Decision.objects.filter(item__meeting=meeting)
    decisions.update(published_at=at)
    today = localtime(at).date()
    due = calendar(today).after(today, of_meeting(meeting).answer_days)
    addressees = Addressee.objects.filter(point__decision__in=decisions)
    addressees.update(due_on=due)
    minutes = Minutes.objects.get(meeting=meeting)
    record(
        "meetings.published",
        subject=meeting,
        by=by,
        mandate=held.mandate(rights.PUBLISH, meeting.body),
        before={"state": MeetingState.MINUTED.value},
        after={
            "state": meeting.state.value,
            "sha256": minutes.digest,
            "decisions": decisions.count(),
            "answers_due": due.isoformat(),
        },
        at=at,
    )
    if addressees.exists():
        post("send_points", meeting.pk)
    return meeting
