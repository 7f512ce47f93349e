"""A commitment is handed down to the plans of bodies beneath, after it was seen what that does."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from kelisim.commitments import rights
from kelisim.commitments.actions import plans
from kelisim.commitments.forms.drafting import HandingDown
from kelisim.commitments.queries import preparing as reading
from kelisim.commitments.views.access import PersonRequest, done, signed_in, tongue
from kelisim.pages.languages import spoken


@signed_in
def hand_down(request: PersonRequest, pk: int) -> HttpResponse:
    """Choose bodies, see what would come into the plan of each, and do it.

    Handing down twice puts nothing twice, so the last press needs no memory of the one before.
    """
    found = reading.commitment(pk)
    if found is None:
        raise Http404(pk)
    if not request.held.may(rights.DRAFT, found.body):
        raise PermissionDenied
    bodies = reading.beneath(found)
    form = HandingDown(
        request.POST or None,
        choices=[(body.pk, spoken(body.name, tongue()).text) for body in bodies],
    )
    below: list[reading.Below] = []
    if request.method == "POST" and form.is_valid():
        chosen: list[int] = form.cleaned_data["bodies"]
        below = reading.handing(found, [body for body in bodies if body.pk in chosen])
        if request.POST.get("act") == "hand" and done(
            request,
            lambda: plans.hand_down(pk, body_ids=chosen, by=request.user, at=timezone.now()),
            form=form,
            said=_("It stands in their plans."),
        ):
            return redirect("commitments:office-plans")
    context = {
        "section": "desk",
        "place": "plans",
        "commitment": found,
        "bodies": bodies,
        "form": form,
        "below": below,
        "stuck": any(one.stuck and not one.there for one in below),
    }
    return TemplateResponse(request, "commitments/desk/hand_down.html", context)
