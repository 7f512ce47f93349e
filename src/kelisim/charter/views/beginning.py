"""A text in, a preview to look at, and only then a draft."""

import secrets
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.cache import caches
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kelisim.charter.actions import editions, passport, publishing
from kelisim.charter.forms import beginning as forms
from kelisim.charter.forms import editing
from kelisim.charter.forms.texts import Reading
from kelisim.charter.models import Charter, Version
from kelisim.charter.queries import previews
from kelisim.charter.readers import read
from kelisim.charter.readers.listing import listing
from kelisim.charter.rules import publishing as rules
from kelisim.charter.tables import LEAVINGS, guess_words, kind_words
from kelisim.charter.trees.draft import Draft
from kelisim.charter.trees.types import known
from kelisim.charter.views.access import PersonRequest, desk, done, found, sent, shell
from kelisim.pages.languages import LANGUAGES, NAMES
from kelisim.pages.sentences import sentences
from kelisim.refusals import Refused

KEPT_FOR = 3600


@dataclass(frozen=True, slots=True)
class Kept:
    """What was read, kept for an hour so that it can be looked at before anything is saved."""

    name: str
    data: bytes
    draft: dict[str, Any]

    def read(self) -> Draft:
        return Draft.from_json(self.draft)

    def file(self) -> publishing.File:
        lines = "\n".join(listing(self.data)).replace("\x00", "")
        return publishing.File(self.name, self.data, lines=lines)


def place(request: PersonRequest, token: str) -> str:
    return f"reading:{request.user.pk}:{token}"


def keep(request: PersonRequest, form: Reading) -> str | None:
    """Read what came in; the token under which it is kept, or None with every reason said."""
    name, data = form.contents()
    chosen = known().get(form.cleaned_data.get("charter_type", ""))
    try:
        draft = read(data, name=name, charter_type=chosen)
    except Refused as refused:
        for said in sentences(refused):
            form.add_error("file" if form.cleaned_data["file"] else "text", said)
        return None
    token = secrets.token_urlsafe(12)
    kept = (name, data, draft.to_json())
    caches["default"].set(place(request, token), kept, KEPT_FOR)
    return token


def kept(request: PersonRequest, token: str) -> Kept:
    said = caches["default"].get(place(request, token))
    if said is None:
        raise Http404(token)
    return Kept(*said)


@desk
def begin(request: PersonRequest, slug: str = "") -> HttpResponse:
    """The text of a new charter, or of a charter's next version."""
    charter = get_object_or_404(Charter, slug=slug) if slug else None
    open_version = previews.open_version(charter) if charter else None
    refusal = rules.may_begin(request.powers, open_version=open_version)
    form = forms.Beginning(
        sent(request),
        request.FILES or None,
        initial={"charter_type": charter.type if charter else ""},
    )
    if not refusal and form.is_valid() and (token := keep(request, form)):
        if charter:
            return redirect("charter:preview-version", charter.slug, token)
        return redirect("charter:preview", token)
    context = {
        "form": form,
        "charter": charter,
        "locked": refusal,
        "section": "desk",
        "place": "drafts",
    }
    status = 422 if form.errors else 200
    return TemplateResponse(request, "charter/desk/begin.html", context, status=status)


@desk
def preview(request: PersonRequest, token: str, slug: str = "") -> HttpResponse:
    """What was understood, in figures; with the act by which it holds it becomes a draft."""
    charter = get_object_or_404(Charter, slug=slug) if slug else None
    what = kept(request, token)
    draft = what.read()
    made = forms.ActOf if charter else forms.NewCharter
    form = made(sent(request), initial={f"title_{draft.language}": draft.title[:300]})
    versions: list[Version] = []
    if form.is_valid() and done(
        request, lambda: versions.append(begun(request, form, what, draft, charter)), form=form
    ):
        caches["default"].delete(place(request, token))
        messages.success(request, _("The draft is begun. Nothing is public yet."))
        return redirect("charter:draft", versions[0].charter.slug, versions[0].number)
    charter_type = known().get(draft.charter_type, known()["generic"])
    context = {
        "form": form,
        "charter": charter,
        "draft": draft,
        "seen": previews.seen(draft),
        "kinds": {key: kind_words(charter_type, key) for key in charter_type.kinds},
        "guesses": [
            (guess_words(charter_type, what), count)
            for what, count in previews.guesses(draft).most_common()
        ],
        "whys": LEAVINGS,
        "language": NAMES.get(draft.language, draft.language),
        "type_words": charter_type.names,
        "section": "desk",
        "place": "drafts",
    }
    status = 422 if form.errors else 200
    return TemplateResponse(request, "charter/desk/preview.html", context, status=status)


