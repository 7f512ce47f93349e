"""Who is written to about a meeting."""

from datetime import date

from django.db.models import QuerySet

from kelisim.bodies.models import Mandate
from kelisim.bodies.queries.powers import acting
from kelisim.bodies.rights import RIGHTS
from kelisim.meetings.models import Addressee, Attendance, Meeting
from kelisim.meetings.rights import ANSWER
from kelisim.people.models import Person


def invited(meeting: Meeting) -> QuerySet[Attendance]:
    """The seats at a meeting whose holders have an account and may sign in."""
    return (
        Attendance.objects.filter(meeting=meeting, mandate__person__is_active=True)
        .select_related("mandate__person", "mandate__seat")
        .order_by("pk")
    )


def addressed_people(meeting: Meeting, on: date) -> list[tuple[Person, list[Addressee]]]:
    """Whoever may answer for a body, with the points that await its answer; two queries."""
    rows = list(
        Addressee.objects.filter(point__decision__item__meeting=meeting)
        .select_related("body", "point__decision")
        .order_by("point__decision", "point__number")
    )
    by_body: dict[int, list[Addressee]] = {}
    for row in rows:
        by_body.setdefault(row.body_id, []).append(row)
    posts = RIGHTS[ANSWER].posts
    mandates = (
        acting(Mandate.objects.filter(seat__body__in=by_body, person__is_active=True), on)
        .select_related("person", "seat__body__kind")
        .order_by("pk")
    )
    return [
        (mandate.person, by_body[mandate.seat.body_id])
        for mandate in mandates
        if mandate.person and (mandate.seat.body.nature, mandate.seat.role) in posts
    ]
