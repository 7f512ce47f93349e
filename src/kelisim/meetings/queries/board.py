"""What the hall's board and a member's voting page show."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from kelisim.meetings.models import Attendance, Ballot, Meeting, Recusal, Voice
from kelisim.meetings.queries import office
from kelisim.meetings.queries.office import Hall
from kelisim.meetings.queries.sitting import OPEN_BALLOTS
from kelisim.meetings.states import BY_NAME, BallotState, MeetingState, Presence

SITTING = (MeetingState.OPEN, MeetingState.ADJOURNED)


@dataclass(frozen=True, slots=True)
class Board:
    """The hall as everybody sees it; `until` is when the speaker's time ends.

    While a vote is open only how many have voted is shown, never how: nobody is led.
    """

    meeting: Meeting
    hall: Hall
    until: datetime | None
    last: Ballot | None


def board(pk: int) -> Board | None:
    """The board of a meeting that sits; None for any other."""
    meeting = office.meeting(pk)
    if meeting is None or meeting.state not in SITTING:
        return None
    hall = office.hall(meeting)
    speech = hall.speaking
    until = (
        speech.called_at + timedelta(seconds=speech.seconds)
        if speech and speech.called_at
        else None
    )
    closed = [each for each in hall.ballots if each.state == BallotState.CLOSED]
    return Board(meeting, hall, until, closed[0] if closed else None)


def seat(key: str) -> Attendance | None:
    """The seat whose secret link this is; one query."""
    return (
        Attendance.objects.filter(key=key)
        .select_related("meeting__body", "mandate__seat", "mandate__person", "mandate__represents")
        .first()
    )


@dataclass(frozen=True, slots=True)
class Voting:
    """What a member can vote on now: the open vote, or the last closed one, and their own voice."""

    ballot: Ballot | None
    voice: Voice | None
    recused: bool
    open: bool
    by_name: bool
    present: bool


def voting(mine: Attendance) -> Voting:
    """At most three queries, however many sit."""
    ballots = Ballot.objects.filter(item__meeting=mine.meeting_id).select_related("item", "motion")
    ballot = (
        ballots.filter(state__in=OPEN_BALLOTS).first()
        or ballots.filter(state=BallotState.CLOSED).order_by("-closed_at", "-pk").first()
    )
    if ballot is None:
        return Voting(None, None, recused=False, open=False, by_name=False, present=here(mine))
    return Voting(
        ballot,
        Voice.objects.filter(ballot=ballot, mandate=mine.mandate_id).first(),
        recused=Recusal.objects.filter(item=ballot.item_id, mandate=mine.mandate_id).exists(),
        open=ballot.state == BallotState.OPEN,
        by_name=ballot.form in BY_NAME,
        present=here(mine),
    )


def here(mine: Attendance) -> bool:
    return mine.presence == Presence.PRESENT
