"""Votes are opened, cast or counted, closed with their arithmetic, annulled; decisions adopted."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Count as Number
from django.utils.timezone import localtime

from kelisim.bodies.queries.powers import powers_at
from kelisim.ledger.actions import record
from kelisim.meetings import rights
from kelisim.meetings.actions.agenda import locked_item
from kelisim.meetings.models import Attendance, Ballot, Count, Motion, Recusal, Voice
from kelisim.meetings.queries.procedures import of_meeting
from kelisim.meetings.queries.sitting import acts_for, house, open_ballots
from kelisim.meetings.rules import voting as rules
from kelisim.meetings.states import (
    BY_NAME,
    BallotForm,
    BallotState,
    Choice,
    MotionState,
    Presence,
    Subject,
)
from kelisim.meetings.trees.counting import Tally, outcome
from kelisim.meetings.trees.procedure import Majority, Tie
from kelisim.refusals import require

if TYPE_CHECKING:
    from kelisim.people.models import Person

type Words = Mapping[str, str]


def locked_ballot(ballot_id: int) -> Ballot:
    item = locked_item(Ballot.objects.values_list("item_id", flat=True).get(pk=ballot_id))
    ballot = (
        Ballot.objects.select_for_update(of=("self",)).select_related("motion").get(pk=ballot_id)
    )
    ballot.item = item
    return ballot


@transaction.atomic
def open_ballot(
    item_id: int,
    *,
    question: Words,
    form: BallotForm | None = None,
    motion: Motion | None = None,
    by: "Person",
    at: datetime,
) -> Ballot:
    """Put a question to the vote. Majority and form follow from the rules of procedure."""
    item = locked_item(item_id)
    held = powers_at(by, at)
    procedure = of_meeting(item.meeting)
    form = form or procedure.form_for(Subject(item.subject))
    stands = house(item.meeting, procedure, item=item)
    require(
        *rules.may_open(
            held,
            item,
            procedure,
            form=form,
            motion=motion,
            another=open_ballots(item.meeting) > 0,
            present=stands.present,
            needed=stands.needed,
            members=stands.members,
        )
    )
    majority = (
        procedure.majority
        if motion is not None
        else procedure.majority_for(Subject(item.subject), weighty=item.weighty)
    )
    ballot = Ballot.objects.create(
        item=item,
        motion=motion,
        question=dict(question),
        form=form,
        majority=majority.value,
        tie=procedure.tie.value,
        may_change=procedure.change_vote,
        present=stands.present,
        members=stands.members,
        opened_at=at,
        opened_by=by,
    )
    record(
        "meetings.ballot_opened",
        subject=ballot,
        by=by,
        mandate=held.mandate(rights.PRESIDE, item.meeting.body),
        after={
            "item": item.pk,
            "form": form.value,
            "majority": majority.value,
            "present": stands.present,
            "members": stands.members,
        },
        at=at,
    )
    return ballot


@transaction.atomic
def cast(
    ballot_id: int, *, attendance: Attendance, choice: str, by: "Person | None", at: datetime
) -> Voice:
    """Give a voice in an open vote; the same voice again is one voice, whatever the network did.

    `by` is None when the member's own secret link was used: possession of it is the proof. The
    roll of voices enters the ledger, by its digest, when the vote is closed (ADR 0014).
    """
    ballot = (
        Ballot.objects.select_for_update(of=("self",), no_key=True)
        .select_related("item__meeting__body")
        .get(pk=ballot_id)
    )
    meeting = ballot.item.meeting
    mandate_id = attendance.mandate_id
    given = Voice.objects.filter(ballot=ballot, mandate=mandate_id).order_by("pk").first()
    here = attendance.meeting_id == meeting.pk
    holds = here and (by is None or acts_for(attendance, by, localtime(at).date()))
    keeper = not holds and by is not None and powers_at(by, at).may(rights.KEEP, meeting.body)
    require(
        rules.may_cast(
            ballot,
            choice=choice,
            holds=holds,
            votes=attendance.votes,
            present=attendance.presence == Presence.PRESENT,
            recused=Recusal.objects.filter(item=ballot.item_id, mandate=mandate_id).exists(),
            before=given.choice if given else None,
            keeper=keeper and here,
        )
    )
    if given is None:
        return Voice.objects.create(ballot=ballot, mandate_id=mandate_id, choice=choice, at=at)
    if given.choice != choice:
        given.choice, given.at = choice, at
        given.save(update_fields=["choice", "at"])
    return given


@dataclass(frozen=True, slots=True)
class Counted:
    """What somebody counted; `handed_out` only for papers."""

    in_favour: int
    against: int
    abstained: int
    spoiled: int = 0
    handed_out: int | None = None


@transaction.atomic
def enter_count(ballot_id: int, *, counted: Counted, by: "Person", at: datetime) -> Ballot:
    """Enter what was counted: hands, or papers (which another then signs)."""
    ballot = locked_ballot(ballot_id)
    held = powers_at(by, at)
    count = Count.objects.filter(ballot=ballot).first() or Count(ballot=ballot)
    count.in_favour, count.against = counted.in_favour, counted.against
    count.abstained, count.spoiled = counted.abstained, counted.spoiled
    count.handed_out = counted.handed_out
    count.entered_by, count.entered_at = by, at
    require(*rules.may_enter(held, ballot, count, may_vote=ballot.present))
    count.save()
    was, ballot.state = ballot.state, BallotState.ENTERED
    ballot.save(update_fields=["state"])
    secret = ballot.form == BallotForm.SECRET
    record(
        "meetings.count_entered",
        subject=ballot,
        by=by,
        mandate=held.mandate(rights.COUNT if secret else rights.KEEP, ballot.item.meeting.body),
        before={"state": was},
        after={
            "in_favour": counted.in_favour,
            "against": counted.against,
            "abstained": counted.abstained,
            "spoiled": counted.spoiled,
        },
        at=at,
    )
    return ballot


@transaction.atomic
def sign_count(ballot_id: int, *, by: "Person", at: datetime) -> Ballot:
    """The second of the commission signs; with that a secret vote is closed."""
    ballot = locked_ballot(ballot_id)
    held = powers_at(by, at)
    count = Count.objects.filter(ballot=ballot).first()
    entered_by = count.entered_by_id if count else None
    require(rules.may_sign(held, ballot, entered_by=entered_by, by=by.pk))
    Count.objects.filter(ballot=ballot).update(signed_by=by, signed_at=at)
    body = ballot.item.meeting.body
    record(
        "meetings.count_signed",
        subject=ballot,
        by=by,
        mandate=held.mandate(rights.COUNT, body),
        at=at,
    )
    conclude(ballot, at=at)
    record(
        "meetings.ballot_closed",
        subject=ballot,
        by=by,
        mandate=held.mandate(rights.COUNT, body),
        after=result(ballot),
        at=at,
    )
    return ballot


@transaction.atomic
def close_ballot(ballot_id: int, *, by: "Person", at: datetime) -> Ballot:
    """Close a vote and count it; a motion that was voted on is carried or lost with it."""
    ballot = locked_ballot(ballot_id)
    held = powers_at(by, at)
    counted = Count.objects.filter(ballot=ballot).exists()
    require(rules.may_close(held, ballot, counted=counted))
    conclude(ballot, at=at)
    record(
        "meetings.ballot_closed",
        subject=ballot,
        by=by,
        mandate=held.mandate(rights.PRESIDE, ballot.item.meeting.body),
        after=result(ballot),
        at=at,
    )
    return ballot


def result(ballot: Ballot) -> dict[str, str | int | None]:
    """What the ledger notes of a closed vote."""
    return {
        "in_favour": ballot.in_favour,
        "against": ballot.against,
        "abstained": ballot.abstained,
        "spoiled": ballot.spoiled,
        "needed": ballot.needed,
        "base": ballot.base,
        "carried": int(bool(ballot.carried)),
        "roll": ballot.digest,
    }


def tally(ballot: Ballot) -> Tally:
    """Count voices or take what was counted; one or two queries."""
    if ballot.form in BY_NAME:
        rows = Voice.objects.filter(ballot=ballot).values_list("choice").annotate(Number("pk"))
        found = dict(rows.order_by())
        given = sum(found.values())
        return Tally(
            in_favour=found.get(Choice.FOR, 0),
            against=found.get(Choice.AGAINST, 0),
            abstained=found.get(Choice.ABSTAIN, 0),
            # Whoever came in after the vote was opened and voted was present too.
            present=max(ballot.present, given),
            members=ballot.members,
        )
    count = Count.objects.get(ballot=ballot)
    return Tally(
        in_favour=count.in_favour,
        against=count.against,
        abstained=count.abstained,
        spoiled=count.spoiled,
        present=ballot.present,
        members=ballot.members,
    )


def roll(ballot: Ballot) -> str:
    """The SHA-256 of the voices in the order of mandates; empty where no names are kept."""
    if ballot.form not in BY_NAME:
        return ""
    voices = Voice.objects.filter(ballot=ballot).order_by("mandate_id")
    rows = [[pk, choice] for pk, choice in voices.values_list("mandate_id", "choice")]
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()


def chairs_voice(ballot: Ballot) -> Choice | None:
    """How the chair voted in the open; a tie may turn on it."""
    if ballot.form not in BY_NAME or ballot.item.meeting.chair_id is None:
        return None
    voice = Voice.objects.filter(ballot=ballot, mandate=ballot.item.meeting.chair_id).first()
    return Choice(voice.choice) if voice else None


def conclude(ballot: Ballot, *, at: datetime) -> None:
    """Close the vote with its arithmetic."""
    given = tally(ballot)
    came = outcome(given, Majority(ballot.majority), Tie(ballot.tie), chairs_voice(ballot))
    ballot.state, ballot.closed_at = BallotState.CLOSED, at
    ballot.present = given.present
    ballot.in_favour, ballot.against = given.in_favour, given.against
    ballot.abstained, ballot.spoiled = given.abstained, given.spoiled
    ballot.carried, ballot.needed, ballot.base = came.carried, came.needed, came.base
    ballot.chair_decided = came.chair_decided
    ballot.digest = roll(ballot)
    ballot.save()
    if ballot.motion is not None:
        ballot.motion.state = MotionState.CARRIED if came.carried else MotionState.LOST
        ballot.motion.save(update_fields=["state"])


@transaction.atomic
def annul(ballot_id: int, *, because: str, by: "Person", at: datetime) -> Ballot:
    """Set a vote aside so that it can be taken again; what was given stays readable."""
    ballot = locked_ballot(ballot_id)
    held = powers_at(by, at)
    decided = hasattr(ballot.item, "decision") and ballot.item.decision.ballot_id == ballot.pk
    require(rules.may_annul(held, ballot, because=because, decided=decided))
    was = ballot.state
    ballot.state, ballot.annulled_because = BallotState.ANNULLED, because
    ballot.save(update_fields=["state", "annulled_because"])
    if ballot.motion is not None and was == BallotState.CLOSED:
        ballot.motion.state = MotionState.MOVED
        ballot.motion.save(update_fields=["state"])
    record(
        "meetings.ballot_annulled",
        subject=ballot,
        by=by,
        mandate=held.mandate(rights.PRESIDE, ballot.item.meeting.body),
        because=because,
        before={"state": was},
        after={"state": ballot.state.value},
        at=at,
    )
    return ballot
