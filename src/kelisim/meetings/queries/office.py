"""A meeting as its office and its members see it; each page a fixed number of queries."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Count, Prefetch, Q, QuerySet

from kelisim.bodies.models import Body, Mandate
from kelisim.meetings.models import (
    Attendance,
    Ballot,
    Item,
    ItemPaper,
    Meeting,
    Motion,
    Recusal,
    Speech,
    Voice,
)
from kelisim.meetings.queries.sitting import OPEN_BALLOTS, House, house
from kelisim.meetings.states import ItemState, MotionState
from kelisim.meetings.trees.procedure import read

if TYPE_CHECKING:
    from kelisim.bodies.queries.powers import Powers
    from kelisim.people.models import Person

PAGE = 30


def meeting(pk: int) -> Meeting | None:
    """A meeting in any state, with its body; one query."""
    return (
        Meeting.objects.select_related(
            "body__kind",
            "body__unit__parent",
            "body__parent",
            "chair__person",
            "chair__seat",
            "secretary__person",
        )
        .filter(pk=pk)
        .first()
    )


def mine(person: "Person", held: "Powers", right: str) -> QuerySet[Meeting]:
    """The meetings that somebody prepares or is invited to, newest first."""
    bodies = Body.objects.filter(held.reached(right))
    return (
        Meeting.objects.filter(Q(body__in=bodies) | Q(attendances__mandate__person=person))
        .select_related("body")
        .annotate(points=Count("items", distinct=True))
        .distinct()
        .order_by("-starts_at", "-pk")
    )


def agenda(meeting: Meeting, *, proposed: bool) -> list[Item]:
    """The items in their order, with papers, provisions, votes and decision; six queries."""
    items = Item.objects.filter(meeting=meeting).order_by("position", "pk")
    if not proposed:
        items = items.exclude(state__in=[ItemState.PROPOSED, ItemState.DECLINED])
    return list(
        items.select_related("mover__person", "mover__represents", "decision").prefetch_related(
            Prefetch("papers", ItemPaper.objects.select_related("file").defer("file__content")),
            "provisions__version__charter",
            Prefetch("ballots", Ballot.objects.select_related("motion").order_by("opened_at")),
            Prefetch("motions", Motion.objects.select_related("mover__person")),
            Prefetch("recusals", Recusal.objects.select_related("mandate__person")),
        )
    )


def attendances(meeting: Meeting) -> list[Attendance]:
    """Everybody who is invited, by seat; one query."""
    return list(
        Attendance.objects.filter(meeting=meeting)
        .select_related("mandate__seat", "mandate__person", "mandate__represents")
        .order_by("mandate__seat__order", "mandate__seat__pk", "mandate__since", "pk")
    )


@dataclass(frozen=True, slots=True)
class Hall:
    """What is going on at a meeting now."""

    house: House
    attendances: list[Attendance]
    item: Item | None
    speaking: Speech | None
    waiting: list[Speech]
    motions: list[Motion]
    ballot: Ballot | None
    cast: int
    ballots: list[Ballot]


def hall(meeting: Meeting) -> Hall:
    """The state of a sitting: seven queries, however many sit."""
    item = Item.objects.filter(meeting=meeting, state=ItemState.HEARD).first()
    speeches = list(
        Speech.objects.filter(item=item, ended_at__isnull=True, withdrawn=False).select_related(
            "mandate__person", "mandate__seat", "guest"
        )
    )
    ballots = list(
        Ballot.objects.filter(item__meeting=meeting)
        .select_related("item", "motion", "count")
        .annotate(voices_given=Count("voices"))
        .order_by("-opened_at", "-pk")
    )
    ballot = next((each for each in ballots if each.state in OPEN_BALLOTS), None)
    return Hall(
        house=house(meeting, read(meeting.rules), item=item),
        attendances=attendances(meeting),
        item=item,
        speaking=next((each for each in speeches if each.called_at), None),
        waiting=[each for each in speeches if not each.called_at],
        motions=list(
            Motion.objects.filter(item=item).select_related("mover__person").order_by("moved_at")
        ),
        ballot=ballot,
        cast=getattr(ballot, "voices_given", 0) if ballot else 0,
        ballots=[each for each in ballots if each is not ballot],
    )


def open_motions(item: Item | None) -> list[Motion]:
    """What may still be put to the vote on an item."""
    return list(Motion.objects.filter(item=item, state=MotionState.MOVED)) if item else []


@dataclass(frozen=True, slots=True)
class Year:
    """A member's year: seats held, where they were, how they voted in the open, what they moved."""

    mandates: list[Mandate]
    attendances: list[Attendance]
    voices: list[Voice]
    motions: list[Motion]

    @property
    def attended(self) -> int:
        return sum(1 for row in self.attendances if row.came_at)


def year(person: "Person", number: int) -> Year:
    """What the record holds on somebody's year; five queries."""
    begins, ends = datetime(number, 1, 1).date(), datetime(number, 12, 31).date()  # noqa: DTZ001
    mandates = Mandate.objects.filter(
        Q(until__isnull=True) | Q(until__gt=begins), person=person, since__lte=ends
    )
    held = mandates.values("pk")
    sat = Q(meeting__starts_at__year=number, mandate__in=held)
    return Year(
        mandates=list(
            mandates.select_related("seat__body", "represents").prefetch_related("accounts")
        ),
        attendances=list(
            Attendance.objects.filter(sat, meeting__opened_at__isnull=False)
            .select_related("meeting__body")
            .order_by("meeting__starts_at")
        ),
        voices=list(
            Voice.objects.filter(
                mandate__in=held, ballot__state="closed", ballot__opened_at__year=number
            )
            .select_related("ballot__item__meeting__body", "ballot__motion")
            .order_by("ballot__opened_at")
        ),
        motions=list(
            Motion.objects.filter(mover__in=held, moved_at__year=number)
            .select_related("item__meeting__body")
            .order_by("moved_at")
        ),
    )
