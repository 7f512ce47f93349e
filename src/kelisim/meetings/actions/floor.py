"""The floor: the speakers' list with its timer, motions and amendments, standing aside."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localtime

from kelisim.bodies.queries.powers import Powers, powers_at
from kelisim.bodies.states import Role
from kelisim.ledger.actions import record
from kelisim.meetings import rights
from kelisim.meetings.actions.agenda import locked_item
from kelisim.meetings.models import (
    Attendance,
    Ballot,
    Guest,
    Meeting,
    Motion,
    Recusal,
    Speech,
    Voice,
)
from kelisim.meetings.queries.procedures import of_meeting
from kelisim.meetings.queries.sitting import OPEN_BALLOTS, own_attendance
from kelisim.meetings.rules import sitting as rules
from kelisim.meetings.states import MotionKind, MotionState, Presence
from kelisim.refusals import require

if TYPE_CHECKING:
    from kelisim.people.models import Person

type Words = Mapping[str, str]


@transaction.atomic
def ask_floor(
    item_id: int,
    *,
    attendance: Attendance | None = None,
    guest: Guest | None = None,
    by: "Person",
    at: datetime,
) -> Speech:
    """Enter somebody in the speakers' list of the item that is under discussion."""
    item = locked_item(item_id)
    held = powers_at(by, at)
    mine = own_attendance(item.meeting, by, localtime(at).date())
    asks = attendance or (None if guest else mine)
    own = asks is not None and mine is not None and asks.pk == mine.pk
    queue = Speech.objects.filter(item=item, called_at__isnull=True, withdrawn=False)
    who = {"mandate": asks.mandate} if asks else {"guest": guest}
    require(
        rules.may_ask_floor(
            held,
            item,
            own=own,
            present=asks is not None and asks.presence == Presence.PRESENT,
            waiting=queue.filter(**who).exists(),
        )
    )
    speech = Speech.objects.create(
        item=item, seconds=of_meeting(item.meeting).speech_seconds, asked_at=at, **who
    )
    right = rights.TAKE_PART if own else rights.KEEP
    record(
        "meetings.floor_asked",
        subject=speech,
        by=by,
        mandate=held.mandate(right, item.meeting.body),
        after={"item": item.pk},
        at=at,
    )
    return speech


def locked_speech(speech_id: int) -> Speech:
    item = locked_item(Speech.objects.values_list("item_id", flat=True).get(pk=speech_id))
    speech = Speech.objects.select_for_update(of=("self",)).get(pk=speech_id)
    speech.item = item
    return speech


def leading(held: Powers, meeting: Meeting) -> str:
    """By which right somebody leads the speakers' list."""
    return rights.PRESIDE if held.may(rights.PRESIDE, meeting.body) else rights.KEEP


@transaction.atomic
def call_speaker(
    speech_id: int, *, seconds: int | None = None, by: "Person", at: datetime
) -> Speech:
    """Give the floor; the timer runs from now."""
    speech = locked_speech(speech_id)
    held = powers_at(by, at)
    meeting = speech.item.meeting
    speaking = Speech.objects.filter(
        item__meeting=meeting, called_at__isnull=False, ended_at__isnull=True
    ).exists()
    require(rules.may_call(held, speech, speaking=speaking))
    speech.called_at, speech.seconds = at, seconds or speech.seconds
    speech.save(update_fields=["called_at", "seconds"])
    record(
        "meetings.speaker_called",
        subject=speech,
        by=by,
        mandate=held.mandate(leading(held, meeting), meeting.body),
        after={"seconds": speech.seconds},
        at=at,
    )
    return speech


@transaction.atomic
def end_speech(speech_id: int, *, by: "Person", at: datetime) -> Speech:
    """The speaker is done."""
    speech = locked_speech(speech_id)
    held = powers_at(by, at)
    require(rules.may_end_speech(held, speech))
    speech.ended_at = at
    speech.save(update_fields=["ended_at"])
    meeting = speech.item.meeting
    record(
        "meetings.speech_ended",
        subject=speech,
        by=by,
        mandate=held.mandate(leading(held, meeting), meeting.body),
        at=at,
    )
    return speech


