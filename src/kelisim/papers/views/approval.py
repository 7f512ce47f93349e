"""Papers that go round: sent, answered, settled; the sheet and the table."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from kelisim.bodies.models import Body
from kelisim.pages.languages import IN
from kelisim.papers import forms, queries, rights
from kelisim.papers.actions import approval as actions
from kelisim.papers.actions.files import keep
from kelisim.papers.actions.templates import DOCX
from kelisim.papers.exports import approval as papers
from kelisim.papers.exports import docx, pdf
from kelisim.papers.models import Consent, Disagreement, Round
from kelisim.papers.states import PaperKind, Verdict
from kelisim.papers.trees.contexts import Context
from kelisim.papers.views.access import (
    PersonRequest,
    desk,
    done,
    further,
    kept_bodies,
    older_than,
    tongue,
)
from kelisim.papers.views.serving import download, serve
from kelisim.papers.words import LANGUAGES

MAKE: dict[PaperKind, Callable[[Round, str], Context]] = {
    PaperKind.SHEET: papers.sheet,
    PaperKind.DISAGREEMENTS: papers.disagreements,
}


@desk(rights.KEEP, rights.APPROVE)
def listing(request: PersonRequest) -> HttpResponse:
    """Papers that I sent round, or that my body is asked about."""
    held = request.held
    found = queries.rounds(
        held.reached(rights.KEEP), held.reached(rights.APPROVE), older_than(request)
    )
    rows = list(found[: queries.PAGE + 1])
    return TemplateResponse(
        request,
        "papers/desk/rounds.html",
        {
            "section": "desk",
            "place": "papers",
            "rows": rows[: queries.PAGE],
            "after": further(request, rows, queries.PAGE),
            "keeps": held.may(rights.KEEP),
        },
    )


@desk(rights.KEEP)
def begin(request: PersonRequest) -> HttpResponse:
    """Send a paper round."""
    others = Body.objects.filter(dissolved_on=None, merged_into=None, association=None)
    asked = list(others.order_by(f"order_{tongue()}", "pk"))
    said = request.GET.get("follows", "")
    before = found(request, int(said))[0] if said.isdecimal() and len(said) < 16 else None  # noqa: PLR2004
    form = forms.Sending(
        request.POST or None,
        request.FILES or None,
        own=kept_bodies(request.held),
        others=asked,
        tongue=tongue(),
        initial=again(before) if before else None,
    )
    made: list[Round] = []
    if form.is_valid():
        given = form.cleaned_data

        def act() -> None:
            at = timezone.now()
            file = given["file"]
            made.append(
                actions.begin_round(
                    given["body"],
                    title=given["title"],
                    file=keep(
                        name=file.name,
                        content=file.read(),
                        media_type=file.content_type or "",
                        at=at,
                    ),
                    bodies=[body for body in asked if body.pk in given["bodies"]],
                    due_on=given["due_on"],
                    follows=before.pk if before else None,
                    by=request.user,
                    at=at,
                )
            )

        if done(request, act, form=form):
            return redirect("papers:round", made[0].pk)
    return TemplateResponse(
        request,
        "papers/desk/form.html",
        {
            "section": "desk",
            "place": "papers",
            "form": form,
            "heading": _("Send a changed paper round") if before else _("Send a paper round"),
            "note": _("The earlier round ends: what was agreed there was agreed to another text.")
            if before
            else "",
            "button": _("Send it"),
        },
    )


def again(before: Round) -> dict[str, Any]:
    """What the form begins with when a changed paper goes round."""
    return {
        "body": before.body_id,
        "title": before.title,
        "bodies": [row.body_id for row in before.consents.all()],
    }


def found(request: PersonRequest, pk: int) -> tuple[Round, list[Consent]]:
    """An approval that somebody may see, and the answers that they give in it."""
    row = queries.round_of(pk)
    if row is None:
        raise Http404(pk)
    mine = [each for each in row.consents.all() if request.held.may(rights.APPROVE, each.body)]
    if not mine and not request.held.may(rights.KEEP, row.body):
        raise PermissionDenied
    return row, mine


@desk(rights.KEEP, rights.APPROVE)
def round_(request: PersonRequest, pk: int) -> HttpResponse:
    """A paper that goes round: what each said; settle and close, for whoever sent it."""
    row, mine = found(request, pk)
    keeps = request.held.may(rights.KEEP, row.body)
    if request.method == "POST":
        said = request.POST.get("of", "")
        at = timezone.now()
        if request.POST.get("act") == "close":
            done(request, lambda: actions.close_round(pk, by=request.user, at=at))
        elif said.isdecimal():
            settled = get_object_or_404(Disagreement, pk=said, consent__round=row)
            form = forms.Settlement(request.POST)
            if form.is_valid():
                text = form.cleaned_data["settlement"]
                done(
                    request,
                    lambda: actions.settle(settled.pk, text=text, by=request.user, at=at),
                )
        return redirect("papers:round", pk)
    return TemplateResponse(
        request,
        "papers/desk/round.html",
        {
            "section": "desk",
            "place": "papers",
            "round": row,
            "mine": mine,
            "keeps": keeps,
            "languages": IN.items(),
            "differ": any(each.disagreements.all() for each in row.consents.all()),
        },
    )


@desk(rights.APPROVE)
def answer(request: PersonRequest, pk: int, consent: int) -> HttpResponse:
    """Say for my body whether it agrees."""
    row, mine = found(request, pk)
    own = next((each for each in mine if each.pk == consent), None)
    if own is None:
        raise Http404(consent)
    form = forms.Saying(
        request.POST or None,
        initial={"verdict": own.verdict, "remark": own.remark},
    )
    if form.is_valid() and done(
        request,
        lambda: actions.say(
            consent,
            verdict=Verdict(form.cleaned_data["verdict"]),
            remark=form.cleaned_data["remark"],
            differing=form.differing(),
            read=request.POST.get("read", ""),
            by=request.user,
            at=timezone.now(),
        ),
        form=form,
        said=_("Answered."),
    ):
        return redirect("papers:round", pk)
    return TemplateResponse(
        request,
        "papers/desk/answer.html",
        {
            "section": "desk",
            "place": "papers",
            "round": row,
            "consent": own,
            "form": form,
        },
    )


@desk(rights.KEEP, rights.APPROVE)
def file(request: PersonRequest, pk: int) -> HttpResponseBase:
    """The paper that goes round."""
    row, _mine = found(request, pk)
    return serve(row.file)


@desk(rights.KEEP, rights.APPROVE)
def paper(request: PersonRequest, pk: int, kind: str, language: str, ending: str) -> HttpResponse:
    """The approval sheet or the table of disagreements, as DOCX or PDF."""
    row, _mine = found(request, pk)
    make = MAKE.get(PaperKind(kind)) if kind in PaperKind.values else None
    if make is None or language not in LANGUAGES:
        raise Http404(kind)
    context = make(row, language)
    name = f"{kind}-{pk}.{language}.{ending}"
    if ending == "pdf":
        return download(pdf.render(PaperKind(kind), language, context), name, "application/pdf")
    content = docx.render(PaperKind(kind), language, context, body_id=row.body_id)
    return download(content, name, DOCX)
