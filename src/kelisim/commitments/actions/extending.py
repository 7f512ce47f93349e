"""Terms are extended on request; a commitment is given to another executor."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localtime

from kelisim.bodies.models import Body
from kelisim.bodies.queries.powers import powers_at
from kelisim.calendar.queries import calendar
from kelisim.commitments import rights
from kelisim.commitments.actions.marking import locked as locked_commitment
from kelisim.commitments.actions.marking import mark
from kelisim.commitments.models import Executor, Extension, Mark, Stage
from kelisim.commitments.queries.regulating import control_rules
from kelisim.commitments.rules import control as rules
from kelisim.commitments.states import ExtensionState, MarkKind, Part
from kelisim.ledger.actions import record
from kelisim.refusals import Refusal, require

if TYPE_CHECKING:
    from kelisim.people.models import Person


def locked_stage(stage_id: int) -> Stage:
    commitment_id = Stage.objects.values_list("commitment_id", flat=True).get(pk=stage_id)
    commitment = locked_commitment(commitment_id)
    stage = Stage.objects.select_for_update().get(pk=stage_id)
    stage.commitment = commitment
    return stage


@transaction.atomic
def ask_extension(
    stage_id: int, *, until: date, because: str, by: "Person | None", at: datetime
) -> Extension:
    """The lead executor asks for a later term: in time, with a reason."""
    stage = locked_stage(stage_id)
    commitment = stage.commitment
    held, today = powers_at(by, at), localtime(at).date()
    known = control_rules(commitment.body, today)
    require(
        *rules.may_ask_extension(
            held,
            stage,
            until,
            because,
            calendar(today).between(today, stage.due_on),
            known.extension_ahead,
            known.extension_most,
            stage.extensions.filter(state=ExtensionState.GRANTED).count(),
        ),
        Refusal("commitments.extension_asked_already")
        if stage.extensions.filter(state=ExtensionState.ASKED).exists()
        else None,
    )
    extension = Extension.objects.create(
        stage=stage,
        body=commitment.lead,
        until=until,
        because=because.strip(),
        asked_by=by,
        asked_at=at,
    )
    record(
        "commitments.extension_asked",
        subject=extension,
        by=by,
        mandate=held.mandate(rights.REPORT, commitment.lead),
        because=because.strip(),
        after={"commitment": commitment.pk, "until": until.isoformat()},
        at=at,
    )
    return extension


def locked_extension(extension_id: int) -> Extension:
    stage_id = Extension.objects.values_list("stage_id", flat=True).get(pk=extension_id)
    stage = locked_stage(stage_id)
    extension = (
        Extension.objects.select_for_update(of=("self",))
        .select_related("body__kind", "body__unit__parent", "body__parent")
        .get(pk=extension_id)
    )
    extension.stage = stage
    return extension


def decide(
    extension: Extension,
    state: ExtensionState,
    answer: str,
    by: "Person | None",
    at: datetime,
) -> None:
    extension.state, extension.answer = state, answer.strip()
    extension.decided_by, extension.decided_at = by, at
    extension.save(update_fields=["state", "answer", "decided_by", "decided_at"])


@transaction.atomic
def extend(extension_id: int, *, answer: str = "", by: "Person | None", at: datetime) -> Mark:
    """The issuer grants an extension: the term moves, the first one stays readable."""
    extension = locked_extension(extension_id)
    stage, held = extension.stage, powers_at(by, at)
    require(*rules.may_decide_extension(held, extension, ExtensionState.GRANTED, answer=answer))
    decide(extension, ExtensionState.GRANTED, answer, by, at)
    before, stage.due_on = stage.due_on, extension.until
    stage.save(update_fields=["due_on"])
    return mark(
        MarkKind.EXTENDED,
        stage.commitment,
        held,
        rights.ISSUE,
        by,
        at,
        stage=stage,
        because=extension.because,
        days=(before, extension.until),
    )


@transaction.atomic
def refuse_extension(extension_id: int, *, answer: str, by: "Person | None", at: datetime) -> Mark:
    """The issuer refuses an extension, with a reason."""
    extension = locked_extension(extension_id)
    stage, held = extension.stage, powers_at(by, at)
    require(*rules.may_decide_extension(held, extension, ExtensionState.REFUSED, answer=answer))
    decide(extension, ExtensionState.REFUSED, answer, by, at)
    return mark(
        MarkKind.REFUSED,
        stage.commitment,
        held,
        rights.ISSUE,
        by,
        at,
        stage=stage,
        because=answer,
        days=(stage.due_on, extension.until),
    )


@transaction.atomic
def withdraw_extension(extension_id: int, *, by: "Person | None", at: datetime) -> Extension:
    """The executor takes its request back."""
    extension = locked_extension(extension_id)
    held = powers_at(by, at)
    require(*rules.may_withdraw_extension(held, extension))
    decide(extension, ExtensionState.WITHDRAWN, "", by, at)
    record(
        "commitments.extension_withdrawn",
        subject=extension,
        by=by,
        mandate=held.mandate(rights.REPORT, extension.body),
        at=at,
    )
    return extension


@transaction.atomic
def transfer(
    commitment_id: int, *, to_body_id: int, because: str, by: "Person | None", at: datetime
) -> Mark:
    """The issuer gives a commitment to another lead executor; what was reported stays."""
    commitment = locked_commitment(commitment_id)
    held, today = powers_at(by, at), localtime(at).date()
    to = Body.objects.select_related("kind", "unit__parent", "parent").get(pk=to_body_id)
    require(*rules.may_transfer(held, commitment, to, because=because, on=today))
    before = commitment.lead
    standing = Executor.objects.filter(
        commitment=commitment, body__in=[before, to], until__isnull=True
    )
    standing.update(until=today)
    Executor.objects.create(commitment=commitment, body=to, part=Part.LEAD, since=today)
    commitment.lead = to
    commitment.save(update_fields=["lead"])
    return mark(
        MarkKind.TRANSFERRED,
        commitment,
        held,
        rights.ISSUE,
        by,
        at,
        because=because,
        bodies=(before, to),
    )
