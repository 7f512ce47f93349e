"""A plan before its executors: their answers, the approval sheet, and what may be done with it."""

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
from kelisim.commitments.actions import agreeing, plans
from kelisim.commitments.forms import agreeing as forms
from kelisim.commitments.models import Agreement, Commitment, Edition
from kelisim.commitments.queries import agreeing as reading
from kelisim.commitments.queries import rows
from kelisim.commitments.queries.plans import official
from kelisim.commitments.queries.regulating import control_rules
from kelisim.commitments.rules import plans as rules
from kelisim.commitments.states import CONTROLLED, EditionState, Say
from kelisim.commitments.views.access import PersonRequest, done, signed_in, tongue, words
from kelisim.people.models import Person
from kelisim.refusals import Refusal

SAID = "…"
DESK = {"section": "desk", "place": "waiting"}


@signed_in
def agreements(request: PersonRequest) -> HttpResponse:
    """What waits for the word of my bodies; plans on their way; plans that are in force."""
    held = request.held
    return TemplateResponse(
        request,
        "commitments/agreements.html",
        {
            **DESK,
            "asked": reading.awaiting(held),
            "moving": reading.moving(held),
            "running": reading.running(held),
        },
    )


@signed_in
def agreement(request: PersonRequest, pk: int) -> HttpResponse:
    """An executor reads its own rows and the whole table, and says what it thinks."""
    asked = reading.agreement(pk)
    if asked is None:
        raise Http404(pk)
    edition, held = asked.edition, request.held
    if not held.may(rights.AGREE, asked.body) and not held.may(rights.DRAFT, edition.plan.body):
        raise PermissionDenied
    current = rows.content_digest(rows.lines(edition))
    form = forms.Saying(request.POST or None, initial={"digest": current})
    if request.method == "POST" and form.is_valid() and said(request, pk, form):
        return redirect("commitments:agreement", pk)
    if form.is_bound:
        # The page is shown anew with the table as it stands: that is what is now read.
        form.data = {**request.POST.dict(), "digest": current}
    table, own = reading.own_first(edition, asked.body, tongue())
    closed = rules.may_say(
        held, asked, Say.DISAGREES, words=SAID, digest=current, current=current
    ) and rules.may_say(held, asked, Say.AGREED, words=SAID, digest=current, current=current)
    return TemplateResponse(
        request,
        "commitments/agreement.html",
        {
            **DESK,
            "agreement": asked,
            "edition": edition,
            "plan": edition.plan,
            "table": table,
            "own": own,
            "form": form,
            "closed": [words(one) for one in closed if one],
            "drafts": held.may(rights.DRAFT, edition.plan.body),
        },
        status=422 if form.errors else 200,
    )


def said(request: PersonRequest, pk: int, form: forms.Saying) -> bool:
    given = form.cleaned_data
    return done(
        request,
        lambda: agreeing.say(
            pk,
            state=Say(given["state"]),
            words=given["words"],
            digest=given["digest"],
            by=request.user,
            at=timezone.now(),
        ),
        form=form,
        said=_("Your answer stands on the approval sheet."),
    )


@dataclass(frozen=True)
class Ground:
    """What the rules of an approval sheet are asked with."""

    held: Powers
    edition: Edition
    answers: list[Agreement]
    silence_agrees: bool
    on_control: int

    def asked(self) -> list[Refusal | None]:
        return rules.may_ask(self.held, self.edition)

    def concluded(self) -> list[Refusal | None]:
        return rules.may_conclude(
            self.held, self.edition, self.answers, silence_agrees=self.silence_agrees
        )

    def taken_back(self) -> list[Refusal | None]:
        if self.edition.state == EditionState.DRAFT:
            return [Refusal("commitments.wrong_state", state="")]
        return rules.may_take_back(self.held, self.edition, because=SAID)

    def discarded(self) -> list[Refusal | None]:
        return rules.may_discard(self.held, self.edition, because=SAID)

    def amended(self) -> list[Refusal | None]:
        plan = self.edition.plan
        in_force = self.edition.state == EditionState.IN_FORCE
        return [*rules.may_amend(self.held, plan, because=SAID, open_edition=not in_force)]

    def closed(self) -> list[Refusal | None]:
        return rules.may_close(self.held, self.edition.plan, on_control=self.on_control)


@dataclass(frozen=True)
class Verb:
    """An act on an edition or its plan: its form, whether it is open, what it does."""

    key: str
    words: Any
    help: Any
    form: type[forms.Act]
    open: Callable[[Ground], list[Refusal | None]]
    do: Callable[[Edition, dict[str, Any], Person, datetime], Edition | object]


