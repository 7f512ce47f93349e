"""Search for programs."""

from typing import Any, Literal

from django.http import HttpRequest
from django.utils.translation import gettext_noop
from ninja import Field, Query, Router, Schema

from kelisim.pages.api import MOST
from kelisim.search import queries

router = Router()


class Asked(Schema):
    """Words to find, and the language to answer in."""

    q: str = Field(min_length=1, max_length=200)
    language: Literal["kk", "ru", "en"] = "kk"
    kind: str = Field("", max_length=40)
    after: str = Field("", max_length=30)
    limit: int = Field(20, ge=1, le=MOST)


class HitOut(Schema):
    kind: str
    reference: str
    language: str
    label: str
    title: str
    address: str
    text: str


class HitPage(Schema):
    items: list[HitOut]
    next: str | None
    hint: str


@router.get("/search", response=HitPage, summary=gettext_noop("Find by words, in any language"))
def search(request: HttpRequest, asked: Query[Asked]) -> dict[str, Any]:
    found = queries.find(
        asked.q,
        language=asked.language,
        kinds=[asked.kind] if asked.kind else [],
        after=asked.after,
        limit=asked.limit,
    )
    return {
        "items": [
            {
                "kind": hit.kind,
                "reference": hit.reference,
                "language": hit.language,
                "label": hit.label,
                "title": hit.title,
                "address": f"/{asked.language}/{hit.path}",
                "text": "".join(text for text, _asked in hit.pieces),
            }
            for hit in found.hits
        ],
        "next": found.next,
        "hint": found.hint,
    }
