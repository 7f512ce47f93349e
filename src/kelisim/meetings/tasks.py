"""Letters about meetings: each is written once, in its reader's language.

A task that was cut off is run again; whoever has their letter already is not written to twice.
"""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.tasks import task
from django.template.loader import render_to_string
from django.utils import timezone, translation

from kelisim.meetings.actions import letters
from kelisim.meetings.exports.invitations import attached
from kelisim.meetings.models import LetterKind, Meeting
from kelisim.meetings.queries.letters import addressed_people, invited
from kelisim.people.models import Person


def write(
    meeting: Meeting,
    person: Person,
    kind: LetterKind,
    about: str,
    facts: Mapping[str, Any],
    *,
    calendar: bool = False,
) -> None:
    """Write one letter, unless it has gone out before."""
    letter = letters.claim(meeting, person, kind, about)
    if letter is None:
        return
    with translation.override(person.language):
        known = {"meeting": meeting, "person": person, "origin": settings.ORIGIN, **facts}
        subject = render_to_string(f"meetings/mail/{kind.value}_subject.txt", known)
        mail = EmailMessage(
            " ".join(subject.split()),
            render_to_string(f"meetings/mail/{kind.value}.txt", known),
            to=[person.email],
            headers={"Auto-Submitted": "auto-generated"},
        )
        if calendar:
            mail.attach("meeting.ics", attached(meeting, person.language), "text/calendar")
        mail.send()
    letters.sent(letter, at=timezone.now())


def found(meeting_id: int) -> Meeting:
    return Meeting.objects.select_related("body__kind").get(pk=meeting_id)


def to_members(meeting_id: int, kind: LetterKind, *, calendar: bool) -> None:
    meeting = found(meeting_id)
    for attendance in invited(meeting):
        if attendance.mandate.person:
            write(
                meeting,
                attendance.mandate.person,
                kind,
                str(meeting.sequence),
                {"attendance": attendance, "items": list(meeting.items.all())},
                calendar=calendar,
            )


@task
def send_invitations(meeting_id: int) -> None:
    """Invite the members, or tell them of another time; the calendar entry is attached."""
    to_members(meeting_id, LetterKind.INVITATION, calendar=True)


@task
def send_papers(meeting_id: int) -> None:
    """Tell the members that the papers are there."""
    to_members(meeting_id, LetterKind.PAPERS, calendar=False)


@task
def send_cancellation(meeting_id: int) -> None:
    """Tell the members that it will not take place, and why."""
    to_members(meeting_id, LetterKind.CANCELLATION, calendar=True)


@task
def send_points(meeting_id: int) -> None:
    """Tell those who answer for a body which points await its answer, and until when."""
    meeting = found(meeting_id)
    for person, addressed in addressed_people(meeting, timezone.localdate()):
        about = str(addressed[0].body_id)
        write(meeting, person, LetterKind.POINTS, about, {"addressed": addressed})
