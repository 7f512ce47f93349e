"""From one person to another: submitted, looked at, published or returned."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kelisim.charter.actions import mapping as mappings
from kelisim.charter.actions import publishing, succession
from kelisim.charter.forms import editing as forms
from kelisim.charter.models import Version
from kelisim.charter.queries import drafting, health
from kelisim.charter.queries import reviews as queries
from kelisim.charter.queries.drafts import language_of, type_of
from kelisim.charter.rules import publishing as rules
from kelisim.charter.states import Relation
from kelisim.charter.tables import PROBLEMS, kind_words
from kelisim.charter.views.access import (
    PersonRequest,
    desk,
    done,
    found,
    page_asked,
    shell,
)
from kelisim.people.queries import without_second_factor
from kelisim.refusals import require


@desk
@require_POST
def submit(request: PersonRequest, slug: str, number: int) -> HttpResponse:
    """Hand the draft to whoever publishes."""
    version = found(slug, number)
    if done(
        request,
        lambda: mappings.hand_over(version.pk, by=request.user, at=timezone.now()),
    ):
        messages.success(request, _("Submitted. Another person looks at it now."))
    return redirect("charter:review", slug, number)


@desk
@require_POST
def discard(request: PersonRequest, slug: str, number: int) -> HttpResponse:
    """Give the draft up."""
    version = found(slug, number)
    if done(request, lambda: publishing.discard(version.pk, by=request.user, at=timezone.now())):
        messages.success(request, _("The draft is given up."))
        return redirect("charter:drafts")
    return redirect("charter:draft", slug, number)


@desk
def review(request: PersonRequest, slug: str, number: int) -> HttpResponse:
    """All that the second person should see, and their two acts."""
    version = found(slug, number)
    form = forms.Reason(request.POST if request.POST.get("act") == "return" else None)
    if request.POST.get("act") == "publish" and done(request, lambda: published(version, request)):
        messages.success(request, _("Published. It will never change now."))
        return redirect("charter:review", slug, number)
    if form.is_valid() and done(
        request, lambda: returned(version, request, form.cleaned_data["reason"]), form=form
    ):
        messages.success(request, _("Returned to whoever prepares it."))
        return redirect("charter:review", slug, number)
    charter_type, language = type_of(version), language_of(version)
    mapping = queries.mapping(version, language, page_asked(request))
    context = shell(
        request,
        version,
        "review",
        form=form,
        kinds=[
            (kind_words(charter_type, kind), count)
            for kind, count in queries.figures(version).items()
        ],
        problems=[
            (what, PROBLEMS[what][0], count)
            for what, count in health.health(version).counts.items()
        ],
        corrections=queries.corrections(version),
        correspondences=queries.correspondences(version),
        mapping=mapping,
        relations=[(Relation(each).label, n) for each, n in mapping.relations.items()],
        refusal=rules.may_publish(version, request.user, request.powers, unconfirmed=mapping.open)
        or without_second_factor(request.user, on=timezone.localdate()),
    )
    status = 422 if form.errors else 200
    return TemplateResponse(request, "charter/desk/review.html", context, status=status)


def published(version: Version, request: PersonRequest) -> Version:
    """Publishing counts for everybody, so its person proves themself twice."""
    require(without_second_factor(request.user, on=timezone.localdate()))
    return publishing.publish(version.pk, by=request.user, at=timezone.now())


def returned(version: Version, request: PersonRequest, reason: str) -> Version:
    return publishing.return_(version.pk, by=request.user, reason=reason, at=timezone.now())


@desk
def mapping(request: PersonRequest, slug: str, number: int) -> HttpResponse:
    """What became of each provision: proposed, and confirmed here by a person."""
    version = found(slug, number)
    if request.method == "POST":
        act = mapping_acts(request, version).get(request.POST.get("act", ""))
        if act and done(request, act):
            messages.success(request, _("Saved."))
        return redirect(request.get_full_path())
    every = "every" in request.GET
    context = shell(
        request,
        version,
        "mapping",
        mapping=queries.mapping(
            version, language_of(version), page_asked(request), only_open=not every
        ),
        every=every,
        refusal=rules.may_confirm(version, request.user, request.powers),
    )
    return TemplateResponse(request, "charter/desk/mapping.html", context)


def mapping_acts(request: PersonRequest, version: Version) -> dict[str, Callable[[], object]]:
    """What the buttons of the mapping do."""
    by, at, sent = request.user, timezone.now(), request.POST

    def join() -> object:
        before = drafting.version(version.charter.slug, version.number - 1)
        return succession.join(
            version.pk,
            old=drafting.key_of(before or version, sent.get("old", "")),
            new=drafting.key_of(version, sent.get("new", "")),
            relation=Relation.CHANGED,
            by=by,
            at=at,
        )

    said = {
        int(name.removeprefix("row-")): str(relation)
        for name, relation in sent.items()
        if name.removeprefix("row-").isdecimal() and relation in Relation.values
    }
    return {
        "confirm": lambda: succession.confirm(version.pk, successions=said, by=by, at=at),
        "all": lambda: succession.confirm_all(version.pk, by=by, at=at),
        "again": lambda: mappings.propose_again(version.pk, by=by, at=at),
        "join": join,
    }
