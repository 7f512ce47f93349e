"""What stands in the ledger, for lists, pages and downloads."""

from collections.abc import Iterator
from typing import Any, Protocol

from django.db import connection, models

from kelisim.ledger import chain, guards
from kelisim.ledger.chain import Checkpoint
from kelisim.ledger.models import Entry, Sealed

CHUNK = 1000


class KeyHolder(Protocol):
    """A person, as the ledger knows one."""

    @property
    def pk(self) -> Any: ...

    @property
    def ledger_key(self) -> bytes | memoryview: ...


def entries(*, act: str = "", kind: str = "", ref: str = "") -> models.QuerySet[Entry]:
    """Entries of an act, of a kind of subject, or of one subject; the caller orders and cuts."""
    asked = {"act": act, "subject_kind": kind, "subject_ref": ref}
    return Entry.objects.filter(**{name: value for name, value in asked.items() if value})


def history(subject: models.Model) -> models.QuerySet[Entry]:
    """Every act about one thing, oldest first."""
    kind, ref = subject._meta.label_lower, str(subject.pk)  # noqa: SLF001
    return entries(kind=kind, ref=ref).order_by("number")


def acts() -> list[str]:
    """The codes of all acts that ever happened."""
    return list(Entry.objects.order_by("act").values_list("act", flat=True).distinct())


def kinds() -> list[str]:
    """The kinds of things that were ever acted upon."""
    found = Entry.objects.order_by("subject_kind").values_list("subject_kind", flat=True)
    return list(found.distinct())


def acts_of(person: KeyHolder) -> Iterator[Entry]:
    """The acts of one person, oldest first: only their own key can tell which these are.

    Every entry is tried, because no two commitments of one person are alike.
    """
    key = bytes(person.ledger_key)
    if not key:
        return
    for entry in Entry.objects.exclude(actor="").order_by("number").iterator(CHUNK):
        if entry.actor == chain.actor_commitment(key, entry.number, person.pk):
            yield entry


def reason(entry: Entry) -> str:
    """Why an act was done, for those who may know it; empty when never given or destroyed."""
    sealed = Sealed.objects.filter(pk=entry.pk).first()
    return sealed.text if sealed else ""


def checkpoint() -> Checkpoint:
    """Where the chain stands now."""
    last = Entry.objects.order_by("-number").first()
    if last is None:
        return Checkpoint(0, chain.GENESIS, None)
    return Checkpoint(last.number, last.hash, last.at)


def triggers_missing() -> list[str]:
    """The guards of the entry table that the database lacks."""
    return guards.missing(connection)
