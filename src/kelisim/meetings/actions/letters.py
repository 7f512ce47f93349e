"""Letters are claimed before they are written, and marked when they are sent."""

from datetime import datetime

from django.db import transaction

from kelisim.meetings.models import Letter, LetterKind, Meeting
from kelisim.people.models import Person


@transaction.atomic
def claim(meeting: Meeting, person: Person, kind: LetterKind, about: str = "") -> Letter | None:
    """The letter, if it has not been sent; None when it has. Not an official act."""
    letter, _made = Letter.objects.select_for_update().get_or_create(
        meeting=meeting, person=person, kind=kind, about=about
    )
    return None if letter.sent_at else letter


def sent(letter: Letter, *, at: datetime) -> None:
    """Note that it has gone out."""
    letter.sent_at = at
    letter.save(update_fields=["sent_at"])
