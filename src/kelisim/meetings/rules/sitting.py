"""May this be done while a body sits? Quorum, floor, motions, recusal."""

from typing import TYPE_CHECKING

from kelisim.meetings import rights
from kelisim.meetings.rules.convening import moves
from kelisim.meetings.states import (
    NEXT_ITEM,
    NEXT_MOTION,
    NEXT_PRESENCE,
    ItemState,
    MeetingState,
    MotionState,
    Presence,
)
from kelisim.refusals import Refusal

if TYPE_CHECKING:
    from kelisim.bodies.queries.powers import Powers
    from kelisim.meetings.models import Attendance, Item, Meeting, Motion, Speech

SITTING = (MeetingState.OPEN, MeetingState.ADJOURNED)
BEFORE = (MeetingState.CONVENED,)


def sits(meeting: "Meeting") -> Refusal | None:
    if meeting.state == MeetingState.OPEN:
        return None
    return Refusal("meetings.not_open", state=MeetingState(meeting.state).label)


def may_open(
    held: "Powers", meeting: "Meeting", *, present: int, needed: int, members: int
) -> Refusal | None:
    """The chair opens, or goes on, when enough of the members are there."""
    if not held.may(rights.PRESIDE, meeting.body):
        return Refusal("meetings.not_chair")
    if refusal := moves(meeting, MeetingState.OPEN):
        return refusal
    if present < needed:
        return Refusal("meetings.no_quorum", present=present, needed=needed, members=members)
    return None


def may_adjourn(held: "Powers", meeting: "Meeting", *, ballots: int) -> Refusal | None:
    if not held.may(rights.PRESIDE, meeting.body):
        return Refusal("meetings.not_chair")
    if refusal := moves(meeting, MeetingState.ADJOURNED):
        return refusal
    return Refusal("meetings.ballot_open") if ballots else None


def may_close(held: "Powers", meeting: "Meeting", *, ballots: int, items: int) -> Refusal | None:
    """When no vote is open and every item has come to an end."""
    if not held.may(rights.PRESIDE, meeting.body):
        return Refusal("meetings.not_chair")
    if refusal := moves(meeting, MeetingState.CLOSED):
        return refusal
    if ballots:
        return Refusal("meetings.ballot_open")
    return Refusal("meetings.items_left", number=items) if items else None


def may_mark(
    held: "Powers", attendance: "Attendance", to: Presence, *, own: bool
) -> Refusal | None:
    """Whoever keeps the attendance marks who is there; members say whether they will come."""
    meeting = attendance.meeting
    keeper = held.may(rights.KEEP, meeting.body)
    says = own and to in {Presence.COMING, Presence.APOLOGISED}
    if not (keeper or says):
        return Refusal("meetings.not_keeper")
    if to in {Presence.COMING, Presence.APOLOGISED} and meeting.state not in BEFORE:
        return Refusal("meetings.too_late", state=MeetingState(meeting.state).label)
    if to in {Presence.PRESENT, Presence.LEFT} and meeting.state not in (*BEFORE, *SITTING):
        return Refusal("meetings.not_open", state=MeetingState(meeting.state).label)
    if to not in NEXT_PRESENCE[Presence(attendance.presence)]:
        return Refusal("meetings.presence_state", state=Presence(attendance.presence).label)
    return None


def may_take_up(held: "Powers", item: "Item", to: ItemState, *, ballots: int = 0) -> Refusal | None:
    """The chair calls an item, ends it without a decision, or puts it off."""
    if not held.may(rights.PRESIDE, item.meeting.body):
        return Refusal("meetings.not_chair")
    if refusal := sits(item.meeting):
        return refusal
    if to not in NEXT_ITEM[ItemState(item.state)]:
        return Refusal("meetings.item_state", state=ItemState(item.state).label)
    return Refusal("meetings.ballot_open") if ballots else None


def heard(item: "Item") -> Refusal | None:
    if item.state == ItemState.HEARD:
        return None
    return Refusal("meetings.item_state", state=ItemState(item.state).label)


def may_ask_floor(
    held: "Powers", item: "Item", *, own: bool, present: bool, waiting: bool
) -> Refusal | None:
    """A member who is there asks once; whoever keeps the list enters others and guests."""
    if not own and not held.may(rights.KEEP, item.meeting.body):
        return Refusal("meetings.not_keeper")
    if refusal := sits(item.meeting) or heard(item):
        return refusal
    if own and not present:
        return Refusal("meetings.not_present")
    return Refusal("meetings.waits_already") if waiting else None


def may_call(held: "Powers", speech: "Speech", *, speaking: bool) -> Refusal | None:
    """The chair, or whoever keeps the list, gives the floor to one at a time."""
    meeting = speech.item.meeting
    if not (held.may(rights.PRESIDE, meeting.body) or held.may(rights.KEEP, meeting.body)):
        return Refusal("meetings.not_keeper")
    if refusal := sits(meeting) or heard(speech.item):
        return refusal
    if speech.withdrawn or speech.called_at:
        return Refusal("meetings.spoke_already")
    return Refusal("meetings.somebody_speaks") if speaking else None


def may_end_speech(held: "Powers", speech: "Speech") -> Refusal | None:
    meeting = speech.item.meeting
    if not (held.may(rights.PRESIDE, meeting.body) or held.may(rights.KEEP, meeting.body)):
        return Refusal("meetings.not_keeper")
    if speech.called_at is None or speech.ended_at is not None:
        return Refusal("meetings.nobody_speaks")
    return None


def may_withdraw_speech(held: "Powers", speech: "Speech", *, own: bool) -> Refusal | None:
    if not own and not held.may(rights.KEEP, speech.item.meeting.body):
        return Refusal("meetings.not_keeper")
    return Refusal("meetings.spoke_already") if speech.withdrawn or speech.called_at else None


def may_move(
    held: "Powers", item: "Item", *, mover: bool, present: bool, text: bool
) -> Refusal | None:
    """A member who is there, and whose role may move, while the item is under discussion."""
    if not held.may(rights.TAKE_PART, item.meeting.body):
        return Refusal("meetings.not_member")
    if not mover:
        return Refusal("meetings.may_not_move")
    if refusal := sits(item.meeting) or heard(item):
        return refusal
    if not present:
        return Refusal("meetings.not_present")
    return None if text else Refusal("meetings.text_needed", place="text")


def may_withdraw_motion(motion: "Motion", *, own: bool, ballots: int) -> Refusal | None:
    """Its mover takes a motion back until it is put to the vote."""
    if not own:
        return Refusal("meetings.not_mover")
    if MotionState.WITHDRAWN not in NEXT_MOTION[MotionState(motion.state)]:
        return Refusal("meetings.motion_state", state=MotionState(motion.state).label)
    return Refusal("meetings.ballot_open") if ballots else None


def may_recuse(
    held: "Powers", item: "Item", *, own: bool, recused: bool, voices: int, because: str
) -> Refusal | None:
    """A member stands aside before they vote on the item, and says why."""
    if not own and not held.may(rights.KEEP, item.meeting.body):
        return Refusal("meetings.not_keeper")
    if item.meeting.state not in (*BEFORE, *SITTING):
        return Refusal("meetings.not_open", state=MeetingState(item.meeting.state).label)
    if item.state not in {ItemState.LISTED, ItemState.HEARD}:
        return Refusal("meetings.item_state", state=ItemState(item.state).label)
    if recused:
        return Refusal("meetings.recused_already")
    if voices:
        return Refusal("meetings.voted_already")
    return None if because.strip() else Refusal("meetings.reason_needed", place="because")
