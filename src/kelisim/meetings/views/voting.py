"""Voting from one's own device: by the link in the invitation, or signed in; one press."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from kelisim.meetings.actions import voting
from kelisim.meetings.models import Attendance, Ballot
from kelisim.meetings.queries import board as queries
from kelisim.meetings.states import Choice
from kelisim.meetings.views.access import PersonRequest, seen, signed_in
from kelisim.pages.sentences import sentences
from kelisim.people.models import Person
from kelisim.refusals import Refused


def cast(request: HttpRequest, mine: Attendance, by: Person | None) -> list[str]:
    """Give the voice that was pressed; what to say when it was not counted."""
    said = request.POST.get("ballot", "")
    number = int(said) if said.isascii() and said.isdecimal() and len(said) < 10 else 0  # noqa: PLR2004
    ballot = get_object_or_404(Ballot, pk=number, item__meeting=mine.meeting_id)
    choice = request.POST.get("choice", "")
    try:
        voting.cast(ballot.pk, attendance=mine, choice=choice, by=by, at=timezone.now())
    except Refused as refused:
        return sentences(refused)
    return []


def page(request: HttpRequest, mine: Attendance, refused: list[str]) -> HttpResponse:
    """The vote that is open, or the last one, with what was given."""
    state = queries.voting(mine)
    part = request.GET.get("part") == "state"
    answer = TemplateResponse(
        request,
        "meetings/vote_state.html" if part else "meetings/vote.html",
        {
            "mine": mine,
            "meeting": mine.meeting,
            "state": state,
            "choices": [
                (Choice.FOR, _("For")),
                (Choice.AGAINST, _("Against")),
                (Choice.ABSTAIN, _("Abstain")),
            ],
            "refused": refused,
            "here": request.path,
        },
        status=422 if refused else 200,
    )
    # The address is a secret: no other page is told where its visitor came from.
    answer["Referrer-Policy"] = "strict-origin"
    return answer


@never_cache
def vote(request: HttpRequest, key: str) -> HttpResponse:
    """By one's own secret link: possession of it is the proof, for this meeting alone."""
    mine = queries.seat(key)
    if mine is None:
        raise Http404
    refused = cast(request, mine, None) if request.method == "POST" else []
    if request.method == "POST" and not refused:
        return redirect("meetings:vote", key)
    return page(request, mine, refused)


@signed_in
def signed(request: PersonRequest, pk: int) -> HttpResponse:
    """The same for a member who is signed in."""
    _meeting, mine = seen(request, pk)
    if mine is None:
        raise PermissionDenied
    refused = cast(request, mine, request.user) if request.method == "POST" else []
    if request.method == "POST" and not refused:
        return redirect("meetings:vote-signed", pk)
    return page(request, mine, refused)
