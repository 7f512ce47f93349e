"""The chair reads the whole table and approves exactly what was read."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from kelisim.commitments import rights
from kelisim.commitments.actions import approving
from kelisim.commitments.forms.agreeing import Approving
from kelisim.commitments.models import Edition
from kelisim.commitments.queries import agreeing as reading
from kelisim.commitments.queries import rows
from kelisim.commitments.queries.plans import official
from kelisim.commitments.rules import plans as rules
from kelisim.commitments.views.access import PersonRequest, done, signed_in, tongue, words
from kelisim.people.queries import without_second_factor
from kelisim.refusals import require


@signed_in
def approval(request: PersonRequest, pk: int) -> HttpResponse:
    """The table, what the executors said of it, and the act that approves it."""
    edition = reading.edition(pk)
    if edition is None:
        raise Http404(pk)
    if not request.held.may(rights.APPROVE, edition.plan.body):
        raise PermissionDenied
    current = rows.content_digest(rows.lines(edition))
    form = Approving(request.POST or None, initial={"digest": current})
    if request.method == "POST" and form.is_valid() and approved(request, edition, form):
        return redirect("commitments:sheet", pk)
    if form.is_bound:
        form.data = {**request.POST.dict(), "digest": current}
    closed = [
        *rules.may_approve(request.held, edition, request.user.pk, current, current, "…"),
        without_second_factor(request.user, on=timezone.localdate()),
    ]
    return TemplateResponse(
        request,
        "commitments/approve.html",
        {
            "section": "desk",
            "place": "waiting",
            "plan": edition.plan,
            "edition": edition,
            "table": official(edition, tongue()),
            "rounds": reading.rounds(edition)[:1],
            "digest": current,
            "form": form,
            "closed": [words(one) for one in closed if one],
        },
        status=422 if form.errors else 200,
    )


def approved(request: PersonRequest, edition: Edition, form: Approving) -> bool:
    """Approving binds every executor, so its person proves themself twice."""
    given, by = form.cleaned_data, request.user

    def act() -> None:
        require(without_second_factor(by, on=timezone.localdate()))
        approving.approve(
            edition.pk,
            number=given["number"],
            day=given["day"],
            in_force_from=given["in_force_from"],
            digest=given["digest"],
            by=by,
            at=timezone.now(),
        )

    return done(request, act, form=form, said=_("The plan is approved."))
