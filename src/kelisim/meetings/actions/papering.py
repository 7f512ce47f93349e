"""Minutes and decisions get their numbers in the journal; their papers are made by the queue."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from kelisim.bodies.models import Body
from kelisim.bodies.queries.powers import powers_at
from kelisim.ledger.actions import record
from kelisim.meetings import rights
from kelisim.meetings.actions.planning import locked
from kelisim.meetings.actions.posting import post
from kelisim.meetings.models import Decision, Minutes
from kelisim.meetings.rules import papering as rules
from kelisim.pages.languages import spoken
from kelisim.papers.actions import journal
from kelisim.papers.models import Document, FileIndex
from kelisim.papers.states import Direction, PaperKind
from kelisim.refusals import require

if TYPE_CHECKING:
    from kelisim.people.models import Person

MINUTES, DECISION = "meetings:minutes", "meetings:decision"


@transaction.atomic
def register_minutes(
    meeting_id: int, *, index: FileIndex | None = None, by: "Person", at: datetime
) -> Document:
    """Give signed minutes their number; the papers in Kazakh and Russian follow."""
    meeting = locked(meeting_id)
    held = powers_at(by, at)
    minutes = Minutes.objects.select_for_update(of=("self",)).filter(meeting=meeting).first()
    require(rules.may_register_minutes(held, meeting, minutes))
    document = journal.register(
        meeting.body_id,
        kind=PaperKind.MINUTES,
        direction=Direction.INTERNAL,
        title=meeting.title,
        index=index,
        about=(MINUTES, str(meeting.pk)),
        by=by,
        at=at,
    )
    Minutes.objects.filter(meeting=meeting).update(document=document)
    record(
        "meetings.minutes_registered",
        subject=meeting,
        by=by,
        mandate=held.mandate(rights.MINUTE, meeting.body),
        after={"number": document.printed},
        at=at,
    )
    post("make_papers", document.pk)
    return document


@transaction.atomic
def register_decision(
    decision_id: int, *, index: FileIndex | None = None, by: "Person", at: datetime
) -> Document:
    """Give a decision its number in the journal, and each body it is addressed to a letter."""
    meeting_id = Decision.objects.values_list("item__meeting_id", flat=True).get(pk=decision_id)
    meeting = locked(meeting_id)
    held = powers_at(by, at)
    decision = Decision.objects.select_for_update(of=("self",)).get(pk=decision_id)
    require(rules.may_register_decision(held, meeting, decision))
    document = journal.register(
        meeting.body_id,
        kind=PaperKind.DECISION,
        direction=Direction.INTERNAL,
        title=decision.title,
        index=index,
        day=decision.day,
        about=(DECISION, str(decision.pk)),
        by=by,
        at=at,
    )
    decision.document = document
    decision.save(update_fields=["document"])
    letters = []
    for body in Body.objects.filter(addressed__point__decision=decision).distinct().order_by("pk"):
        letter = journal.register(
            meeting.body_id,
            kind=PaperKind.COVERING,
            direction=Direction.OUTGOING,
            title=decision.title,
            index=index,
            correspondent=spoken(body.name, "kk").text,
            enclosures=f"№ {document.printed}",
            about=(DECISION, f"{decision.pk}/{body.pk}"),
            by=by,
            at=at,
        )
        letters.append(letter)
    record(
        "meetings.decision_registered",
        subject=decision,
        by=by,
        mandate=held.mandate(rights.MINUTE, meeting.body),
        after={"number": document.printed, "letters": len(letters)},
        at=at,
    )
    for each in (document, *letters):
        post("make_papers", each.pk)
    return document
