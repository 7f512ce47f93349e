"""A draft beside its source, and the verbs by which a person edits it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kelisim.charter.actions import drafting as actions
from kelisim.charter.forms import editing as forms
from kelisim.charter.models import Step, Version
from kelisim.charter.queries import drafting as queries
from kelisim.charter.queries.drafts import type_of
from kelisim.charter.rules import publishing as rules
from kelisim.charter.tables import VERBS, kind_words
from kelisim.charter.views.access import (
    PersonRequest,
    address,
    desk,
    done,
    found,
    page_asked,
    shell,
    tongue,
)
from kelisim.pages.languages import LANGUAGES, NAMES


@desk
@require_safe
def drafts(request: PersonRequest) -> HttpResponse:
    """Every document, what is being prepared first."""
    context = {
        "charters": queries.charters(),
        "prepares": not rules.may_begin(request.powers),
        "section": "desk",
        "place": "drafts",
    }
    return TemplateResponse(request, "charter/desk/drafts.html", context)


@desk
@require_safe
def draft(request: PersonRequest, slug: str, number: int) -> HttpResponse:
    """The source beside the tree, line against provision."""
    version = found(slug, number)
    page = queries.page(version, page_asked(request), tongue())
    charter_type = type_of(version)
    context = shell(
        request,
        version,
        "draft",
        page=page,
        steps=queries.steps(version),
        verbs=VERBS,
        kinds={key: kind_words(charter_type, key) for key in charter_type.kinds},
    )
    return TemplateResponse(request, "charter/desk/draft.html", context)


@desk
@require_POST
def undo(request: PersonRequest, slug: str, number: int) -> HttpResponse:
    """Take the last step back."""
    version, last = found(slug, number), None
    steps = queries.steps(version)
    if done(request, lambda: actions.undo(version.pk, by=request.user, at=timezone.now())):
        last = steps.last
    return redirect(address(version, last))


@desk
@require_POST
def redo(request: PersonRequest, slug: str, number: int) -> HttpResponse:
    """Do again what was undone."""
    version, first = found(slug, number), None
    steps = queries.steps(version)
    if done(request, lambda: actions.redo(version.pk, by=request.user, at=timezone.now())):
        first = steps.undone
    return redirect(address(version, first))


@desk
def provision(request: PersonRequest, slug: str, number: int, key: int) -> HttpResponse:
    """One provision with everything that may be done to it; a step when a form comes in."""
    version = found(slug, number)
    one = queries.provision(version, key)
    if one is None:
        raise Http404(str(key))
    verb = request.POST.get("verb", "")
    bound = verb_forms(version, one, request.POST if request.method == "POST" else None, verb)
    form = bound.get(verb)
    if request.method == "POST" and form is not None and form.is_valid():
        made: list[Step] = []
        act = acts(version, key, form, request)[verb]
        if done(request, lambda: made.append(act()), form=form):
            return redirect(address(version, made[0]))
    template = "charter/desk/acts.html" if request.htmx else "charter/desk/provision.html"
    context = shell(
        request,
        version,
        "draft",
        one=one,
        forms=bound,
        kind=kind_words(type_of(version), one.node.kind),
        where=queries.where(one.index),
    )
    status = 422 if form is not None and form.errors else 200
    return TemplateResponse(request, template, context, status=status)


def verb_forms(
    version: Version, one: queries.Provisions, data: Any, verb: str
) -> dict[str, forms.Verb]:
    """A form for each verb; only the one that was sent holds what was typed."""
    charter_type, node = type_of(version), one.node

    def made(form: type[forms.Verb], initial: dict[str, Any] | None = None, **more: Any) -> None:
        given = data if verb == form.verb else None
        auto_id = f"{form.verb}_{node.key}_%s"
        bound[form.verb] = form(given, initial=initial or {}, auto_id=auto_id, **more)

    bound: dict[str, forms.Verb] = {}
    main = next(iter(node.texts), tongue())
    made(forms.Join, {"following": ""})
    made(forms.Split, texts=node.texts)
    made(forms.Rekind, {"kind": node.kind, "heading": node.heading}, charter_type=charter_type)
    made(forms.Renumber, {"number": node.number})
    made(forms.Rename, {f"title_{code}": title for code, title in node.titles.items()})
    made(forms.Correct, {"language": main, "text": node.texts.get(main, "")})
    made(forms.Shift, {"levels": "-1"})
    made(forms.Move, {"place": "after"})
    made(forms.SetAside)
    return bound


def acts(
    version: Version, key: int, form: forms.Verb, request: PersonRequest
) -> dict[str, Callable[[], Step]]:
    """What each verb does with a form that was accepted."""
    facts: dict[str, Any] = {"by": request.user, "at": timezone.now()}
    said, pk = form.cleaned_data, version.pk
    return {
        "join": lambda: actions.join(pk, key, following=bool(said["following"]), **facts),
        "split": lambda: actions.split(pk, key, marked=form.marked(), **facts),  # type: ignore[attr-defined]
        "rekind": lambda: actions.rekind(pk, key, **said, **facts),
        "renumber": lambda: actions.renumber(pk, key, **said, **facts),
        "rename": lambda: actions.rename(pk, {key: form.titles()}, **facts),  # type: ignore[attr-defined]
        "correct": lambda: actions.correct(pk, key, **said, **facts),
        "shift": lambda: actions.shift(pk, key, **said, **facts),
        "move": lambda: actions.move(
            pk,
            key,
            target=queries.key_of(version, said["target"]),
            place=said["place"],
            **facts,
        ),
        "set_aside": lambda: actions.set_aside(pk, key, **said, **facts),
    }


@desk
def titles(request: PersonRequest, slug: str, number: int) -> HttpResponse:
    """Short titles in three languages, a page of provisions at a time."""
    version = found(slug, number)
    page = queries.page(version, page_asked(request), tongue(), lines=False)
    keys = {str(shown.node.key) for shown in page.shown if shown.node}
    if request.method == "POST":
        said: dict[int, dict[str, str]] = {}
        for name, words in request.POST.items():
            key, _dash, language = name.partition("-")
            if key in keys and language in LANGUAGES:
                said.setdefault(int(key), {})[language] = str(words)[:300]
        if done(
            request,
            lambda: actions.rename(version.pk, said, by=request.user, at=timezone.now()),
        ):
            messages.success(request, _("Saved."))
        return redirect(request.get_full_path())
    context = shell(request, version, "titles", page=page, languages=NAMES)
    return TemplateResponse(request, "charter/desk/titles.html", context)
