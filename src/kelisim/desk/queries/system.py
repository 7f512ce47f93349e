"""What waits for administrators of the system."""

from django.urls import reverse
from django.utils.translation import gettext as _

from kelisim.desk.queries.items import Item
from kelisim.jobs import queries as jobs
from kelisim.people.models import Person
from kelisim.people.states import PersonState


def erasures() -> list[Item]:
    """People who asked to be forgotten."""
    leaving = Person.objects.filter(state=PersonState.LEAVING).order_by("erasure_asked_at")
    return [
        Item(
            since=person.erasure_asked_at,
            matter=_("Request for erasure"),
            title={},
            detail="",
            of=str(person),
            act=_("Decide"),
            address=reverse("people:person", args=[person.pk]),
            state="risk",
        )
        for person in leaving
    ]


def failures() -> list[Item]:
    """Jobs that failed for good; the command line runs them again."""
    return [
        Item(
            since=failed.at,
            matter=_("A job failed"),
            title={},
            detail=f"{failed.name}: {failed.because}",
            of="",
            state="overdue",
        )
        for failed in jobs.failed()
    ]