@transaction.atomic
def withdraw_speech(speech_id: int, *, by: "Person", at: datetime) -> Speech:
    """Leave the speakers' list again."""
    speech = locked_speech(speech_id)
    held = powers_at(by, at)
    mine = own_attendance(speech.item.meeting, by, localtime(at).date())
    own = mine is not None and mine.mandate_id == speech.mandate_id
    require(rules.may_withdraw_speech(held, speech, own=own))
    speech.withdrawn = True
    speech.save(update_fields=["withdrawn"])
    right = rights.TAKE_PART if own else rights.KEEP
    record(
        "meetings.floor_given_up",
        subject=speech,
        by=by,
        mandate=held.mandate(right, speech.item.meeting.body),
        at=at,
    )
    return speech


@transaction.atomic
def move(
    item_id: int,
    *,
    text: Words,
    kind: MotionKind = MotionKind.MOTION,
    amends: Motion | None = None,
    by: "Person",
    at: datetime,
) -> Motion:
    """Move something on the item under discussion, or an amendment to it."""
    item = locked_item(item_id)
    held = powers_at(by, at)
    mine = own_attendance(item.meeting, by, localtime(at).date())
    allowed = of_meeting(item.meeting).move
    require(
        rules.may_move(
            held,
            item,
            mover=mine is not None and Role(mine.mandate.seat.role) in allowed,
            present=mine is not None and mine.presence == Presence.PRESENT,
            text=any(text.values()),
        )
    )
    if mine is None:
        raise AssertionError
    motion = Motion.objects.create(
        item=item,
        kind=kind,
        amends=amends,
        text=dict(text),
        mover=mine.mandate,
        moved_at=at,
    )
    record(
        "meetings.moved",
        subject=motion,
        by=by,
        mandate=held.mandate(rights.TAKE_PART, item.meeting.body),
        after={"item": item.pk, "kind": kind.value},
        at=at,
    )
    return motion


@transaction.atomic
def withdraw_motion(motion_id: int, *, by: "Person", at: datetime) -> Motion:
    """Take one's own motion back before it is put to the vote."""
    item = locked_item(Motion.objects.values_list("item_id", flat=True).get(pk=motion_id))
    motion = Motion.objects.select_for_update(of=("self",)).get(pk=motion_id)
    held = powers_at(by, at)
    mine = own_attendance(item.meeting, by, localtime(at).date())
    own = mine is not None and mine.mandate_id == motion.mover_id
    ballots = Ballot.objects.filter(motion=motion, state__in=OPEN_BALLOTS).count()
    require(rules.may_withdraw_motion(motion, own=own, ballots=ballots))
    motion.state = MotionState.WITHDRAWN
    motion.save(update_fields=["state"])
    record(
        "meetings.motion_withdrawn",
        subject=motion,
        by=by,
        mandate=held.mandate(rights.TAKE_PART, item.meeting.body),
        at=at,
    )
    return motion


@transaction.atomic
def recuse(
    item_id: int, *, attendance: Attendance, because: str, by: "Person", at: datetime
) -> Recusal:
    """A member stands aside from an item; the reason is kept apart from the ledger's chain."""
    item = locked_item(item_id)
    held = powers_at(by, at)
    mine = own_attendance(item.meeting, by, localtime(at).date())
    own = mine is not None and mine.pk == attendance.pk
    mandate = attendance.mandate
    require(
        rules.may_recuse(
            held,
            item,
            own=own,
            recused=Recusal.objects.filter(item=item, mandate=mandate).exists(),
            voices=Voice.objects.filter(ballot__item=item, mandate=mandate).count(),
            because=because,
        )
    )
    recusal = Recusal.objects.create(item=item, mandate=mandate, because=because, at=at)
    record(
        "meetings.recused",
        subject=item,
        by=by,
        mandate=held.mandate(rights.TAKE_PART if own else rights.KEEP, item.meeting.body),
        because=because,
        after={"mandate": mandate.pk},
        at=at,
    )
    return recusal
