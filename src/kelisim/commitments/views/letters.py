"""The letters that a person was sent, on their desk; nobody else's."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from kelisim.commitments.queries.digest import letters
from kelisim.commitments.views.access import PersonRequest, signed_in
from kelisim.meetings.views.access import page_asked

PAGE = 30
PLACE = {"section": "desk", "place": "letters"}


@require_safe
@signed_in
def everything(request: PersonRequest) -> HttpResponse:
    """All of them, the latest first."""
    rows = letters(request.user).defer("text")
    page = Paginator(rows, PAGE).get_page(page_asked(request))
    return TemplateResponse(request, "commitments/desk/letters.html", {**PLACE, "page": page})


@require_safe
@signed_in
def one(request: PersonRequest, pk: int) -> HttpResponse:
    """One of them, word for word."""
    letter = get_object_or_404(letters(request.user), pk=pk)
    return TemplateResponse(request, "commitments/desk/letter.html", {**PLACE, "letter": letter})
