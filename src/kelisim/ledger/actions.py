"""Append to the ledger; destroy a reason when its erasure is due."""

import secrets
from datetime import UTC, datetime
from typing import Any, Protocol

from django.db import connection, models, transaction

from kelisim.ledger import chain
from kelisim.ledger.mandates import Mandate
from kelisim.ledger.models import Entry, Head, Sealed


class Actor(Protocol):
    """Whoever acts. The ledger knows a person only as somebody who holds a key."""

    @property
    def pk(self) -> Any: ...

    @property
    def ledger_key(self) -> bytes | memoryview: ...


def record(
    act: str,
    *,
    subject: models.Model,
    by: Actor | None,
    mandate: Mandate,
    because: str = "",
    before: chain.Facts | None = None,
    after: chain.Facts | None = None,
    at: datetime,
) -> Entry:
    """Append one official act, in the transaction of that act.

    `by` is None for the system itself. `before` and `after` are small and never personal. Lock
    what the act changes before calling: from here to the end of the transaction nobody else can
    record, so whoever locked in the other order could wait for us while we wait for them.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(
            "An act and its ledger entry belong in one transaction."
        )
    head, _made = Head.objects.select_for_update().get_or_create(
        pk=1, defaults={"number": 0, "hash": chain.GENESIS}
    )
    number = head.number + 1
    key = secrets.token_bytes(32)
    entry = Entry(
        number=number,
        at=at.astimezone(UTC),
        act=act,
        subject_kind=subject._meta.label_lower,  # noqa: SLF001  (Django's public name for it)
        subject_ref=str(subject.pk),
        mandate_key=mandate.key,
        mandate_words=mandate.words,
        before=dict(before) if before is not None else None,
        after=dict(after) if after is not None else None,
        actor=signed(by, number),
        because=chain.reason_commitment(key, number, because) if because else "",
        previous=head.hash,
    )
    entry.hash = chain.digest(entry)
    entry.save(force_insert=True)
    if because:
        Sealed.objects.create(entry=entry, key=key, text=because)
    head.number, head.hash = number, entry.hash
    head.save(update_fields=["number", "hash"])
    return entry


def signed(by: Actor | None, number: int) -> str:
    """The commitment to whoever acts. Somebody whose key was destroyed can no longer act."""
    if by is None:
        return ""
    key = bytes(by.ledger_key)
    if len(key) != 32:  # noqa: PLR2004
        raise ValueError("Who acts officially holds a ledger key of 32 bytes.")
    return chain.actor_commitment(key, number, by.pk)


@transaction.atomic
def destroy_reason(
    number: int, *, by: Actor | None, mandate: Mandate, at: datetime
) -> Entry | None:
    """Forget why an act was done: its words and their key. That it was forgotten is recorded.

    Gives None when there was no reason to destroy, so that repeating it does no harm.
    """
    sealed = Sealed.objects.select_for_update().filter(pk=number).first()
    if sealed is None:
        return None
    sealed.delete()
    entry = Entry.objects.get(pk=number)
    return record("ledger.reason_destroyed", subject=entry, by=by, mandate=mandate, at=at)
