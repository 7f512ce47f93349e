"""The journal of papers, their files and resolutions; the file index."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from kelisim.bodies.models import Body
from kelisim.papers import forms, queries, rights
from kelisim.papers.actions import journal as actions
from kelisim.papers.actions.files import keep
from kelisim.papers.models import Attached, Document, FileIndex
from kelisim.papers.states import Direction, PaperKind
from kelisim.papers.views.access import PersonRequest, desk, done, kept_bodies, tongue
from kelisim.papers.views.serving import serve

FILTERS = ("direction", "kind", "body")


@desk(rights.KEEP, rights.RESOLVE)
def journal(request: PersonRequest) -> HttpResponse:
    """The papers of the bodies that I keep."""
    asked = {name: request.GET.get(name, "") for name in FILTERS}
    said = request.GET.get("year", "")
    year = int(said) if said.isdecimal() and len(said) == 4 else None  # noqa: PLR2004
    found = queries.journal(request.held.reached(rights.KEEP), **asked, year=year)
    number = request.GET.get("page", "1")
    page = Paginator(found, queries.PAGE).get_page(number if number.isdecimal() else 1)
    query = {name: value for name, value in {**asked, "year": said}.items() if value}
    return TemplateResponse(
        request,
        "papers/desk/journal.html",
        {
            "section": "desk",
            "place": "papers",
            "page": page,
            "asked": {**asked, "year": said},
            "query": urlencode(query),
            "directions": Direction.choices,
            "kinds": PaperKind.choices,
            "keeps": request.held.may(rights.KEEP),
        },
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
                title=given["title"],
                index=FileIndex.objects.filter(pk=given["index"]).first(),
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
                kept = keep(
                    name=file.name, content=file.read(), media_type=file.content_type or "", at=at
                )
                actions.attach(document.pk, file=kept, name=file.name, by=request.user, at=at)

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


@desk(rights.KEEP, rights.RESOLVE)
def document(request: PersonRequest, pk: int) -> HttpResponse:
    """A paper: its numbers, files, resolution."""
    row = found(request, pk)
    form = forms.Resolution(request.POST or None)
    if form.is_valid() and done(
        request,
        lambda: actions.resolve(
            pk, text=form.cleaned_data["text"], by=request.user, at=timezone.now()
        ),
        form=form,
    ):
        return redirect("papers:document", pk)
    return TemplateResponse(
        request,
        "papers/desk/document.html",
        {
            "section": "desk",
            "place": "papers",
            "document": row,
            "form": form,
            "resolves": request.held.may(rights.RESOLVE, row.body) and not row.resolution,
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
    body = get_object_or_404(
        Body.objects.select_related("kind", "unit__parent", "parent"), slug=slug
    )
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
        {"section": "desk", "place": "papers", "bodies": kept_bodies(request.held)},
    )
