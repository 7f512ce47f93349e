"""What of meetings and decisions waits for somebody; five queries, whatever they hold."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q

from kelisim.bodies.models import Body
from kelisim.meetings import rights
from kelisim.meetings.models import Addressee, Attendance, Item, Meeting, Minutes
from kelisim.meetings.states import AnswerState, ItemState, MeetingState, MinutesState, Presence

if TYPE_CHECKING:
    from kelisim.bodies.queries.powers import Powers
    from kelisim.people.models import Person

MOST = 50
AHEAD = (MeetingState.CONVENED, MeetingState.OPEN, MeetingState.ADJOURNED)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Points to answer, meetings to come to, items to list, minutes to sign, to publish."""

    answers: list[Addressee]
    seats: list[Attendance]
    proposed: list[Item]
    unsigned: list[Minutes]
    unpublished: list[Meeting]


def waiting(person: "Person", held: "Powers", on: date) -> Waiting:  # noqa: ARG001
    """Ask each only where a right of theirs reaches."""

    def reached(right: str) -> Q:
        return Q(body__in=Body.objects.filter(held.reached(right)))

    signs = held.reached(rights.PRESIDE) | held.reached(rights.MINUTE)
    return Waiting(
        answers=list(
            Addressee.objects.filter(
                reached(rights.ANSWER),
                state=AnswerState.WAITING,
                point__decision__published_at__isnull=False,
            )
            .select_related("body", "point__decision__item__meeting__body")
            .order_by("due_on", "pk")[:MOST]
        ),
        seats=list(
            Attendance.objects.filter(mandate__person=person, meeting__state__in=AHEAD)
            .exclude(presence=Presence.LEFT)
            .select_related("meeting__body")
            .order_by("meeting__starts_at", "pk")[:MOST]
        ),
        proposed=list(
            Item.objects.filter(
                state=ItemState.PROPOSED,
                meeting__state__in=[MeetingState.PLANNED, MeetingState.CONVENED],
                meeting__body__in=Body.objects.filter(held.reached(rights.PREPARE)),
            )
            .select_related("meeting", "mover__person")
            .order_by("meeting__starts_at", "pk")[:MOST]
        ),
        unsigned=list(
            Minutes.objects.filter(
                state=MinutesState.DRAFT,
                meeting__state=MeetingState.CLOSED,
                meeting__body__in=Body.objects.filter(signs),
            )
            .exclude(chair_signed_by=person)
            .exclude(secretary_signed_by=person)
            .select_related("meeting__body")
            .order_by("meeting__closed_at")[:MOST]
        ),
        unpublished=list(
            Meeting.objects.filter(reached(rights.PUBLISH), state=MeetingState.MINUTED)
            .select_related("body")
            .order_by("closed_at")[:MOST]
        ),
    )
