"""Letters about meetings: each is written once, in its reader's language.

A task that was cut off is run again; whoever has their letter already is not written to twice.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.tasks import task
from django.template.loader import render_to_string
from django.utils import timezone, translation

from kelisim.bodies.models import Body
from kelisim.meetings.actions import letters
from kelisim.meetings.exports import papers as contexts
from kelisim.meetings.exports.invitations import attached
from kelisim.meetings.models import Decision, LetterKind, Meeting
from kelisim.meetings.queries import papers
from kelisim.meetings.queries.letters import addressed_people, invited
from kelisim.papers.actions.files import keep
from kelisim.papers.actions.journal import attach
from kelisim.papers.exports import docx, pdf
from kelisim.papers.models import Document
from kelisim.papers.states import PaperKind
from kelisim.papers.trees.contexts import Context
from kelisim.people.models import Person

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TYPES = {"docx": DOCX, "pdf": "application/pdf"}


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


@task
def make_papers(document_id: int) -> None:
    """Make a registered paper in Kazakh and Russian, as DOCX and PDF, and put it to its number.

    What is there already is not made again.
    """
    document = Document.objects.select_related("registered_by", "body").get(pk=document_id)
    there = set(document.attached.values_list("name", flat=True))
    for language in ("kk", "ru"):
        for ending, name, content in made(document, language, there):
            file = keep(name=name, content=content, media_type=TYPES[ending], at=timezone.now())
            attach(
                document.pk,
                file=file,
                name=name,
                language=language,
                by=document.registered_by,
                at=timezone.now(),
            )


def made(document: Document, language: str, there: set[str]) -> Iterator[tuple[str, str, bytes]]:
    """The files of a paper in a language that are not there yet: ending, name, content."""
    context: Context | None = None
    kind = PaperKind(document.kind)
    for ending in TYPES:
        name = f"{document.kind}-{document.printed.replace('/', '_')}.{language}.{ending}"
        if name in there:
            continue
        context = context or says(document, language)
        if ending == "pdf":
            yield ending, name, pdf.render(kind, language, context)
        else:
            yield ending, name, docx.render(kind, language, context, body_id=document.body_id)


def says(document: Document, language: str) -> Context:
    """What a paper of this room says."""
    ref, _sign, to = document.about_ref.partition("/")
    if document.kind == PaperKind.MINUTES:
        meeting = papers.meeting(int(ref))
        if meeting is None:
            raise Meeting.DoesNotExist(ref)
        return contexts.minutes(meeting, language, number=document.printed)
    decision = papers.decision(int(ref))
    if decision is None:
        raise Decision.DoesNotExist(ref)
    if document.kind == PaperKind.COVERING:
        body = Body.objects.get(pk=int(to))
        return contexts.covering(decision, body, language, number=document.printed)
    return contexts.decision(decision, language, number=document.printed)
