"""Provisions beside those of other instruments."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from kelisim.charter.actions import correspondence as actions
from kelisim.charter.forms import editing as forms
from kelisim.charter.models import Version
from kelisim.charter.queries import drafting
from kelisim.charter.queries import reviews as queries
from kelisim.charter.rules import publishing as rules
from kelisim.charter.views.access import PersonRequest, desk, done, found, sent, shell


@desk
def table(request: PersonRequest, slug: str, number: int) -> HttpResponse:
    """The correspondences of a version; one is added or taken away here."""
    version = found(slug, number)
    gone = request.POST.get("remove", "")
    if gone.isdecimal():
        if done(
            request,
            lambda: actions.remove(
                version.pk, correspondence=int(gone), by=request.user, at=timezone.now()
            ),
        ):
            messages.success(request, _("Taken away."))
        return redirect("charter:corresponding", slug, number)
    form = forms.Corresponding(
        sent(request), initial={"provision": request.GET.get("provision", "")}
    )
    if form.is_valid() and done(request, lambda: add(version, form, request), form=form):
        messages.success(request, _("Added."))
        return redirect("charter:corresponding", slug, number)
    context = shell(
        request,
        version,
        "corresponding",
        form=form,
        rows=queries.correspondences(version),
        refusal=rules.may_correspond(version, request.powers),
    )
    status = 422 if form.errors else 200
    return TemplateResponse(request, "charter/desk/corresponding.html", context, status=status)


def add(version: Version, form: forms.Corresponding, request: PersonRequest) -> object:
    said = form.cleaned_data
    key = drafting.key_of(version, said["provision"])
    known = said["instrument"]
    named = (
        actions.Named(known.slug, known.title)
        if known
        else actions.Named(said["slug"], form.by_language("title"), address=said["address"])
    )
    return actions.add(
        version.pk,
        eid=version.provisions.get(pk=key).eid,
        instrument=named,
        place=said["place"],
        relation=said["relation"],
        note=form.by_language("note"),
        by=request.user,
        at=timezone.now(),
    )
