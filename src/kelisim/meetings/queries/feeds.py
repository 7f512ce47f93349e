"""Meetings for calendars: of a body, of a person; two queries each."""

from typing import TYPE_CHECKING

from kelisim.bodies.models import Body
from kelisim.meetings.models import Meeting
from kelisim.meetings.states import ANNOUNCED

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from kelisim.people.models import Person

MOST = 200


def of_body(body: Body) -> list[Meeting]:
    """The last of a body's meetings that were announced, newest first."""
    return list(announced().filter(body=body)[:MOST])


def of_person(person: "Person") -> list[Meeting]:
    """The last meetings to which somebody was invited."""
    return list(announced().filter(attendances__mandate__person=person).distinct()[:MOST])


def announced() -> "QuerySet[Meeting]":
    return (
        Meeting.objects.filter(state__in=ANNOUNCED, convened_at__isnull=False)
        .select_related("body")
        .order_by("-starts_at", "-pk")
    )
