"""The ledger for programs: everything that is hashed, so that anybody can compute it again."""

from typing import Any

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from kelisim.ledger import chain, queries
from kelisim.ledger.models import Entry
from kelisim.pages.api import MOST, page

router = Router()

CODE = r"^[a-z0-9_.]*$"
REFERENCE = r"^[A-Za-z0-9_.:/-]*$"


class Asked(Schema):
    """Entries after a number; of an act, of a kind of subject, or of one subject."""

    after: int = Field(0, ge=0, le=2**63 - 1)
    limit: int = Field(50, ge=1, le=MOST)
    act: str = Field("", max_length=80, pattern=CODE)
    kind: str = Field("", max_length=80, pattern=CODE)
    ref: str = Field("", max_length=64, pattern=REFERENCE)


class EntryOut(Schema):
    """An official act. The canonical form that is hashed is documented with the source."""

    number: int
    at: str
    act: str
    subject: tuple[str, str]
    mandate: tuple[str, str]
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    actor: str
    because: str
    previous: str
    hash: str


class EntryPage(Schema):
    items: list[EntryOut]
    next: str | None


class CheckpointOut(Schema):
    """Where the chain stands: keep it, and later tell whether anything before it was changed."""

    format: str
    number: int
    hash: str
    at: str | None


def as_json(entry: Entry) -> dict[str, Any]:
    return {
        "number": entry.number,
        "at": chain.moment(entry.at),
        "act": entry.act,
        "subject": (entry.subject_kind, entry.subject_ref),
        "mandate": (entry.mandate_key, entry.mandate_words),
        "before": entry.before,
        "after": entry.after,
        "actor": entry.actor,
        "because": entry.because,
        "previous": entry.previous,
        "hash": entry.hash,
    }


@router.get("/ledger/entries", response=EntryPage, summary="Official acts, oldest first")
def entries(request: HttpRequest, asked: Query[Asked]) -> dict[str, Any]:
    """Page by page: give `next` back as `after`."""
    found = queries.entries(act=asked.act, kind=asked.kind, ref=asked.ref)
    rows = found.filter(number__gt=asked.after).order_by("number")[: asked.limit + 1]
    part = page(rows, limit=asked.limit, key=lambda row: row.number)
    return {**part, "items": [as_json(entry) for entry in part["items"]]}


@router.get("/ledger/checkpoint", response=CheckpointOut, summary="Where the chain stands now")
def checkpoint(request: HttpRequest) -> dict[str, str | int | None]:
    """The same as the file on the ledger's page."""
    return queries.checkpoint().as_json()
