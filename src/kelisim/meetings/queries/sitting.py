"""Who sits at a meeting, who is there, who may vote; each a fixed number of queries."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet

from kelisim.bodies.models import Body, Deputising, Mandate
from kelisim.bodies.queries.powers import acting
from kelisim.bodies.states import Role
from kelisim.calendar.queries import calendar
from kelisim.meetings.models import Attendance, Ballot, Item, Meeting, Recusal
from kelisim.meetings.states import BallotState, Presence
from kelisim.meetings.trees import counting
from kelisim.meetings.trees.procedure import Procedure

if TYPE_CHECKING:
    from kelisim.people.models import Person

OPEN_BALLOTS = (BallotState.OPEN, BallotState.ENTERED)


def members(body: Body, on: date) -> QuerySet[Mandate]:
    """Whoever holds a seat in a body on a day and is not suspended."""
    return acting(Mandate.objects.filter(seat__body=body), on).select_related("seat", "person")


def votes(mandate: Mandate, procedure: Procedure) -> bool:
    """Whether a mandate has a voice by its seat and by the rules of procedure."""
    return mandate.seat.votes and Role(mandate.seat.role) in procedure.vote


@dataclass(frozen=True, slots=True)
class House:
    """Those with a voice: all, and those who are there; and how many make a quorum."""

    members: int
    present: int
    needed: int

    @property
    def quorate(self) -> bool:
        return self.present >= self.needed


def house(meeting: Meeting, procedure: Procedure, *, item: Item | None = None) -> House:
    """How the house stands; for an item, without those who stand aside. One or two queries."""
    rows = Attendance.objects.filter(meeting=meeting, votes=True)
    if item is not None:
        rows = rows.exclude(mandate__in=Recusal.objects.filter(item=item).values("mandate"))
    found = rows.aggregate(all=Count("pk"), here=Count("pk", filter=Q(presence=Presence.PRESENT)))
    of = found["all"]
    return House(of, found["here"], counting.quorum(of, procedure.quorum))


def earliest_day(procedure: Procedure, today: date) -> date:
    """The first day on which a meeting convened today keeps the notice period."""
    if not procedure.working_days:
        return today + timedelta(days=procedure.notice_days)
    return calendar(today).after(today, procedure.notice_days)


def latest_papers(procedure: Procedure, day: date) -> date:
    """The last day on which papers for a meeting on that day are sent in time."""
    if not procedure.working_days:
        return day - timedelta(days=procedure.papers_days)
    return calendar(day).before(day, procedure.papers_days)


def own_attendance(meeting: Meeting, by: "Person", on: date) -> Attendance | None:
    """The seat at a meeting for which somebody acts: their own, or one that they deputise for."""
    deputised = Deputising.objects.filter(deputy__person=by, since__lte=on, until__gt=on).values(
        "mandate"
    )
    rows = (
        Attendance.objects.filter(Q(mandate__person=by) | Q(mandate__in=deputised), meeting=meeting)
        .select_related("mandate__seat", "mandate__person", "meeting__body")
        .order_by("pk")
    )
    mine = list(rows)
    own = [row for row in mine if row.mandate.person_id == by.pk]
    return next(iter([*own, *mine]), None)


def acts_for(attendance: Attendance, by: "Person", on: date) -> bool:
    """Whether somebody holds this seat, or deputises in it; at most one query."""
    if attendance.mandate.person_id == by.pk:
        return True
    return Deputising.objects.filter(
        mandate=attendance.mandate_id, deputy__person=by, since__lte=on, until__gt=on
    ).exists()


def open_ballots(meeting: Meeting) -> int:
    return Ballot.objects.filter(item__meeting=meeting, state__in=OPEN_BALLOTS).count()
