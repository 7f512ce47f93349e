"""Bodies are founded, renamed, moved, described and dissolved from the desk."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from kelisim.bodies import rights
from kelisim.bodies.actions import founding
from kelisim.bodies.forms import bodies as forms
from kelisim.bodies.models import Body
from kelisim.bodies.queries import choices
from kelisim.bodies.queries.posts import kept
from kelisim.bodies.views.access import PersonRequest, done, signed_in, tongue, with_right
from kelisim.bodies.views.mandates import page, seen, simple
from kelisim.territory.models import Unit


def above(request: PersonRequest) -> Any:
    """The bodies under which I may put one."""
    on = timezone.localdate()
    mine = kept(request.held, on).filter(request.held.reached(rights.FOUND))
    return choices.bodies(mine, tongue())


def chosen(number: str) -> Body | None:
    return Body.objects.get(pk=number) if number else None


@with_right(rights.FOUND)
def found(request: PersonRequest) -> HttpResponse:
    """Found a body."""
    on, language = timezone.localdate(), tongue()
    form = forms.Founding(
        request.POST or None,
        kinds=choices.kinds(language, registered=False),
        parents=above(request),
        units=choices.units(on, language),
        initial={"parent": request.GET.get("under", "")},
    )
    made: list[Body] = []

    def act() -> None:
        given = form.cleaned_data
        units = Unit.objects.filter(kato=given["unit"], exists_to=None)
        made.append(
            founding.found(
                kind=given["kind"],
                name=form.by_language("name"),
                short=form.by_language("short"),
                parent=chosen(given["parent"]),
                unit=units.first() if given["unit"] else None,
                on=given["on"],
                act=form.act(),
                by=request.user,
                at=timezone.now(),
            )
        )

    if form.is_valid() and done(request, act, form=form, said=_("Founded.")):
        return redirect("bodies:office-body", made[0].slug)
    return page(request, "form", form=form, heading=_("Found a body"), button=_("Found it"))


@signed_in
def rename(request: PersonRequest, slug: str) -> HttpResponse:
    """Give a body another name; the old one is kept with its last day."""
    body = seen(request, slug, rights.FOUND)
    said = {f"name_{code}": text for code, text in body.name.items()}
    said |= {f"short_{code}": text for code, text in body.short.items()}
    form = forms.Renaming(request.POST or None, initial=said)
    return simple(
        request,
        body,
        form,
        lambda: founding.rename(
            body.pk,
            name=form.by_language("name"),
            short=form.by_language("short"),
            on=form.cleaned_data["on"],
            act=form.act(),
            by=request.user,
            at=timezone.now(),
        ),
        heading=_("Rename the body"),
        button=_("Rename it"),
    )


@signed_in
def move(request: PersonRequest, slug: str) -> HttpResponse:
    """Put a body, with all under it, under another."""
    body = seen(request, slug, rights.FOUND)
    form = forms.Moving(
        request.POST or None,
        parents=above(request),
        initial={"parent": str(body.parent_id or "")},
    )
    return simple(
        request,
        body,
        form,
        lambda: founding.move(
            body.pk,
            to=chosen(form.cleaned_data["parent"]),
            act=form.act(),
            by=request.user,
            at=timezone.now(),
        ),
        heading=_("Put it under another body"),
        button=_("Move the body"),
    )


@signed_in
def describe(request: PersonRequest, slug: str) -> HttpResponse:
    """Keep a body's tasks and contacts."""
    body = seen(request, slug, rights.DESCRIBE)
    form = forms.Describing(request.POST or None, initial=forms.described(body))
    return simple(
        request,
        body,
        form,
        lambda: founding.describe(body.pk, **form.described(), by=request.user, at=timezone.now()),
        heading=_("Tasks and contacts"),
        button=_("Save"),
    )


@signed_in
def dissolve(request: PersonRequest, slug: str) -> HttpResponse:
    """End a body; its history stays."""
    body = seen(request, slug, rights.FOUND)
    form = forms.Dissolving(request.POST or None)
    return simple(
        request,
        body,
        form,
        lambda: founding.dissolve(
            body.pk,
            on=form.cleaned_data["on"],
            act=form.act(),
            by=request.user,
            at=timezone.now(),
        ),
        heading=_("Dissolve the body"),
        button=_("Dissolve it"),
    )
