"""What the hall's board and a member's voting page show."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from kelisim.meetings.models import Attendance, Ballot, Meeting, Recusal, Voice
from kelisim.meetings.queries import office
from kelisim.meetings.queries.office import Hall
from kelisim.meetings.queries.public import roll
from kelisim.meetings.queries.sitting import OPEN_BALLOTS
from kelisim.meetings.states import BY_NAME, BallotState, MeetingState, Presence

SITTING = (MeetingState.OPEN, MeetingState.ADJOURNED)


@dataclass(frozen=True, slots=True)
class Board:
    """The hall as everybody sees it; `until` is when the speaker's time ends.

    While a vote is open only how many have voted is shown, never how: nobody is led. `last` is the
    last vote that was closed, `voices` who gave which voice in it, where it was taken by name.
    """

    meeting: Meeting
    hall: Hall
    until: datetime | None
    left: int
    last: Ballot | None
    voices: list[Voice]

    @property
    def clock(self) -> str:
        """What is left of the speaker's time: «2:05»."""
        return f"{self.left // 60}:{self.left % 60:02}"


def board(pk: int, *, at: datetime) -> Board | None:
    """The board of a meeting that sits, None for any other; eight queries, however many sit."""
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
    last = max(closed, key=closing, default=None)
    return Board(
        meeting=meeting,
        hall=hall,
        until=until,
        left=max(0, round((until - at).total_seconds())) if until else 0,
        last=last,
        # Nobody reads the roll of the last vote while another is open or somebody speaks.
        voices=roll(last) if last and not hall.ballot and not speech else [],
    )


def closing(ballot: Ballot) -> tuple[datetime, int]:
    """The order in which votes were closed."""
    return ballot.closed_at or ballot.opened_at, ballot.pk


def shown(meeting_id: int) -> Ballot | None:
    """The vote that is open, or else the last that was closed; at most two queries."""
    ballots = Ballot.objects.filter(item__meeting__pk=meeting_id).select_related("item", "motion")
    return (
        ballots.filter(state__in=OPEN_BALLOTS).order_by("pk").first()
        or ballots.filter(state=BallotState.CLOSED).order_by("-closed_at", "-pk").first()
    )


def mark(ballot: Ballot | None) -> str:
    """A word that changes when another vote is to be shown, or the same in another state.

    It tells nothing of anybody, so that all who wait can be told the same one.
    """
    return f"{ballot.pk}-{ballot.state}" if ballot else "none"


def seat(key: str) -> Attendance | None:
    """The seat whose secret link this is; one query."""
    return (
        Attendance.objects.filter(key=key)
        .select_related("meeting__body", "mandate__seat", "mandate__person", "mandate__represents")
        .order_by("pk")
        .first()
    )


@dataclass(frozen=True, slots=True)
class Voting:
    """What a member can vote on now: the open vote, or the last closed one, and their own voice.

    `mark` is the meeting's when this was read: while it stays, nothing new is to be shown.
    """

    ballot: Ballot | None
    voice: Voice | None
    present: bool
    mark: str
    recused: bool = False
    open: bool = False
    by_name: bool = False

    @property
    def asks(self) -> bool:
        """Whether a press is still waited for."""
        return self.open and self.by_name and self.present and not self.recused and not self.voice


def voting(mine: Attendance) -> Voting:
    """At most four queries, however many sit."""
    ballot = shown(mine.meeting_id)
    if ballot is None:
        return Voting(None, None, present=here(mine), mark=mark(ballot))
    return Voting(
        ballot,
        Voice.objects.filter(ballot=ballot, mandate=mine.mandate_id).order_by("pk").first(),
        recused=Recusal.objects.filter(item=ballot.item_id, mandate=mine.mandate_id).exists(),
        open=ballot.state == BallotState.OPEN,
        by_name=ballot.form in BY_NAME,
        present=here(mine),
        mark=mark(ballot),
    )


def here(mine: Attendance) -> bool:
    return mine.presence == Presence.PRESENT
