"""The board of the hall: what is discussed, who speaks, how a vote stands; readable from afar."""

from datetime import datetime
from hashlib import sha256

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import get_language

from kelisim.meetings.queries import board as queries

SECONDS = 1
# In each process's own memory: a cache in the database would write once a second beside the votes.
kept = caches["rendered"]


def fragment(pk: int, at: datetime) -> str:
    """The board's changing part. However many watch, it is drawn once a second in a language."""
    key = f"meetings.board.{pk}.{get_language()}"
    drawn: str | None = kept.get(key)
    if drawn is None:
        shown = queries.board(pk, at=at)
        drawn = render_to_string("meetings/board_state.html", {"board": shown}) if shown else ""
        kept.set(key, drawn, SECONDS)
    return drawn


def board(request: HttpRequest, pk: int) -> HttpResponse:
    """While the meeting sits; before and after it, its own page tells.

    A screen that shows already what is to be shown is told so in a few bytes.
    """
    drawn = fragment(pk, timezone.now())
    part = request.GET.get("part") == "state"
    if not drawn:
        return (
            HttpResponse(headers={"HX-Refresh": "true"})
            if part
            else redirect("meetings:meeting", pk)
        )
    digest = sha256(drawn.encode()).hexdigest()[:16]
    if part and request.GET.get("seen") == digest:
        return HttpResponse(status=204)
    return TemplateResponse(
        request,
        "meetings/board_part.html" if part else "meetings/board.html",
        {"drawn": drawn, "number": pk, "digest": digest},
        headers={"Cache-Control": "no-cache"},
    )


def pulse(request: HttpRequest, pk: int, seen: str) -> HttpResponse:  # noqa: ARG001
    """Has another vote come since `seen`: what every waiting device asks again and again.

    One word for all, read once a second: four hundred who wait cost the database as one does.
    """
    key = f"meetings.mark.{pk}"
    mark: str | None = kept.get(key)
    if mark is None:
        mark = queries.mark(queries.shown(pk))
        kept.set(key, mark, SECONDS)
    answer = HttpResponse(status=204, headers={"Cache-Control": "no-store"})
    if seen != mark:
        answer["HX-Trigger"] = "moved"
    return answer
