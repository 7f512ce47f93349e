"""Templates on the desk: downloaded, edited elsewhere, uploaded, left."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from kelisim.bodies.models import Body
from kelisim.pages.languages import IN
from kelisim.papers import forms, queries, rights
from kelisim.papers.actions import templates as actions
from kelisim.papers.models import Template
from kelisim.papers.states import PaperKind
from kelisim.papers.trees.checking import names_of
from kelisim.papers.trees.forms import SHIPPED, shipped
from kelisim.papers.views.access import PersonRequest, desk, done, whole
from kelisim.papers.views.serving import download, serve
from kelisim.papers.words import LANGUAGES


def edited(request: PersonRequest, slug: str) -> Body:
    body = whole(slug)
    if not request.held.may(rights.EDIT, body):
        raise PermissionDenied
    return body


def asked(kind: str, language: str) -> PaperKind:
    if kind not in SHIPPED or language not in LANGUAGES:
        raise Http404(kind)
    return PaperKind(kind)


@desk(rights.EDIT)
def listing(request: PersonRequest, slug: str) -> HttpResponse:
    """Every kind of paper in every language, and whether the body has its own template."""
    body = edited(request, slug)
    own = queries.templates(body)
    return TemplateResponse(
        request,
        "papers/desk/templates.html",
        {
            "section": "desk",
            "place": "papers",
            "body": body,
            "rows": [
                (kind, [(code, words, own.get((kind.value, code))) for code, words in IN.items()])
                for kind in SHIPPED
            ],
            "languages": IN.items(),
        },
    )


@desk(rights.EDIT)
def template(request: PersonRequest, slug: str, kind: str, language: str) -> HttpResponse:
    """One template: what it may name, upload of another edition, the shipped form again."""
    body, of = edited(request, slug), asked(kind, language)
    form = forms.Upload(request.POST or None, request.FILES or None)
    if request.POST.get("act") == "shipped":
        done(
            request,
            lambda: actions.use_shipped(
                body.pk, kind=of, language=language, by=request.user, at=timezone.now()
            ),
            said=_("The shipped form is used again."),
        )
        return redirect("papers:template", slug, kind, language)
    if form.is_valid():
        file = form.cleaned_data["file"]
        if done(
            request,
            lambda: actions.edit(
                body.pk,
                kind=of,
                language=language,
                name=file.name,
                content=file.read(),
                by=request.user,
                at=timezone.now(),
            ),
            form=form,
            said=_("The template is used from now on."),
        ):
            return redirect("papers:template", slug, kind, language)
    return TemplateResponse(
        request,
        "papers/desk/template.html",
        {
            "section": "desk",
            "place": "papers",
            "body": body,
            "kind": of,
            "language": language,
            "in_language": IN[language],
            "editions": (rows := queries.editions(body, of, language)),
            "used": next((row for row in rows if row.in_use), None),
            "names": names_of(of),
            "form": form,
        },
    )


@desk(rights.EDIT)
def edition(
    request: PersonRequest, slug: str, kind: str, language: str, number: int
) -> HttpResponse:
    """An edition of the body's template, as it was uploaded."""
    body, of = edited(request, slug), asked(kind, language)
    own = Template.objects.select_related("file")
    row = get_object_or_404(own, body=body, kind=of, language=language, edition=number)
    return serve(row.file)


@desk(rights.EDIT)
def current(request: PersonRequest, slug: str, kind: str, language: str) -> HttpResponse:
    """The template that is used, to be edited in Word."""
    body, of = edited(request, slug), asked(kind, language)
    content = queries.template_of(body.pk, of, language) or shipped(of, language)
    return download(content, f"{kind}.{language}.docx", actions.DOCX)
