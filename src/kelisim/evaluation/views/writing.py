"""Reports for a period on the desk: begun, written, computed, published."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kelisim.commitments.views.access import PersonRequest, done, signed_in, words
from kelisim.evaluation import rights
from kelisim.evaluation.actions import periods as actions
from kelisim.evaluation.exports import periods as exporting
from kelisim.evaluation.forms.periods import Beginning, Correcting, Writing, filled
from kelisim.evaluation.models import PeriodReport
from kelisim.evaluation.queries import periods as reading
from kelisim.evaluation.rules import periods as rules
from kelisim.evaluation.states import PeriodKind, PeriodState
from kelisim.evaluation.views.periods import PAGE
from kelisim.meetings.views.access import bodies_of
from kelisim.people.queries import without_second_factor
from kelisim.refusals import require

if TYPE_CHECKING:
    from collections.abc import Callable


@signed_in
def office_periods(request: PersonRequest) -> HttpResponse:
    """Reports of the bodies that one writes or publishes for, and the form that begins one."""
    writes, publishes = request.held.may(rights.WRITE), request.held.may(rights.PUBLISH)
    if not writes and not publishes:
        raise PermissionDenied
    form = None
    if writes:
        last = timezone.localdate().year - 1
        first = {"year": last, "kind": PeriodKind.YEAR}
        bodies = bodies_of(request.held, rights.WRITE)
        form = Beginning(request.POST or None, initial=first, bodies=bodies)
        if request.method == "POST" and form.is_valid() and (begun := begin(request, form)):
            return redirect("evaluation:office-period", begun.pk)
    page = Paginator(reading.listed(request.held), PAGE).get_page(request.GET.get("page"))
    return TemplateResponse(
        request,
        "evaluation/desk/periods.html",
        {
            "section": "desk",
            "place": "period-reports",
            "form": form,
            "page": page,
            "rows": [(one, reading.titled(one)) for one in page.object_list],
        },
        status=422 if form and form.errors else 200,
    )


def begin(request: PersonRequest, form: Beginning) -> PeriodReport | None:
    given = form.cleaned_data
    made: list[PeriodReport] = []

    def act() -> None:
        made.append(
            actions.begin(
                given["body"].pk,
                PeriodKind(given["kind"]),
                form.period,
                by=request.user,
                at=timezone.now(),
            )
        )

    done(request, act, form=form)
    return made[0] if made else None


def found(request: PersonRequest, pk: int) -> PeriodReport:
    """A report that somebody may write or publish; 404 where there is none, 403 else."""
    report = reading.one(pk)
    if report is None or report.state == PeriodState.DISCARDED:
        raise Http404(pk)
    held = request.held
    if not held.may(rights.WRITE, report.body) and not held.may(rights.PUBLISH, report.body):
        raise PermissionDenied
    return report


@signed_in
def office_period(request: PersonRequest, pk: int) -> HttpResponse:
    """The texts to write, what would be computed or was, and what can be done next."""
    report = found(request, pk)
    return shown(request, report, writing(request, report))


def writing(request: PersonRequest, report: PeriodReport) -> Writing | None:
    """The form of the texts, where one may write; saved if it was sent."""
    if report.state != PeriodState.DRAFT or not request.held.may(rights.WRITE, report.body):
        return None
    there = actions.texts(report)
    form = Writing(
        request.POST or None,
        initial=filled(there, actions.texts_digest(there)),
    )
    if request.method == "POST" and form.is_valid():

        def act() -> None:
            actions.write(
                report.pk,
                form.texts,
                seen=form.cleaned_data["seen"],
                by=request.user,
                at=timezone.now(),
            )

        if done(request, act, form=form, said=_("The texts are saved.")):
            now = actions.texts(report)
            return Writing(initial=filled(now, actions.texts_digest(now)))
    return form


def shown(
    request: PersonRequest,
    report: PeriodReport,
    form: Writing | None,
    correcting: Correcting | None = None,
) -> HttpResponse:
    today = timezone.localdate()
    frozen = report.state != PeriodState.DRAFT
    content = report.content if frozen else reading.composed(report, today)
    held = request.held
    wordless = not content["written"]
    may_freeze = [r for r in rules.may_freeze(held, report, today, wordless=wordless) if r]
    pk, whole = request.user.pk, not frozen or reading.whole(report)
    publishing = rules.may_publish(held, report, pk, report.digest, whole=whole)
    closed = [*publishing, without_second_factor(request.user, on=today)]
    wrong = any(one is not None and one.errors for one in (form, correcting))
    context: dict[str, Any] = {
        "section": "desk",
        "place": "period-reports",
        "report": report,
        "found": exporting.shown(content),
        "form": form,
        "correcting": correcting or Correcting(),
        "writes": held.may(rights.WRITE, report.body),
        "publishes": held.may(rights.PUBLISH, report.body),
        "not_frozen": [words(one) for one in may_freeze],
        "not_published": [words(one) for one in closed if one],
    }
    return TemplateResponse(
        request, "evaluation/desk/period.html", context, status=422 if wrong else 200
    )


@signed_in
@require_POST
def period_act(request: PersonRequest, pk: int) -> HttpResponse:
    """Compute, write on, publish, give up, correct."""
    report, by, at = found(request, pk), request.user, timezone.now()
    pressed = request.POST.get("act", "")
    if pressed == "correct":
        return corrected(request, report)

    def publish() -> None:
        require(without_second_factor(by, on=timezone.localdate(at)))
        actions.publish(pk, seen=request.POST.get("seen", ""), by=by, at=at)

    acts: dict[str, tuple[Callable[[], object], str]] = {
        "freeze": (lambda: actions.freeze(pk, by=by, at=at), _("The report is computed.")),
        "reopen": (lambda: actions.reopen(pk, by=by, at=at), _("The report can be written again.")),
        "publish": (publish, _("The report is published.")),
        "discard": (lambda: actions.discard(pk, by=by, at=at), _("The report is given up.")),
    }
    if pressed not in acts:
        raise Http404(pressed)
    act, said = acts[pressed]
    if done(request, act, said=said) and pressed == "discard":
        return redirect("evaluation:office-periods")
    return redirect("evaluation:office-period", pk)


def corrected(request: PersonRequest, report: PeriodReport) -> HttpResponse:
    """A next edition is begun, or the form says why not."""
    form = Correcting(request.POST)
    made: list[PeriodReport] = []

    def act() -> None:
        because = form.cleaned_data["because"]
        new = actions.correct(report.pk, because=because, by=request.user, at=timezone.now())
        made.append(new)

    if form.is_valid() and done(request, act, form=form, said=_("The next edition is begun.")):
        return redirect("evaluation:office-period", made[0].pk)
    return shown(request, report, None, form)
