"""Meetings and decisions as everybody sees them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from kelisim.bodies.models import Body
from kelisim.meetings.models import (
    Addressee,
    Answer,
    Ballot,
    Decision,
    Item,
    ItemPaper,
    Meeting,
    Point,
    Voice,
)
from kelisim.meetings.states import (
    ANNOUNCED,
    BY_NAME,
    AnswerState,
    BallotState,
    ItemState,
    MeetingState,
)

PAGE = 30


def announced(*, body: str = "") -> QuerySet[Meeting]:
    """Meetings that are public: from their convening on."""
    found = Meeting.objects.filter(state__in=ANNOUNCED, convened_at__isnull=False)
    found = found.select_related("body")
    return found.filter(body__slug=body) if body else found


def coming(at: datetime, *, body: str = "", most: int = 20) -> list[Meeting]:
    """What is still to come or sits now, soonest first."""
    open_now = Q(state__in=[MeetingState.OPEN, MeetingState.ADJOURNED])
    found = announced(body=body).filter(open_now | Q(state="convened", starts_at__gte=at))
    return list(found.order_by("starts_at", "pk")[:most])


def held(*, body: str = "", before: tuple[datetime, int] | None = None) -> list[Meeting]:
    """Meetings that took place or were cancelled, newest first; one more than a page."""
    found = announced(body=body).exclude(state__in=[MeetingState.CONVENED, MeetingState.OPEN])
    if before:
        moment, pk = before
        found = found.filter(Q(starts_at__lt=moment) | Q(starts_at=moment, pk__lt=pk))
    found = found.annotate(decided=Count("items__decision"))
    return list(found.order_by("-starts_at", "-pk")[: PAGE + 1])


@dataclass(frozen=True, slots=True)
class MeetingPage:
    """A meeting in public: agenda always, votes and decisions once they are published."""

    meeting: Meeting
    items: list[Item]
    present: int
    invited: int
    published: bool


def meeting(pk: int) -> MeetingPage | None:
    """Six queries at most."""
    found = announced().filter(pk=pk).select_related("body__kind", "minutes").first()
    if found is None:
        return None
    published = found.state == MeetingState.PUBLISHED
    items = (
        Item.objects.filter(meeting=found)
        .exclude(state__in=[ItemState.PROPOSED, ItemState.DECLINED])
        .select_related("mover__represents", "mover__seat")
        .prefetch_related(
            "provisions__version__charter",
            Prefetch(
                "papers",
                ItemPaper.objects.filter(public=True).select_related("file").defer("file__content"),
            ),
        )
        .order_by("position", "pk")
    )
    if published:
        items = items.select_related("decision").prefetch_related(
            "passages",
            Prefetch(
                "ballots",
                Ballot.objects.filter(state=BallotState.CLOSED).select_related("motion"),
            ),
        )
    counts = found.attendances.aggregate(
        all=Count("pk"), here=Count("pk", filter=Q(came_at__isnull=False))
    )
    return MeetingPage(found, list(items), counts["here"], counts["all"], published)


def roll(ballot: Ballot) -> list[Voice]:
    """Who voted how in an open vote; one query."""
    if ballot.form not in BY_NAME:
        return []
    return list(
        Voice.objects.filter(ballot=ballot)
        .select_related("mandate__person", "mandate__represents", "mandate__seat")
        .order_by("choice", "mandate__seat__order", "mandate__pk")
    )


def decisions(*, body: str = "", year: int | None = None) -> QuerySet[Decision]:
    """Published decisions with how many answers they wait for, newest first."""
    found = Decision.objects.filter(published_at__isnull=False).select_related(
        "item__meeting__body"
    )
    if body:
        found = found.filter(item__meeting__body__slug=body)
    if year:
        found = found.filter(day__year=year)
    waiting = Q(points__addressees__state=AnswerState.WAITING)
    return found.annotate(
        asked=Count("points__addressees"), waiting=Count("points__addressees", filter=waiting)
    ).order_by("-day", "-pk")


def decision(pk: int) -> Decision | None:
    """A published decision with its points, addressees and their answers; six queries."""
    answers = Answer.objects.prefetch_related("files").order_by("-at", "-pk")
    addressees = (
        Addressee.objects.select_related("body")
        .prefetch_related(Prefetch("answers", answers))
        .order_by("body__order_kk", "pk")
    )
    points = Point.objects.select_related("executor").prefetch_related(
        Prefetch("addressees", addressees)
    )
    return (
        Decision.objects.filter(pk=pk, published_at__isnull=False)
        .select_related("item__meeting__body", "ballot")
        .prefetch_related(
            Prefetch("points", points.order_by("number")),
            "item__provisions__version__charter",
        )
        .first()
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """How a body stands with the points that are addressed to it."""

    body: Body
    asked: int
    answered: int
    waiting: int
    overdue: int


def standings(on: date) -> list[Standing]:
    """Every body that has been addressed, those with overdue answers first; two queries."""
    overdue = Q(state=AnswerState.WAITING, due_on__lt=on)
    rows: Any = list(
        Addressee.objects.filter(point__decision__published_at__isnull=False)
        .values("body")
        .annotate(
            asked=Count("pk"),
            waiting=Count("pk", filter=Q(state=AnswerState.WAITING)),
            overdue=Count("pk", filter=overdue),
        )
        .order_by("-overdue", "-waiting", "body__order_kk")
    )
    bodies = Body.objects.in_bulk([row["body"] for row in rows])
    return [
        Standing(
            bodies[row["body"]],
            row["asked"],
            row["asked"] - row["waiting"],
            row["waiting"],
            row["overdue"],
        )
        for row in rows
    ]


def addressed(*, body: str = "", state: str = "", on: date) -> QuerySet[Addressee]:
    """Points addressed to bodies, by the day on which an answer is due."""
    found = Addressee.objects.filter(point__decision__published_at__isnull=False).select_related(
        "body", "point__decision__item__meeting__body"
    )
    if body:
        found = found.filter(body__slug=body)
    if state == "overdue":
        found = found.filter(state=AnswerState.WAITING, due_on__lt=on)
    elif state == "waiting":
        found = found.filter(state=AnswerState.WAITING, due_on__gte=on)
    elif state == "answered":
        found = found.exclude(state=AnswerState.WAITING)
    return found.order_by("due_on", "pk")
