"""A report before its controller, then before whoever issued: exactly what was handed in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kelisim.bodies.queries.powers import Powers
from kelisim.commitments import rights
from kelisim.commitments.actions import control
from kelisim.commitments.forms import control as forms
from kelisim.commitments.models import Extension, Report
from kelisim.commitments.queries import reviewing as reading
from kelisim.commitments.queries.reporting import executing, spoken_for
from kelisim.commitments.queries.reviewing import Review
from kelisim.commitments.rules import control as rules
from kelisim.commitments.states import Control, ExtensionState, ReportState
from kelisim.commitments.views.access import PersonRequest, done, signed_in, words
from kelisim.people.models import Person
from kelisim.refusals import Refusal

SAID = "…"


@dataclass(frozen=True)
class Ground:
    """What the rules of a review are asked with."""

    held: Powers
    review: Review
    by: int
    opined_by: int | None

    @property
    def report(self) -> Report:
        return self.review.report

    def executed(self) -> list[Refusal | None]:
        sent_by = self.review.last.sending.by_id
        return rules.may_opine(self.held, self.report, self.by, sent_by, digest=self.report.digest)

    def accepted(self, to: Control) -> list[Refusal | None]:
        """What keeps the issuer from removing or leaving, other than what is special to each."""
        report = self.report
        return rules.may_accept(self.held, report, self.by, self.opined_by, report.digest, to)

    def removed(self) -> list[Refusal | None]:
        return [
            *self.accepted(Control.REMOVED),
            *rules.may_remove(shows_form=self.review.shows_form, terms_left=self.review.terms_left),
        ]

    def left(self) -> list[Refusal | None]:
        return [
            *self.accepted(Control.LEFT),
            rules.may_leave(terms_left=self.review.terms_left),
        ]


@dataclass(frozen=True)
class Verb:
    """An act on a report: its form, whether it is open, what it does."""

    key: str
    words: Any
    form: type[forms.Act]
    asked: Callable[[Ground], list[Refusal | None]]
    do: Callable[[int, dict[str, Any], Person, datetime], object]

    @property
    def bound(self) -> bool:
        """Whether it is one press on what was read."""
        return self.form is forms.Bound


def bound(act: Callable[..., object]) -> Callable[[int, dict[str, Any], Person, datetime], object]:
    return lambda pk, given, by, at: act(pk, digest=given["digest"], by=by, at=at)


VERBS = (
    Verb(
        "opine",
        gettext_lazy("Executed"),
        forms.Bound,
        Ground.executed,
        bound(control.opine),
    ),
    Verb(
        "send_back",
        gettext_lazy("Return with a reason"),
        forms.Reasoned,
        lambda of: rules.may_send_back(of.held, of.report, because=SAID),
        lambda pk, given, by, at: control.send_back(pk, because=given["because"], by=by, at=at),
    ),
    Verb(
        "ask",
        gettext_lazy("Ask"),
        forms.Asking,
        lambda of: rules.may_ask(of.held, of.report, question=SAID),
        lambda pk, given, by, at: control.ask(pk, question=given["question"], by=by, at=at),
    ),
    Verb(
        "remove",
        gettext_lazy("Remove from control"),
        forms.Bound,
        Ground.removed,
        bound(control.remove),
    ),
    Verb(
        "leave",
        gettext_lazy("Accept, leave on control"),
        forms.Bound,
        Ground.left,
        bound(control.leave),
    ),
    Verb(
        "reject",
        gettext_lazy("Return in spite of the opinion"),
        forms.Reasoned,
        lambda of: rules.may_reject(of.held, of.report, because=SAID),
        lambda pk, given, by, at: control.reject(pk, because=given["because"], by=by, at=at),
    ),
)


@signed_in
def review(request: PersonRequest, pk: int) -> HttpResponse:
    """What was handed in, what changed in it since it was last; what may be done about it."""
    report = reading.report(pk)
    if report is None:
        raise Http404(pk)
    held, of = request.held, report.commitment
    oversees = held.may(rights.CONTROL, of.body) or held.may(rights.ISSUE, of.body)
    if not oversees and not spoken_for(held, executing(of)):
        raise PermissionDenied
    found = reading.review(report)
    if found is None:
        raise Http404(pk)
    ground = Ground(held, found, request.user.pk, control.opined_by(report))
    asked = request.POST.get("act", "")
    shown = []
    for verb in VERBS:
        pressed = request.method == "POST" and verb.key == asked
        if not pressed and any(verb.asked(ground)):
            continue
        form = verb.form(request.POST if pressed else None, auto_id=f"id_{verb.key}_%s")
        if pressed and verb.bound:
            # What was read stands in the page that was sent: another page must be read anew.
            read = {"digest": request.POST.get("digest", "")}
            acted(request, verb, read, pk)
            return redirect("commitments:review", pk)
        if pressed and form.is_valid() and acted(request, verb, form.cleaned_data, pk, form):
            return redirect("commitments:review", pk)
        shown.append((verb, form))
    if request.method == "POST" and asked not in {verb.key for verb in VERBS}:
        raise Http404(asked)
    return TemplateResponse(
        request,
        "commitments/desk/review.html",
        {
            "section": "desk",
            "place": "control",
            "review": found,
            "report": report,
            "commitment": of,
            "verbs": shown,
            "closed": closed(ground, {verb.key for verb, _form in shown}),
            "extension": Extension.objects.filter(
                stage=report.stage_id, state=ExtensionState.ASKED
            ).first(),
        },
    )


def acted(
    request: PersonRequest,
    verb: Verb,
    given: dict[str, Any],
    pk: int,
    form: forms.Act | None = None,
) -> bool:
    return done(
        request,
        lambda: verb.do(pk, given, request.user, timezone.now()),
        form=form,
        said=_("Done."),
    )


def closed(ground: Ground, shown: set[str]) -> list[str]:
    """Why the issuer can neither remove from control nor leave on it, where an opinion waits."""
    waits = ground.report.state == ReportState.EXECUTED
    if (
        not waits
        or shown & {"remove", "leave"}
        or rules.issues(ground.held, ground.report.commitment)
    ):
        return []
    last_term = not ground.review.terms_left
    refusals = ground.removed() if last_term else ground.left()
    return [words(refusal) for refusal in refusals if refusal]
