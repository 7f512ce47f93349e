"""The one form of an executor: reached from a letter, kept as a draft, handed in whole."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import PurePath
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.http.request import QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kelisim.bodies.models import Body
from kelisim.commitments.actions import reporting
from kelisim.commitments.forms.reporting import EVIDENCE, Reporting
from kelisim.commitments.models import Evidence, Report
from kelisim.commitments.queries import reporting as reading
from kelisim.commitments.queries.reporting import Desk
from kelisim.commitments.readers.photo import Given, given
from kelisim.commitments.rules import reporting as rules
from kelisim.commitments.states import WRITABLE
from kelisim.commitments.views.access import PersonRequest, done, signed_in, tell, words
from kelisim.papers.actions.files import keep
from kelisim.refusals import Refusal, Refused


def spoken_by(request: PersonRequest, bodies: Sequence[Body]) -> tuple[Body, list[Body]]:
    """For which executor somebody reports here: the one that is asked for, else the first."""
    mine = reading.spoken_for(request.held, bodies)
    if not mine:
        raise PermissionDenied
    asked = request.GET.get("body", "")
    return next((body for body in mine if str(body.pk) == asked), mine[0]), mine


@signed_in
def report(request: PersonRequest, pk: int) -> HttpResponse:
    """Report for a term: words, numbers, money, evidence; then hand in, or keep as a draft."""
    of = reading.stage(pk)
    if of is None or of.dropped:
        raise Http404(pk)
    bodies = reading.executing(of.commitment)
    body, mine = spoken_by(request, bodies)
    desk = reading.desk(of, bodies, body)
    here = f"{reverse('commitments:report', args=[pk])}?body={body.pk}"
    form = Reporting(request.POST or None, request.FILES or None, desk=desk)
    if request.method == "POST":
        form, saved = saved_from(request, form, desk)
        if pressed(request, form, desk, saved=saved):
            return redirect(here)
        desk = reading.desk(of, bodies, body)
        form.desk = desk
    return TemplateResponse(
        request,
        "commitments/desk/report.html",
        {
            "section": "desk",
            "place": "control",
            "desk": desk,
            "form": form,
            "here": here,
            "mine": mine,
            "today": timezone.localdate(),
            "closed": rules.may_report(request.held, of.commitment, body, executes=True),
        },
    )


def saved_from(request: PersonRequest, form: Reporting, desk: Desk) -> tuple[Reporting, bool]:
    """Keep everything that the form says as a draft; evidence that is kept leaves the form."""
    if not form.is_valid():
        return form, False
    try:
        pieces = [
            given(file.name or "", file.read(), file.content_type or "")
            for file in form.cleaned_data["file"]
        ]
    except Refused as refused:
        tell(request, refused, form)
        return form, False
    at = timezone.now()
    if not done(
        request,
        lambda: save(form, desk, pieces, request, at),
        form=form,
    ):
        return form, False
    left = Reporting(without_evidence(request.POST), desk=desk)
    left.is_valid()
    return left, True


def without_evidence(data: QueryDict) -> QueryDict:
    kept = data.copy()
    for name in EVIDENCE:
        kept.pop(name, None)
    return kept


def save(
    form: Reporting, desk: Desk, pieces: Sequence[Given], request: PersonRequest, at: datetime
) -> None:
    """The words and numbers, then each piece of evidence that is not there yet."""
    by, said = request.user, form.cleaned_data
    told = reporting.write(desk.stage.pk, body_id=desk.body.pk, **form.report(), by=by, at=at)
    kept = Evidence.objects.filter(report=told).values_list("file__sha256", "address")
    there = {(sha256 or "", address) for sha256, address in kept}
    common: dict[str, Any] = {
        "language": said["language"],
        "effective_on": said["effective_on"] or date.min,
        "shows_form": said["shows_form"],
        "public": said["public"],
        "by": by,
        "at": at,
    }
    for n, piece in enumerate(pieces, 1):
        file = keep(name=piece.name, content=piece.content, media_type=piece.media_type, at=at)
        if (file.sha256, "") not in there:
            reporting.add_evidence(
                told.pk,
                title=titled(said["title"], piece.name, n, len(pieces)),
                file=file,
                photo=piece.photo,
                consent=said["consent"],
                **common,
            )
    if said["address"] and ("", said["address"]) not in there:
        reporting.add_evidence(told.pk, title=said["title"], address=said["address"], **common)


def titled(title: str, name: str, n: int, many: int) -> str:
    """What a file is called: as was said, numbered where one title is said of several."""
    if not title:
        return PurePath(name).stem
    return title if many == 1 else f"{title} ({n})"


def pressed(request: PersonRequest, form: Reporting, desk: Desk, *, saved: bool) -> bool:
    """What the button asked for beyond keeping the draft. Says whether all of it was done."""
    act, _sign, of = request.POST.get("act", "save").partition("-")
    if not saved:
        if act == "hand_in" and not form.data.get("words", "").strip():
            missing = words(Refusal("commitments.words_needed"))
            form.add_error("words", missing)
        return False
    by, at = request.user, timezone.now()
    own = Report.objects.get(stage=desk.stage, body=desk.body, state__in=WRITABLE)
    if act == "hand_in":
        return done(
            request,
            lambda: reporting.hand_in(own.pk, gathers=form.gathers(), by=by, at=at),
            form=form,
            said=_("Handed in."),
        )
    if act == "remove":
        piece = next((one for one in desk.evidence if str(one.pk) == of), None)
        if piece is None:
            raise Http404(of)
        return done(
            request,
            lambda: reporting.remove_evidence(piece.pk, by=by, at=at),
            form=form,
            said=_("Removed."),
        )
    if act == "return":
        part = next((one for one in desk.parts if one.of(of)), None)
        if part is None:
            raise Http404(of)
        return done(
            request,
            lambda: reporting.return_part(
                int(of), because=form.cleaned_data.get(f"because_{of}", ""), by=by, at=at
            ),
            form=form,
            said=_("Returned."),
            places={"because": f"because_{of}"},
        )
    return done(request, lambda: None, said=_("Kept as a draft."))
