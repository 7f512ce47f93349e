"""Acts on many commitments: seen first, then done whole."""

import secrets
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from kelisim.commitments import rights
from kelisim.commitments.actions import bulk
from kelisim.commitments.forms.bulk import Many
from kelisim.commitments.queries import table
from kelisim.commitments.views.access import PersonRequest, signed_in, tell, tongue, words
from kelisim.commitments.views.control import filtered, scoped
from kelisim.refusals import Refused

WORDS = {
    "opine": _("Executed: give the controller’s opinion"),
    "remove": _("Remove from control"),
    "leave": _("Accept, leave on control"),
    "extend": _("Grant the later term asked for"),
    "suspend": _("Suspend"),
    "resume": _("Take up again"),
    "transfer": _("Give to another executor"),
}
TRIED = "…"
"""Stands for a reason that is not written yet, so that the rest can be tried."""


@require_POST
@signed_in
def acts(request: PersonRequest) -> HttpResponse:
    """First what would happen to each; with its token and confirmed, it happens."""
    if not (request.held.may(rights.CONTROL) or request.held.may(rights.ISSUE)):
        raise PermissionDenied
    act = request.POST.get("act", "")
    if act not in bulk.ACTS:
        raise Http404(act)
    chosen, back = picked(request), request.POST.get("address", "")[:1000]
    where = reverse("commitments:control") + (f"?{back}" if back else "")
    if not chosen:
        messages.error(request, _("Choose at least one commitment."))
        return redirect(where)
    order = f"order_{tongue()}"
    bodies = list(table.choices(scoped(request))[1].order_by(order).only("pk", "name"))
    confirmed = "token" in request.POST
    form = Many(request.POST if confirmed else None, act=act, bodies=bodies)
    if confirmed and form.is_valid() and happened(request, act, chosen, form):
        return redirect(where)
    try:
        trials = bulk.tried(act, chosen, supposed(form), by=request.user, at=timezone.now())
    except Refused as refused:
        tell(request, refused)
        return redirect(where)
    will = [trial for trial in trials if not trial.refusals]
    return TemplateResponse(
        request,
        "commitments/desk/bulk.html",
        {
            "section": "desk",
            "place": "control",
            "act": act,
            "words": WORDS[act],
            "form": form,
            "will": will,
            "wont": [
                (trial, [words(refusal) for refusal in trial.refusals])
                for trial in trials
                if trial.refusals
            ],
            "address": back,
            "back": where,
            "token": request.POST.get("token") or secrets.token_hex(16),
        },
    )


def picked(request: PersonRequest) -> list[int]:
    """Those chosen, or all that the filters of the address show."""
    if not request.POST.get("everything"):
        numbers = request.POST.getlist("chosen")
        return [int(one) for one in numbers if one.isdecimal() and len(one) < 19]  # noqa: PLR2004
    request.GET = QueryDict(request.POST.get("address", "")[:1000])
    of = scoped(request)
    found = table.ordered(filtered(request, of).asked(), of)
    return list(found.values_list("pk", flat=True)[: bulk.MOST + 1])


def supposed(form: Many) -> dict[str, Any]:
    """What is given so far; a reason that is not yet written is supposed."""
    given: dict[str, Any] = form.cleaned_data if form.is_bound and form.is_valid() else {}
    return {"because": TRIED, **given}


def happened(request: PersonRequest, act: str, chosen: list[int], form: Many) -> bool:
    """Whether it was done to all; else why not stands above the list."""
    digests = {
        int(pk): digest
        for pk, _sep, digest in (one.partition(":") for one in request.POST.getlist("digest"))
        if pk.isdecimal()
    }
    given = {**form.cleaned_data, "digests": digests}
    try:
        count = bulk.do(
            act, chosen, given, request.POST["token"][:64], by=request.user, at=timezone.now()
        )
    except Refused as refused:
        tell(request, refused)
        return False
    said = ngettext("Done: %(count)s commitment.", "Done: %(count)s commitments.", count)
    messages.success(request, said % {"count": count})
    return True
