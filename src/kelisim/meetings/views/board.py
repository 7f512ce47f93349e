"""The board of the hall: what is discussed, who speaks, how a vote stands; readable from afar."""

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.utils.translation import get_language

from kelisim.meetings.queries import board as queries

SECONDS = 1


def fragment(pk: int) -> str:
    """The board's changing part. However many watch, it is drawn once a second in a language."""
    language = get_language() or "kk"
    key = f"meetings.board.{pk}.{language}"
    drawn: str | None = cache.get(key)
    if drawn is None:
        shown = queries.board(pk)
        drawn = render_to_string("meetings/board_state.html", {"board": shown}) if shown else ""
        cache.set(key, drawn, SECONDS)
    return drawn


def board(request: HttpRequest, pk: int) -> HttpResponse:
    """While the meeting sits; before and after it, its own page tells."""
    drawn = fragment(pk)
    if not drawn:
        return redirect("meetings:meeting", pk)
    if request.GET.get("part") == "state":
        answer = HttpResponse(drawn)
        answer["Cache-Control"] = "no-store"
        return answer
    return TemplateResponse(request, "meetings/board.html", {"drawn": drawn, "number": pk})
