"""Yearly plans and reports are handed in; whoever has not is reminded, once."""

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.timezone import localtime

from kelisim.bodies import rights
from kelisim.bodies.actions import record as records
from kelisim.bodies.models import Association, Reminder, Yearly
from kelisim.bodies.queries.powers import powers_at
from kelisim.bodies.rules import register as rules
from kelisim.bodies.states import YearlyKind
from kelisim.ledger.actions import record
from kelisim.refusals import require

if TYPE_CHECKING:
    from kelisim.people.models import Person


@transaction.atomic
def hand_in(
    body_id: int,
    *,
    kind: YearlyKind,
    year: int,
    text: str = "",
    language: str = "kk",
    file_name: str = "",
    file: bytes = b"",
    by: "Person",
    at: datetime,
) -> Yearly:
    """Hand in a plan or a report, or replace it while its year is open."""
    association = records.locked(body_id)
    held = powers_at(by, at)
    there = Yearly.objects.filter(association=association, kind=kind, year=year).first()
    require(
        rules.may_hand_in(
            held,
            association,
            kind,
            year=year,
            on=localtime(at).date(),
            replaces=there is not None,
            text=text,
            size=len(file),
        )
    )
    digest = hashlib.sha256(file).hexdigest() if file else ""
    yearly, made = Yearly.objects.update_or_create(
        association=association,
        kind=kind,
        year=year,
        defaults={
            "text": text,
            "language": language,
            "file_name": file_name[:200] if file else "",
            "file": file,
            "sha256": digest,
            "handed_in_at": at,
            "handed_in_by": by,
        },
    )
    record(
        "bodies.handed_in" if made else "bodies.handed_in_again",
        subject=yearly,
        by=by,
        mandate=held.mandate(rights.HAND_IN, association.body),
        before=None if there is None else {"sha256": there.sha256},
        after={
            "record": association.body.slug,
            "kind": kind.value,
            "year": year,
            "sha256": digest,
        },
        at=at,
    )
    return yearly


def claim(
    association: Association,
    kind: YearlyKind,
    year: int,
    person: "Person | None",
    *,
    at: datetime,
) -> Reminder | None:
    """The right to write one reminder; None when somebody has it already. Not an official act."""
    try:
        with transaction.atomic():
            return Reminder.objects.create(
                association=association, kind=kind, year=year, person=person, claimed_at=at
            )
    except IntegrityError:
        return None


def sent(reminder: Reminder, *, at: datetime) -> None:
    """Note that the letter has gone out."""
    reminder.sent_at = at
    reminder.save(update_fields=["sent_at"])


def give_up(reminder: Reminder) -> None:
    """The letter could not be handed to the mail server: another may be written."""
    reminder.delete()