def begun(
    request: PersonRequest, form: forms.ActOf, what: Kept, draft: Draft, charter: Charter | None
) -> Version:
    """The draft of a new charter, or of the charter's next version."""
    said, at = form.cleaned_data, timezone.now()
    beginning = publishing.Beginning(
        act=form.act(),
        in_force_from=said["in_force_from"],
        authentic=said["authentic"],
        translated_by=said["translated_by"],
        file=what.file(),
    )
    if charter:
        return publishing.begin_version(
            charter.pk, draft=draft, beginning=beginning, by=request.user, at=at
        )
    return publishing.begin_charter(
        slug=said["slug"],
        title=form.by_language("title"),
        draft=draft,
        beginning=beginning,
        by=request.user,
        at=at,
    )


@desk
def languages(request: PersonRequest, slug: str, number: int) -> HttpResponse:
    """Texts of the version by language; another one is joined to the tree here."""
    version = found(slug, number)
    if language := request.POST.get("declare"):
        translator = request.POST.get("translator", "").strip()[:200]
        if done(
            request,
            lambda: passport.declare(
                version.pk,
                language=language,
                authentic=not translator,
                translated_by=translator,
                by=request.user,
                at=timezone.now(),
            ),
        ):
            messages.success(request, _("Saved."))
        return redirect("charter:editions", slug, number)
    form = forms.Another(sent(request), request.FILES or None)
    if form.is_valid() and (draft := read_another(form)):
        said = form.cleaned_data

        def act() -> object:
            return editions.add_edition(
                version.pk,
                draft=draft[0],
                authentic=said["authentic"],
                translated_by=said["translated_by"],
                file=draft[1],
                by=request.user,
                at=timezone.now(),
            )

        if done(request, act, form=form):
            messages.success(request, _("The text is joined. What did not fit is listed here."))
            return redirect(reverse("charter:problems", args=[slug, number]) + "?what=misaligned")
    context = shell(request, version, "editions", form=form, editions=previews.editions(version))
    status = 422 if form.errors else 200
    return TemplateResponse(request, "charter/desk/editions.html", context, status=status)


def read_another(form: forms.Another) -> tuple[Draft, publishing.File] | None:
    """The text that came in, in the language that the person named."""
    name, data = form.contents()
    try:
        draft = read(data, name=name)
    except Refused as refused:
        for said in sentences(refused):
            form.add_error("file", said)
        return None
    what = Kept(name, data, {**draft.to_json(), "language": form.cleaned_data["language"]})
    return what.read(), what.file()


@desk
def describe(request: PersonRequest, slug: str, number: int) -> HttpResponse:
    """The title and the passport."""
    version = found(slug, number)
    charter = version.charter
    initial = {
        "in_force_from": version.in_force_from,
        **{f"title_{code}": title for code, title in charter.title.items()},
        **{
            f"fields_{code}": editing.passport_lines(charter.fields.get(code, {}))
            for code in LANGUAGES
        },
    }
    form = editing.Passport(sent(request), initial=initial)
    if form.is_valid() and done(
        request,
        lambda: passport.describe(
            version.pk,
            title=form.by_language("title"),
            fields=form.fields_by_language(),
            in_force_from=form.cleaned_data["in_force_from"],
            by=request.user,
            at=timezone.now(),
        ),
        form=form,
    ):
        messages.success(request, _("Saved."))
        return redirect("charter:passport", slug, number)
    context = shell(request, version, "passport", form=form)
    status = 422 if form.errors else 200
    return TemplateResponse(request, "charter/desk/passport.html", context, status=status)
