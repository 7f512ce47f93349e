"""The letter of a day is claimed with its text before it is sent: nobody gets a day's letter twice.

It is no official act. What was claimed and not sent, because the machine stopped in between, stays
readable on the desk.
"""

from datetime import date, datetime

from django.db import transaction

from kelisim.commitments.models import Digest
from kelisim.people.models import Person


@transaction.atomic
def claim(person: Person, day: date, text: str) -> Digest | None:
    """The letter, if nobody has claimed it before."""
    digest, made = Digest.objects.get_or_create(person=person, day=day, defaults={"text": text})
    return digest if made else None


def sent(digest: Digest, *, at: datetime) -> None:
    """Note that it has gone out."""
    digest.sent_at = at
    digest.save(update_fields=["sent_at"])


def give_up(digest: Digest) -> None:
    """The mail server refused it: it may be written anew, and the next one tells what it told."""
    digest.delete()
