"""May a meeting be prepared, convened, postponed, cancelled? Facts in, refusals out."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from kelisim.bodies.states import Role
from kelisim.meetings import rights
from kelisim.meetings.states import (
    NEXT_ITEM,
    NEXT_MEETING,
    ItemState,
    MeetingState,
)
from kelisim.meetings.trees.procedure import Procedure
from kelisim.refusals import Refusal

if TYPE_CHECKING:
    from kelisim.bodies.models import Body
    from kelisim.bodies.queries.powers import Powers
    from kelisim.meetings.models import Item, Meeting

EDITABLE = (MeetingState.PLANNED, MeetingState.CONVENED)
IN_SESSION = (MeetingState.OPEN,)


def moves(meeting: "Meeting", to: MeetingState) -> Refusal | None:
    """The table of states allows this move."""
    if to in NEXT_MEETING[MeetingState(meeting.state)]:
        return None
    return Refusal("meetings.wrong_state", state=MeetingState(meeting.state).label)


def may_plan(held: "Powers", body: "Body") -> Refusal | None:
    if not held.may(rights.PREPARE, body):
        return Refusal("meetings.not_preparer")
    return Refusal("meetings.body_dissolved") if body.dissolved_on else None


def may_take_on(meeting: "Meeting") -> Refusal | None:
    """Until it is opened, its agenda takes on items."""
    if meeting.state in EDITABLE:
        return None
    return Refusal("meetings.too_late", state=MeetingState(meeting.state).label)


def may_prepare(held: "Powers", meeting: "Meeting") -> Refusal | None:
    """Before it is opened, by those who prepare."""
    if not held.may(rights.PREPARE, meeting.body):
        return Refusal("meetings.not_preparer")
    return may_take_on(meeting)


def may_propose(held: "Powers", meeting: "Meeting", *, mover: bool) -> Refusal | None:
    """A member whose role may move proposes an item until the meeting opens."""
    if not held.may(rights.TAKE_PART, meeting.body):
        return Refusal("meetings.not_member")
    if not mover:
        return Refusal("meetings.may_not_move")
    return may_take_on(meeting)


def may_list(held: "Powers", item: "Item", to: ItemState, *, reason: str = "x") -> Refusal | None:
    """Whoever prepares puts a proposed item on the agenda, or declines it with a reason."""
    if refusal := may_prepare(held, item.meeting):
        return refusal
    if to not in NEXT_ITEM[ItemState(item.state)]:
        return Refusal("meetings.item_state", state=ItemState(item.state).label)
    if to is ItemState.DECLINED and not reason.strip():
        return Refusal("meetings.reason_needed", place="reason")
    return None


def may_convene(
    held: "Powers",
    meeting: "Meeting",
    procedure: Procedure,
    *,
    roles: frozenset[Role],
    items: int,
    earliest: date,
    day: date,
) -> list[Refusal]:
    """Everything that speaks against sending the invitations out.

    `roles`: posts that they hold here; `earliest`: the first day that keeps the notice period.
    """
    if not held.may(rights.CONVENE, meeting.body):
        return [Refusal("meetings.not_convener")]
    if refusal := moves(meeting, MeetingState.CONVENED):
        return [refusal]
    found = []
    if roles and not roles & set(procedure.convene):
        found.append(Refusal("meetings.role_does_not_convene"))
    if not items:
        found.append(Refusal("meetings.no_items", place="items"))
    if day < earliest:
        found.append(
            Refusal(
                "meetings.notice_too_short",
                place="starts_at",
                days=procedure.notice_days,
                earliest=earliest.isoformat(),
            )
        )
    return found


def may_postpone(
    held: "Powers", meeting: "Meeting", *, to: datetime, at: datetime
) -> Refusal | None:
    """A convened meeting is moved to another time that is still to come."""
    if not held.may(rights.CONVENE, meeting.body):
        return Refusal("meetings.not_convener")
    if meeting.state not in EDITABLE:
        return Refusal("meetings.too_late", state=MeetingState(meeting.state).label)
    return Refusal("meetings.in_the_past", place="starts_at") if to <= at else None


def may_cancel(held: "Powers", meeting: "Meeting", *, because: str) -> Refusal | None:
    if not held.may(rights.CONVENE, meeting.body):
        return Refusal("meetings.not_convener")
    if refusal := moves(meeting, MeetingState.CANCELLED):
        return refusal
    return None if because.strip() else Refusal("meetings.reason_needed", place="because")


def papers_are_late(procedure: Procedure, *, latest: date, day: date) -> Refusal | None:
    """Papers go out so many days before; later ones are sent, and the lateness is said."""
    if day <= latest:
        return None
    return Refusal("meetings.papers_late", days=procedure.papers_days, latest=latest.isoformat())


def may_send_papers(held: "Powers", meeting: "Meeting", *, papers: int) -> Refusal | None:
    if refusal := may_prepare(held, meeting):
        return refusal
    if meeting.state != MeetingState.CONVENED:
        return Refusal("meetings.wrong_state", state=MeetingState(meeting.state).label)
    return None if papers else Refusal("meetings.no_papers")


def may_title(title: Mapping[str, str]) -> Refusal | None:
    """An item is called something in at least one language."""
    return None if any(title.values()) else Refusal("meetings.title_needed", place="title")


def may_remove(held: "Powers", item: "Item") -> Refusal | None:
    """Before the meeting opens."""
    return may_prepare(held, item.meeting)


def may_invite(held: "Powers", meeting: "Meeting", *, name: str) -> Refusal | None:
    if refusal := may_prepare(held, meeting):
        return refusal
    return None if name.strip() else Refusal("meetings.name_needed", place="name")
