"""Signed files on the desk: received, shown with what was found, given back as they came."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from kelisim.pages.sentences import sentence
from kelisim.papers import rights
from kelisim.papers.actions import signing as actions
from kelisim.papers.forms.signing import Receiving
from kelisim.papers.models import Document, Signature
from kelisim.papers.queries import PAGE
from kelisim.papers.queries import signing as queries
from kelisim.papers.readers import cms
from kelisim.papers.states import SignatureState
from kelisim.papers.trees.containers import holders
from kelisim.papers.trees.signed import STAMP, Holder, Signed, told
from kelisim.papers.views.access import (
    PersonRequest,
    desk,
    done,
    further,
    kept_bodies,
    older_than,
    tongue,
)
from kelisim.papers.views.serving import serve
from kelisim.refusals import Refused

DESK = {"section": "desk", "place": "papers"}


@dataclass(frozen=True, slots=True)
class Shown:
    """One signature as an office sees it. A page for the public leaves out the holder's name."""

    holder: Holder
    state: SignatureState
    signed_at: datetime | None
    stamped_at: datetime | None
    findings: list[str]


def moment(said: str | None) -> datetime | None:
    return datetime.fromisoformat(said) if said else None


def signed(signature: Signature) -> Signed:
    """A kept file as the reader reads it."""
    content = bytes(signature.content.content) if signature.content else None
    return cms.read(bytes(signature.file.content), content)


def shown(signature: Signature) -> list[Shown]:
    """Whom the container names, with what the last check found of each signature."""
    found = []
    last = next(iter(signature.checks.all()))
    for whom, check in zip(holders(signed(signature)), last.signers, strict=True):
        words = []
        for each in map(told, [*check["findings"], *check["notes"]]):
            lead = _("Time stamp") if each.place == STAMP else ""
            plain = sentence(type(each)(each.code, place=lead, **each.facts))
            words.append(plain)
        found.append(
            Shown(
                holder=whom,
                state=SignatureState(check["state"]),
                signed_at=moment(check["signed_at"]),
                stamped_at=moment(check["stamped_at"]),
                findings=words,
            )
        )
    return found


@desk(rights.KEEP)
def listing(request: PersonRequest) -> HttpResponse:
    """The signed files of the bodies that I keep."""
    state = request.GET.get("state", "")
    found = queries.signatures(request.held.reached(rights.KEEP), state=state)
    before = older_than(request)
    found = found.filter(pk__lt=before) if before else found
    rows = list(found.order_by("-pk")[: PAGE + 1])
    return TemplateResponse(
        request,
        "papers/signatures.html",
        {
            **DESK,
            "rows": rows[:PAGE],
            "after": further(request, rows, PAGE),
            "state": state,
            "states": SignatureState.choices,
        },
    )


@desk(rights.KEEP)
def receive(request: PersonRequest, document: int | None = None) -> HttpResponse:
    """Hand in a signed file, to a registered paper where it belongs to one."""
    paper = None
    bodies = kept_bodies(request.held)
    if document is not None:
        paper = get_object_or_404(Document.objects.select_related("body"), pk=document)
        bodies = [body for body in bodies if body.pk == paper.body_id]
        if not bodies:
            raise PermissionDenied
    form = Receiving(request.POST or None, request.FILES or None, bodies=bodies, tongue=tongue())
    kept: list[Signature] = []
    if form.is_bound and (given := opened(form)) is not None and form.is_valid():
        files = form.cleaned_data

        def act() -> None:
            kept.append(
                actions.receive(
                    given,
                    body_id=files["body"],
                    name=files["container"].name,
                    content_name=files["content"].name if files["content"] else "",
                    content_type=(files["content"].content_type or "") if files["content"] else "",
                    document_id=document,
                    by=request.user,
                    at=timezone.now(),
                )
            )

        if done(request, act, form=form):
            return redirect("papers:signature", kept[0].pk)
    return TemplateResponse(
        request, "papers/signature_form.html", {**DESK, "form": form, "document": paper}
    )


def opened(form: Receiving) -> Signed | None:
    """The files of a form as the reader reads them; what it refuses stands at the fields."""
    form.full_clean()
    container, content = (form.cleaned_data.get(name) for name in ("container", "content"))
    if container is None:
        return None
    try:
        return cms.read(container.read(), content.read() if content is not None else None)
    except Refused as refused:
        for refusal in refused.refusals:
            form.add_error(refusal.place, _(refusal.code) % dict(refusal.facts))
        return None


def found(request: PersonRequest, pk: int) -> Signature:
    """A signed file that somebody may see; 404, or 403."""
    signature = queries.signature(pk)
    if signature is None:
        raise Http404(pk)
    if not request.held.may(rights.KEEP, signature.body):
        raise PermissionDenied
    return signature


@desk(rights.KEEP)
def signature(request: PersonRequest, pk: int) -> HttpResponse:
    """A signed file: who signed it for whom, what was found, and what was found before."""
    row = found(request, pk)
    if request.method == "POST":
        same: list[bool] = []

        def act() -> None:
            check = actions.reverify(pk, signed(row), by=request.user, at=timezone.now())
            same.append(check is None)

        if done(request, act):
            words = _("Checked again: nothing has changed.") if same[0] else _("Checked again.")
            done(request, lambda: None, said=words)
        return redirect("papers:signature", pk)
    return TemplateResponse(
        request,
        "papers/signature.html",
        {**DESK, "signature": row, "signers": shown(row), "checks": row.checks.all()},
    )


@desk(rights.KEEP)
def container(request: PersonRequest, pk: int) -> HttpResponse:
    """The container as it came."""
    return serve(found(request, pk).file)


@desk(rights.KEEP)
def content(request: PersonRequest, pk: int) -> HttpResponse:
    """The file that was signed apart from its signature, as it came."""
    row = found(request, pk)
    if row.content is None:
        raise Http404(pk)
    return serve(row.content)
