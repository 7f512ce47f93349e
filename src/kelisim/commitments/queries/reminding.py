"""Terms that wait for a report, what they were reminded of, and the meetings that may hear of it.

Each a fixed number of queries, however many terms there are.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from kelisim.bodies.models import Body, Deputising, Mandate, Seat
from kelisim.bodies.queries.powers import acting, served
from kelisim.bodies.rights import RIGHTS
from kelisim.bodies.states import Nature, Role
from kelisim.commitments import rights
from kelisim.commitments.models import Executor, Notice, Report, Stage
from kelisim.commitments.states import Control, ReportState, Rung, StageKind
from kelisim.meetings.models import Meeting
from kelisim.meetings.states import MeetingState

RUNNING = (Control.ON, Control.LEFT, Control.EXECUTED)
"""Under control, and the clock runs."""
HEADS = frozenset(
    {
        (Nature.STATE, Role.LEADER),
        (Nature.ASSOCIATION, Role.LEADER),
        (Nature.PARTNER, Role.LEADER),
        (Nature.COUNCIL, Role.CHAIR),
        (Nature.SECRETARIAT, Role.HEAD),
    }
)
"""The posts that answer for a body as a whole."""
COUNCILS = "council"
"""The kind of body that decides between an assembly's sessions."""
AHEAD = (MeetingState.PLANNED, MeetingState.CONVENED)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A term for which no report is there, and who executes it: the lead, and who else is asked."""

    stage: int
    due_on: date
    commitment: int
    body: int
    lead: int
    others: tuple[int, ...] = ()


def unreported(until: date) -> QuerySet[Stage]:
    """The terms to a day for which nothing was handed in; not those whose clock stands still."""
    return Stage.objects.filter(
        kind=StageKind.TERM,
        dropped=False,
        met_on=None,
        handed_on=None,
        due_on__lte=until,
        commitment__control__in=RUNNING,
    )


def waiting(until: date, on: date) -> list[Waiting]:
    """The same with their executors; who handed in their part is not asked again. Three queries.

    Co-executors matter only before the term: afterwards the lead answers alone.
    """
    terms = unreported(until)
    ahead = terms.filter(due_on__gte=on)
    given = set(
        Report.objects.filter(
            stage__in=ahead, state__in=[ReportState.SENT, ReportState.GATHERED]
        ).values_list("stage_id", "body_id")
    )
    beside: dict[int, list[int]] = {}
    for commitment, body in (
        Executor.objects.filter(commitment__stages__in=ahead, until=None)
        .exclude(body=F("commitment__lead"))
        .order_by("position", "pk")
        .values_list("commitment_id", "body_id")
        .distinct()
    ):
        beside.setdefault(commitment, []).append(body)
    return [
        Waiting(
            stage,
            due_on,
            commitment,
            body,
            lead,
            tuple(one for one in beside.get(commitment, ()) if (stage, one) not in given)
            if due_on >= on
            else (),
        )
        for stage, due_on, commitment, body, lead in terms.order_by("due_on", "pk").values_list(
            "pk", "due_on", "commitment_id", "commitment__body_id", "commitment__lead_id"
        )
    ]


def told(until: date) -> set[tuple[int, str, int, date, int]]:
    """Every notice that was given for these terms as they are now; one query."""
    rows = Notice.objects.filter(stage__in=unreported(until), due_on=F("stage__due_on"))
    return set(rows.values_list("stage_id", "rung", "days", "due_on", "body_id"))


def offices(bodies: Iterable[Body], on: date) -> Mapping[int, int]:
    """For each body the one whose secretariat answers for it: its own, or the nearest above.

    Where no secretariat has anybody, a body stands for itself. One query.
    """
    rows = acting(
        Mandate.objects.filter(seat__body__kind__nature=Nature.SECRETARIAT, person__is_active=True),
        on,
    ).select_related("seat__body__kind", "seat__body__parent__kind", "seat__body__parent__parent")
    staffed = {served(row.seat.body).pk for row in rows}
    return {
        body.pk: next(
            (
                above
                for above in reversed([int(one) for one in body.path.split("/") if one])
                if above in staffed
            ),
            body.pk,
        )
        for body in bodies
    }


def unheard(on: date) -> QuerySet[Notice]:
    """What reached the Council and lies before no meeting: none was planned, or it was cancelled.

    A term that was extended, reported or suspended meanwhile is not brought there.
    """
    return Notice.objects.filter(
        Q(item=None) | Q(item__meeting__state=MeetingState.CANCELLED),
        rung=Rung.COUNCIL,
        due_on=F("stage__due_on"),
        stage__in=unreported(on),
    )


def next_meetings(bodies: Iterable[int], at: datetime) -> dict[int, int]:
    """The next meeting of each body, or of the Council that acts for it; one query."""
    wanted = set(bodies)
    found: dict[int, int] = {}
    for pk, body, above in (
        Meeting.objects.filter(
            Q(body__in=wanted) | Q(body__parent__in=wanted, body__kind=COUNCILS),
            state__in=AHEAD,
            starts_at__gt=at,
        )
        .order_by("starts_at", "pk")
        .values_list("pk", "body_id", "body__parent_id")
    ):
        for one in {body, above} & wanted:
            if one is not None:
                found.setdefault(one, pk)
    return found


def head_posts(bodies: Iterable[int]) -> dict[int, Seat]:
    """The post that answers for each body, never who holds it; one query."""
    seats = Seat.objects.filter(
        body__in=bodies, role__in={role for _nature, role in HEADS}, closed_on=None
    ).select_related("body__kind")
    found: dict[int, Seat] = {}
    for seat in seats.order_by("order", "pk"):
        if (seat.body.nature, Role(seat.role)) in HEADS:
            found.setdefault(seat.body_id, seat)
    return found


def readers(on: date) -> list[int]:
    """Whoever holds a post that has anything to do with commitments, or deputises; one query."""
    posts = Q(pk__in=())
    for right in (rights.REPORT, rights.AGREE, rights.APPROVE, rights.CONTROL, rights.ISSUE):
        for nature, role in RIGHTS[right].posts:
            posts |= Q(seat__body__kind__nature=nature, seat__role=role)
    deputising = Deputising.objects.filter(deputy=OuterRef("pk"), since__lte=on, until__gt=on)
    rows = acting(Mandate.objects.filter(posts | Exists(deputising), person__is_active=True), on)
    return sorted({pk for pk in rows.values_list("person_id", flat=True) if pk})