VERBS = (
    Verb(
        "ask",
        gettext_lazy("Send to the executors"),
        gettext_lazy("Every executor that the table names is asked for its answer."),
        forms.Act,
        Ground.asked,
        lambda of, _given, by, at: agreeing.ask(of.pk, by=by, at=at),
    ),
    Verb(
        "conclude",
        gettext_lazy("Conclude the agreement"),
        gettext_lazy("The edition then waits for the chair."),
        forms.Act,
        Ground.concluded,
        lambda of, _given, by, at: agreeing.conclude(of.pk, by=by, at=at),
    ),
    Verb(
        "take_back",
        gettext_lazy("Take back to be changed"),
        gettext_lazy("It is a draft again. Afterwards the executors are asked anew."),
        forms.Reasoned,
        Ground.taken_back,
        lambda of, given, by, at: agreeing.take_back(of.pk, because=given["because"], by=by, at=at),
    ),
    Verb(
        "amend",
        gettext_lazy("Amend the plan"),
        gettext_lazy("A new edition begins with the rows of this one."),
        forms.Reasoned,
        Ground.amended,
        lambda of, given, by, at: plans.amend(of.plan_id, because=given["because"], by=by, at=at),
    ),
    Verb(
        "close",
        gettext_lazy("Close the plan"),
        gettext_lazy("Nothing of it is on control any more."),
        forms.Act,
        Ground.closed,
        lambda of, _given, by, at: plans.close(of.plan_id, by=by, at=at),
    ),
    Verb(
        "discard",
        gettext_lazy("Discard"),
        gettext_lazy("The edition is given up; of a new plan nothing is left to work on."),
        forms.Reasoned,
        Ground.discarded,
        lambda of, given, by, at: plans.discard(of.pk, because=given["because"], by=by, at=at),
    ),
)


def seen(request: PersonRequest, pk: int) -> Edition:
    """An edition that somebody drafts or approves, or to which their body is asked."""
    edition = reading.edition(pk)
    if edition is None:
        raise Http404(pk)
    held, body = request.held, edition.plan.body
    if not held.may(rights.DRAFT, body) and not held.may(rights.APPROVE, body):
        asked = Agreement.objects.filter(reading.over(held, rights.AGREE, "body"), edition=edition)
        if not asked.exists():
            raise PermissionDenied
    return edition


@signed_in
def sheet(request: PersonRequest, pk: int) -> HttpResponse:
    """The approval sheet of an edition with every answer, and what may be done next."""
    edition = seen(request, pk)
    held, plan, today = request.held, edition.plan, timezone.localdate()
    answers = reading.rounds(edition)
    present = list(answers[0].answers) if answers and answers[0].number == edition.round else []
    ground = Ground(
        held,
        edition,
        present,
        control_rules(plan.body, today).silence_agrees,
        Commitment.objects.filter(plan=plan, control__in=CONTROLLED).count(),
    )
    pressed = request.POST.get("act", "")
    shown = []
    for verb in VERBS:
        chosen = pressed == verb.key
        # Whoever presses is told why not; what is closed is otherwise not offered.
        if not chosen and any(verb.open(ground)):
            continue
        form = verb.form(request.POST if chosen else None, auto_id=f"id_{verb.key}_%s")
        if chosen and form.is_valid():
            to = acted(request, verb, edition, form)
            if to:
                return redirect("commitments:sheet", to)
        shown.append((verb, form))
    settling = settlings(request, present, pressed)
    if settling is None:
        return redirect("commitments:sheet", pk)
    if pressed and pressed not in {*(verb.key for verb in VERBS), "settle"}:
        raise Http404(pressed)
    waits = edition.state == EditionState.AGREEING
    forms_shown = [form for _verb, form in shown] + [form for form in settling.values() if form]
    return TemplateResponse(
        request,
        "commitments/agree_sheet.html",
        {
            **DESK,
            "plan": plan,
            "edition": edition,
            "rounds": [
                (one, [(each, settling.get(each.pk)) for each in one.answers]) for one in answers
            ],
            "verbs": shown,
            "table": official(edition, tongue()),
            "waits_for": [words(one) for one in ground.concluded() if one] if waits else [],
            "approves": held.may(rights.APPROVE, plan.body)
            and edition.state == EditionState.AGREED,
            "drafts": held.may(rights.DRAFT, plan.body),
        },
        status=422 if any(form.errors for form in forms_shown) else 200,
    )


def acted(request: PersonRequest, verb: Verb, edition: Edition, form: forms.Act) -> int | None:
    """Do it and say which edition is shown next; None where it is refused."""
    made: list[object] = []
    given = form.cleaned_data
    if not done(
        request,
        lambda: made.append(verb.do(edition, given, request.user, timezone.now())),
        form=form,
        said=_("Done."),
    ):
        return None
    (new,) = made
    return new.pk if isinstance(new, Edition) else edition.pk


def settlings(
    request: PersonRequest, answers: list[Agreement], pressed: str
) -> dict[int, forms.Settling] | None:
    """A form for each answer that is open to settle; None once one was settled."""
    found = {}
    for one in answers:
        chosen = pressed == "settle" and request.POST.get("answer") == str(one.pk)
        if not chosen and any(rules.may_settle(request.held, one, settlement=SAID)):
            continue
        form = forms.Settling(request.POST if chosen else None, auto_id=f"id_{one.pk}_%s")
        if chosen and form.is_valid() and settled(request, one.pk, form):
            return None
        if chosen or not one.settlement:
            found[one.pk] = form
    return found


def settled(request: PersonRequest, pk: int, form: forms.Settling) -> bool:
    return done(
        request,
        lambda: agreeing.settle(
            pk, settlement=form.cleaned_data["settlement"], by=request.user, at=timezone.now()
        ),
        form=form,
        said=_("Saved."),
    )
