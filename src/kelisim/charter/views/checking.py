"""What a draft still needs a person for: problems, guesses, pieces left aside."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from kelisim.charter.actions import drafting as actions
from kelisim.charter.forms import editing as forms
from kelisim.charter.models import Step, Version
from kelisim.charter.queries import drafting
from kelisim.charter.queries import health as queries
from kelisim.charter.queries.drafts import type_of
from kelisim.charter.tables import LEAVINGS, PROBLEMS, guess_words, misaligned_words
from kelisim.charter.views.access import (
    PersonRequest,
    address,
    desk,
    done,
    found,
    page_asked,
    shell,
)
from kelisim.pages.languages import NAMES


def said_of(each: queries.Found, version: Version) -> str:
    """What is said of one problem, beside its place."""
    if each.problem.what == "guess":
        return guess_words(type_of(version), each.problem.words)
    if each.problem.what == "misaligned":
        language, difference = misaligned_words(each.problem.words)
        return f"{language}: {difference}"
    if each.problem.what == "untranslated":
        return str(NAMES.get(each.words, each.words))
    return each.words


@desk
def problems(request: PersonRequest, slug: str, number: int) -> HttpResponse:
    """What is worth a look before the draft is handed over; guesses are settled here."""
    version = found(slug, number)
    if request.method == "POST":
        field = "shown" if request.POST.get("every") else "guess"
        chosen = [int(said) for said in request.POST.getlist(field) if said.isdecimal()]
        if not chosen:
            messages.warning(request, _("Nothing was chosen."))
        elif done(
            request,
            lambda: actions.settle(version.pk, chosen, by=request.user, at=timezone.now()),
        ):
            messages.success(request, _("Settled."))
        return redirect(request.get_full_path())
    health = queries.health(version)
    what = request.GET.get("what", "")
    what = what if what in health.counts else next(iter(health.counts), "guess")
    rows = [(each, said_of(each, version)) for each in health.of(what)]
    context = shell(
        request,
        version,
        "problems",
        listing=queries.listed(rows, page_asked(request)),
        counts=[(key, PROBLEMS[key][0], n) for key, n in health.counts.items()],
        what=what,
        explained=PROBLEMS[what][1],
    )
    return TemplateResponse(request, "charter/desk/problems.html", context)


@desk
def leavings(request: PersonRequest, slug: str, number: int) -> HttpResponse:
    """What of the source is no provision, with the reason; a piece is taken back here."""
    version = found(slug, number)
    given = request.POST if request.method == "POST" else None
    form = forms.TakeBack(given, charter_type=type_of(version))
    if form.is_valid():
        said, made = form.cleaned_data, list[Step]()

        def act() -> None:
            after = drafting.key_of(version, said["after"]) if said["after"] else None
            step = actions.take_back(
                version.pk,
                said["leaving"],
                kind=said["kind"],
                after=after,
                by=request.user,
                at=timezone.now(),
            )
            made.append(step)

        if done(request, act, form=form):
            return redirect(address(version, made[0]))
    page = queries.leavings(version, page_asked(request), every="every" in request.GET)
    context = shell(request, version, "leavings", form=form, listing=page, whys=LEAVINGS)
    return TemplateResponse(request, "charter/desk/leavings.html", context)
