"""May minutes be written, signed, published, and points answered? Facts in, refusals out."""

from typing import TYPE_CHECKING

from kelisim.meetings import rights
from kelisim.meetings.rules.convening import moves
from kelisim.meetings.states import NEXT_ANSWER, AnswerState, MeetingState, MinutesState
from kelisim.refusals import Refusal

if TYPE_CHECKING:
    from kelisim.bodies.models import Body
    from kelisim.bodies.queries.powers import Powers
    from kelisim.meetings.models import Addressee, Meeting, Minutes

WRITTEN = (MeetingState.OPEN, MeetingState.ADJOURNED, MeetingState.CLOSED)


def may_write(held: "Powers", meeting: "Meeting", *, signed: bool) -> Refusal | None:
    """Minutes are written from the opening until both have signed."""
    if not held.may(rights.MINUTE, meeting.body):
        return Refusal("meetings.not_minuting")
    if meeting.state not in WRITTEN:
        return Refusal("meetings.wrong_state", state=MeetingState(meeting.state).label)
    return Refusal("meetings.minutes_signed") if signed else None


def may_sign(
    held: "Powers", minutes: "Minutes", *, as_chair: bool, digest: str, by: int
) -> Refusal | None:
    """The chair and the secretary sign the same text, each once, and are two people."""
    meeting = minutes.meeting
    right = rights.PRESIDE if as_chair else rights.MINUTE
    if not held.may(right, meeting.body):
        return Refusal("meetings.not_chair" if as_chair else "meetings.not_minuting")
    if meeting.state != MeetingState.CLOSED:
        return Refusal("meetings.wrong_state", state=MeetingState(meeting.state).label)
    if minutes.state == MinutesState.SIGNED:
        return Refusal("meetings.minutes_signed")
    if digest != minutes.digest:
        return Refusal("meetings.minutes_changed")
    own, other = minutes.chair_signed_by_id, minutes.secretary_signed_by_id
    if not as_chair:
        own, other = other, own
    if own is not None:
        return Refusal("meetings.signed_already")
    return Refusal("meetings.same_person") if other == by else None


def may_publish(held: "Powers", meeting: "Meeting") -> Refusal | None:
    if not held.may(rights.PUBLISH, meeting.body):
        return Refusal("meetings.not_publisher")
    return moves(meeting, MeetingState.PUBLISHED)


def may_answer(
    held: "Powers", addressee: "Addressee", to: AnswerState, *, reasons: str, published: bool
) -> list[Refusal]:
    """The body that is addressed answers, with reasons where it does not wholly accept."""
    if not held.may(rights.ANSWER, addressee.body):
        return [Refusal("meetings.not_addressee")]
    found = []
    if not published:
        found.append(Refusal("meetings.not_published"))
    if to not in NEXT_ANSWER[AnswerState(addressee.state)]:
        found.append(Refusal("meetings.answer_needed", place="state"))
    if to in {AnswerState.PARTLY, AnswerState.DECLINED} and not reasons.strip():
        found.append(Refusal("meetings.reasons_needed", place="reasons"))
    return found


def may_regulate(held: "Powers", body: "Body") -> Refusal | None:
    if not held.may(rights.REGULATE, body):
        return Refusal("meetings.not_regulator")
    return None


def are_written(minutes: "Minutes | None") -> Refusal | None:
    return None if minutes is not None else Refusal("meetings.no_minutes")


def point_faults(
    number: int, *, text: bool, executor: bool, due: bool, twice: bool
) -> list[Refusal]:
    """A point says something; an instruction has an executor and a day, or neither."""
    place = f"points.{number}"
    found = []
    if not text:
        found.append(Refusal("meetings.point_text_needed", place=place, number=number))
    if executor != due:
        found.append(Refusal("meetings.instruction_incomplete", place=place, number=number))
    if twice:
        found.append(Refusal("meetings.addressed_twice", place=place, number=number))
    return found
