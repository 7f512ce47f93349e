"""The journal of papers: registered, attached, resolved, sent; the file index."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from kelisim.papers import forms, queries, rights
from kelisim.papers.actions import journal as actions
from kelisim.papers.actions.files import keep
from kelisim.papers.models import Attached, Document, File, FileIndex
from kelisim.papers.states import Direction, PaperKind, Part
from kelisim.papers.views.access import (
    PersonRequest,
    desk,
    done,
    further,
    kept_bodies,
    older_than,
    tongue,
    whole,
)
from kelisim.papers.views.serving import serve


@desk(rights.KEEP, rights.RESOLVE)
def journal(request: PersonRequest) -> HttpResponse:
    """The papers of the bodies that I keep, or whose head I am."""
    asked = forms.Filter(request.GET).asked()
    reached = request.held.reached(rights.KEEP) | request.held.reached(rights.RESOLVE)
    found = queries.journal(reached, **asked, before=older_than(request))
    rows = list(found[: queries.PAGE + 1])
    return TemplateResponse(
        request,
        "papers/desk/journal.html",
        {
            "section": "desk",
            "place": "papers",
            "rows": rows[: queries.PAGE],
            "after": further(request, rows, queries.PAGE),
            "asked": asked,
            "bodies": queries.registering(reached, f"order_{tongue()}"),
            "directions": Direction.choices,
            "kinds": PaperKind.choices,
            "keeps": request.held.may(rights.KEEP),
        },
    )


def kept(file: Any) -> File:
    """An uploaded file, in the database as it came."""
    return keep(
        name=file.name,
        content=file.read(),
        media_type=file.content_type or "",
        at=timezone.now(),
    )


@desk(rights.KEEP)
def register(request: PersonRequest) -> HttpResponse:
    """Give a paper its number."""
    bodies = kept_bodies(request.held)
    form = forms.Registration(
        request.POST or None,
        request.FILES or None,
        bodies=bodies,
        indexes=list(FileIndex.objects.filter(body__in=bodies)),
        tongue=tongue(),
    )
    made: list[Document] = []
    if form.is_valid():
        given = form.cleaned_data

        def act() -> None:
            at = timezone.now()
            document = actions.register(
                given["body"],
                kind=PaperKind(given["kind"]),
                direction=Direction(given["direction"]),
                title=form.by_language("title"),
                index=FileIndex.objects.filter(pk=given["index"]).first(),
                day=given["day"],
                correspondent=given["correspondent"],
                their_number=given["their_number"],
                their_day=given["their_day"],
                copies=given["copies"],
                enclosures=given["enclosures"],
                by=request.user,
                at=at,
            )
            made.append(document)
            if file := given["file"]:
                actions.attach(document.pk, file=kept(file), name=file.name, by=request.user, at=at)

        if done(request, act, form=form):
            return redirect("papers:document", made[0].pk)
    return TemplateResponse(
        request,
        "papers/desk/form.html",
        {
            "section": "desk",
            "place": "papers",
            "form": form,
            "heading": _("Register a paper"),
            "button": _("Register"),
        },
    )


def found(request: PersonRequest, pk: int) -> Document:
    """A paper that somebody may see; 404, or 403."""
    document = queries.document(pk)
    if document is None:
        raise Http404(pk)
    may = request.held.may
    if not (may(rights.KEEP, document.body) or may(rights.RESOLVE, document.body)):
        raise PermissionDenied
    return document


def resolve(request: PersonRequest, pk: int, given: dict[str, Any]) -> object:
    return actions.resolve(pk, text=given["text"], by=request.user, at=timezone.now())


def attach(request: PersonRequest, pk: int, given: dict[str, Any]) -> object:
    return actions.attach(
        pk,
        file=kept(given["file"]),
        name=given["file"].name,
        part=Part(given["part"]),
        language=given["language"],
        by=request.user,
        at=timezone.now(),
    )


def send(request: PersonRequest, pk: int, given: dict[str, Any]) -> object:
    return actions.send(pk, on=given["on"], by=request.user, at=timezone.now())


type Act = Callable[[PersonRequest, int, dict[str, Any]], object]
ACTS: dict[str, tuple[type[Form], Act]] = {
    "resolve": (forms.Resolution, resolve),
    "attach": (forms.Attaching, attach),
    "send": (forms.Leaving, send),
}


@desk(rights.KEEP, rights.RESOLVE)
def document(request: PersonRequest, pk: int) -> HttpResponse:
    """A paper: its numbers, files, resolution; what may be done with it."""
    row = found(request, pk)
    asked = request.POST.get("act", "")
    shown = {name: form() for name, (form, _act) in ACTS.items()}
    if asked in ACTS:
        kind, act = ACTS[asked]
        form = shown[asked] = kind(request.POST, request.FILES)
        if form.is_valid() and done(
            request, lambda: act(request, pk, form.cleaned_data), form=form
        ):
            return redirect("papers:document", pk)
    keeps = request.held.may(rights.KEEP, row.body)
    return TemplateResponse(
        request,
        "papers/desk/document.html",
        {
            "section": "desk",
            "place": "papers",
            "document": row,
            "resolving": shown["resolve"]
            if request.held.may(rights.RESOLVE, row.body) and not row.resolution
            else None,
            "attaching": shown["attach"] if keeps else None,
            "sending": shown["send"]
            if keeps and row.direction == Direction.OUTGOING and not row.sent_on
            else None,
        },
    )


@desk(rights.KEEP, rights.RESOLVE)
def file(request: PersonRequest, pk: int, attached: int) -> HttpResponseBase:
    """A file of a paper, as it came."""
    row = found(request, pk)
    return serve(
        get_object_or_404(Attached.objects.select_related("file"), pk=attached, document=row).file
    )


@desk(rights.KEEP)
def index(request: PersonRequest, slug: str) -> HttpResponse:
    """A body's file index."""
    body = whole(slug)
    if not request.held.may(rights.KEEP, body):
        raise PermissionDenied
    form = forms.Indexing(request.POST or None)
    if form.is_valid() and done(
        request,
        lambda: actions.open_index(
            body.pk,
            code=form.cleaned_data["code"],
            title=form.by_language("title"),
            years=form.cleaned_data["years"],
            by=request.user,
            at=timezone.now(),
        ),
        form=form,
        said=_("Saved."),
    ):
        return redirect("papers:index", slug)
    return TemplateResponse(
        request,
        "papers/desk/index.html",
        {
            "section": "desk",
            "place": "papers",
            "body": body,
            "form": form,
            "rows": queries.indexes(body),
        },
    )


@desk(rights.KEEP, rights.EDIT)
def offices(request: PersonRequest) -> HttpResponse:
    """The bodies whose file index and templates I keep."""
    return TemplateResponse(
        request,
        "papers/desk/offices.html",
        {
            "section": "desk",
            "place": "papers",
            "bodies": [
                (body, request.held.may(rights.EDIT, body)) for body in kept_bodies(request.held)
            ],
        },
    )
