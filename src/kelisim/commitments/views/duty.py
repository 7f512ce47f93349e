"""One commitment on the desk: the same facts, and every act that is open to whoever looks."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kelisim.bodies.models import Body
from kelisim.bodies.queries.powers import Powers
from kelisim.calendar.queries import calendar
from kelisim.commitments import rights
from kelisim.commitments.actions import control, extending
from kelisim.commitments.forms import control as forms
from kelisim.commitments.maps.regions import regional
from kelisim.commitments.models import Commitment, Executor, Extension, Stage
from kelisim.commitments.queries import commitment as reading
from kelisim.commitments.queries.commitment import Page
from kelisim.commitments.queries.regulating import control_rules
from kelisim.commitments.queries.reporting import spoken_for
from kelisim.commitments.rules import control as rules
from kelisim.commitments.states import Control, ExtensionState, Status
from kelisim.commitments.views.access import PersonRequest, done, signed_in, tongue
from kelisim.commitments.views.public import drawn, within
from kelisim.pages.languages import spoken
from kelisim.pages.templatetags.kelisim import day
from kelisim.people.models import Person
from kelisim.refusals import Refusal

SAID = "…"
"""Stands for the reason that is still to be given, when a rule is asked whether an act is open."""


@dataclass
class Ground:
    """What the rules of all acts are asked with."""

    held: Powers
    commitment: Commitment
    page: Page
    today: date

    @cached_property
    def running(self) -> list[Stage]:
        """Terms that can be extended: not met, nobody has asked yet."""
        asked = {one.stage_id for one in self.page.asked}
        return [one for one in self.page.terms if not one.met_on and one.pk not in asked]

    def extensible(self, stage: Stage) -> list[Refusal | None]:
        known = control_rules(self.commitment.body, self.today)
        stage.commitment = self.commitment
        granted = sum(
            one.stage_id == stage.pk and one.state == ExtensionState.GRANTED
            for one in self.page.extensions
        )
        return rules.may_ask_extension(
            self.held,
            stage,
            min(stage.due_on + timedelta(days=1), max(self.commitment.plan.ends, stage.due_on)),
            SAID,
            calendar(self.today).between(self.today, stage.due_on),
            known.extension_ahead,
            known.extension_most,
            granted,
        )

    def terms(self) -> list[tuple[int, str]]:
        return [
            (stage.pk, day(stage.due_on))
            for stage in self.running
            if not any(self.extensible(stage))
        ]

    def bodies(self) -> list[tuple[int, str]]:
        """To whom it can be given: bodies that live, associations only if they execute already."""
        executes = Exists(Executor.objects.filter(body=OuterRef("pk"), until=None))
        found = (
            Body.objects.filter(dissolved_on=None, merged_into=None)
            .filter(Q(kind__registered=False) | executes)
            .exclude(pk=self.commitment.lead_id)
            .order_by(f"order_{tongue()}", "pk")
        )
        return [(body.pk, spoken(body.name, tongue()).text) for body in found]

    def lines(self) -> list[tuple[int, str]]:
        return [(row.pk, f"{row.year}, {row.get_source_display()}") for row in self.page.money]


type Given = Mapping[str, Any]
type Do = Callable[[int, Given, Person, datetime], object]


@dataclass(frozen=True)
class Verb:
    """An act: its form, whether it is open, what it does."""

    key: str
    words: Any
    form: type[forms.Act]
    asked: Callable[[Ground], Iterable[Refusal | None]]
    do: Do
    choices: Mapping[str, Callable[[Ground], forms.Choices]]

    def open_to(self, ground: Ground) -> bool:
        return not any(self.asked(ground))

    def blank(self, ground: Ground, data: Any = None) -> forms.Act:
        choices = {name: given(ground) for name, given in self.choices.items()}
        return self.form(data, choices=choices, auto_id=f"id_{self.key}_%s")


def reasoned(act: Callable[..., object]) -> Do:
    """An act on the commitment that needs its reason only."""
    return lambda pk, given, by, at: act(pk, because=given["because"], by=by, at=at)


VERBS = (
    Verb(
        "extend",
        gettext_lazy("Ask for a later term"),
        forms.Extending,
        lambda of: [None] if of.terms() else [Refusal("commitments.not_lead")],
        lambda _pk, given, by, at: extending.ask_extension(
            given["stage"], until=given["until"], because=given["because"], by=by, at=at
        ),
        {"stage": Ground.terms},
    ),
    Verb(
        "judge",
        gettext_lazy("Judge how it fares, beside the computed state"),
        forms.Judging,
        lambda of: rules.may_judge(of.held, of.commitment, because=SAID),
        lambda pk, given, by, at: control.judge(
            pk, status=Status(given["status"]), because=given["because"], by=by, at=at
        ),
        {},
    ),
    Verb(
        "allocate",
        gettext_lazy("Enter what was allocated"),
        forms.Allocating,
        lambda of: (
            rules.may_allocate(of.held, of.commitment, below=False)
            if of.page.money
            else [Refusal("commitments.money_unknown")]
        ),
        lambda _pk, given, by, at: control.allocate(
            given["money"], amount=given["amount"], by=by, at=at
        ),
        {"money": Ground.lines},
    ),
    Verb(
        "transfer",
        gettext_lazy("Give it to another executor"),
        forms.Transferring,
        lambda of: [rules.issues(of.held, of.commitment), rules.on_control(of.commitment)],
        lambda pk, given, by, at: extending.transfer(
            pk, to_body_id=given["to_body"], because=given["because"], by=by, at=at
        ),
        {"to_body": Ground.bodies},
    ),
    Verb(
        "suspend",
        gettext_lazy("Suspend it"),
        forms.Reasoned,
        lambda of: rules.may_suspend(of.held, of.commitment, Control.SUSPENDED, because=SAID),
        reasoned(control.suspend),
        {},
    ),
    Verb(
        "resume",
        gettext_lazy("Take it up again"),
        forms.Reasoned,
        lambda of: (
            rules.may_suspend(of.held, of.commitment, Control.ON, because=SAID)
            if of.commitment.control == Control.SUSPENDED
            else [Refusal("commitments.wrong_state")]
        ),
        reasoned(control.resume),
        {},
    ),
    Verb(
        "not_executed",
        gettext_lazy("State that it was not executed"),
        forms.Reasoned,
        lambda of: rules.may_end_unexecuted(of.held, of.commitment, because=SAID, today=of.today),
        reasoned(control.not_executed),
        {},
    ),
)


@signed_in
def duty(request: PersonRequest, pk: int) -> HttpResponse:
    """One commitment for its executors, its controllers and whoever issued it."""
    found = reading.one(pk, Commitment.objects.all())
    if found is None:
        raise Http404(pk)
    held, today = request.held, timezone.localdate()
    page = reading.page(found, tongue(), everything=True)
    mine = spoken_for(held, [one.body for one in page.executors if one.until is None])
    controls, issues = held.may(rights.CONTROL, found.body), held.may(rights.ISSUE, found.body)
    if not (mine or controls or issues):
        raise PermissionDenied
    ground = Ground(held, found, page, today)
    asked = request.POST.get("act", "")
    shown = []
    for verb in VERBS:
        pressed = request.method == "POST" and verb.key == asked
        if not pressed and not verb.open_to(ground):
            continue
        form = verb.blank(ground, request.POST if pressed else None)
        if pressed and form.is_valid() and acted(request, verb, form, pk):
            return redirect("commitments:duty", pk)
        shown.append((verb, form))
    answering = forms.Deciding(request.POST) if asked in DECISIONS else None
    if answering is not None and answering.is_valid() and decided(request, asked, page, answering):
        return redirect("commitments:duty", pk)
    if request.method == "POST" and asked not in {*DECISIONS, *(verb.key for verb in VERBS)}:
        raise Http404(asked)
    on = within(found.plan.starts, today, found.plan.ends)
    return TemplateResponse(
        request,
        "commitments/desk/duty.html",
        {
            "section": "desk",
            "place": "control",
            "page": page,
            "commitment": found,
            "today": today,
            "mine": mine,
            "controls": controls,
            "issues": issues,
            "hands": held.may(rights.DRAFT, found.body),
            "verbs": shown,
            "late": too_late(ground),
            "answering": answering or forms.Deciding(),
            "charts": drawn(page.indicators),
            "tiles": regional(page.children, on, tongue()),
        },
    )


def acted(request: PersonRequest, verb: Verb, form: forms.Act, pk: int) -> bool:
    given = form.cleaned_data
    return done(
        request,
        lambda: verb.do(pk, given, request.user, timezone.now()),
        form=form,
        said=_("Done."),
    )


def too_late(ground: Ground) -> list[Refusal]:
    """Why the lead executor cannot ask for a later term of the one that runs now."""
    if not ground.running or not ground.held.may(rights.REPORT, ground.commitment.lead):
        return []
    return [refusal for refusal in ground.extensible(ground.running[0]) if refusal]


def grant(extension: Extension, answer: str, by: Person, at: datetime) -> object:
    return extending.extend(extension.pk, answer=answer, by=by, at=at)


def refuse(extension: Extension, answer: str, by: Person, at: datetime) -> object:
    return extending.refuse_extension(extension.pk, answer=answer, by=by, at=at)


def withdraw(extension: Extension, _answer: str, by: Person, at: datetime) -> object:
    return extending.withdraw_extension(extension.pk, by=by, at=at)


DECISIONS = {"grant": grant, "refuse": refuse, "withdraw": withdraw}


def decided(request: PersonRequest, asked: str, page: Page, form: forms.Deciding) -> bool:
    """Answer the request for a later term that the form names."""
    of = request.POST.get("of", "")
    extension = next((one for one in page.extensions if str(one.pk) == of), None)
    if extension is None:
        raise Http404(of)
    answer = form.cleaned_data["answer"]
    return done(
        request,
        lambda: DECISIONS[asked](extension, answer, request.user, timezone.now()),
        form=form,
        said=_("Done."),
    )
