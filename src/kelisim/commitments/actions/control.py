"""Control: the controller's opinion, then the act of whoever issued; two people, one content."""

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localtime

from kelisim.bodies.queries.powers import Powers, powers_at
from kelisim.commitments import rights
from kelisim.commitments.actions.marking import last_sending, mark
from kelisim.commitments.actions.marking import locked as locked_commitment
from kelisim.commitments.actions.reporting import locked
from kelisim.commitments.models import (
    Actual,
    Commitment,
    Evidence,
    Indicator,
    Mark,
    Money,
    Report,
    Stage,
)
from kelisim.commitments.queries import reports as reading
from kelisim.commitments.rules import control as rules
from kelisim.commitments.states import Control, MarkKind, ReportState, StageKind, Status
from kelisim.ledger.actions import record
from kelisim.refusals import require

if TYPE_CHECKING:
    from kelisim.people.models import Person


def put(report: Report, state: ReportState, control: Control | None = None) -> None:
    report.state = state
    report.save(update_fields=["state"])
    if control:
        report.commitment.control = control
        report.commitment.save(update_fields=["control"])


@transaction.atomic
def opine(report_id: int, *, digest: str, by: "Person | None", at: datetime) -> Mark:
    """The controller's opinion on what was read: executed."""
    report = locked(report_id)
    held = powers_at(by, at)
    sending = last_sending(report)
    pk, handed_in_by = by.pk if by else None, sending.by_id if sending else None
    require(*rules.may_opine(held, report, pk, handed_in_by, digest=digest))
    put(report, ReportState.EXECUTED, Control.EXECUTED)
    return mark(MarkKind.EXECUTED, report.commitment, held, rights.CONTROL, by, at, report=report)


@transaction.atomic
def send_back(report_id: int, *, because: str, by: "Person | None", at: datetime) -> Mark:
    """The controller returns a report with a reason; the term runs on as if none had come."""
    report = locked(report_id)
    held = powers_at(by, at)
    require(*rules.may_send_back(held, report, because=because))
    put(report, ReportState.RETURNED)
    Stage.objects.filter(pk=report.stage_id).update(handed_on=None)
    return mark(
        MarkKind.RETURNED,
        report.commitment,
        held,
        rights.CONTROL,
        by,
        at,
        report=report,
        because=because,
    )


@transaction.atomic
def ask(report_id: int, *, question: str, by: "Person | None", at: datetime) -> Mark:
    """The controller asks; the report counts as handed in meanwhile."""
    report = locked(report_id)
    held = powers_at(by, at)
    require(*rules.may_ask(held, report, question=question))
    put(report, ReportState.ASKED)
    return mark(
        MarkKind.ASKED,
        report.commitment,
        held,
        rights.CONTROL,
        by,
        at,
        report=report,
        because=question,
    )


def opined_by(report: Report) -> int | None:
    """Who gave the opinion that stands."""
    return (
        Mark.objects.filter(sending__report=report, kind=MarkKind.EXECUTED)
        .order_by("-at", "-pk")
        .values_list("by_id", flat=True)
        .first()
    )


def accept(report: Report, at: datetime) -> None:
    """Take over what an accepted report states: the term is met, figures and money are known."""
    stage, commitment = report.stage, report.commitment
    stage.met_on = localtime(at).date()
    stage.save(update_fields=["met_on"])
    Stage.objects.filter(
        commitment=commitment, kind=StageKind.MILESTONE, met_on=None, due_on__lte=stage.due_on
    ).update(met_on=stage.met_on, handed_on=stage.handed_on)
    accepted = [report, *report.parts.filter(state=ReportState.GATHERED)]
    Report.objects.filter(pk__in=[one.pk for one in accepted]).update(state=ReportState.ACCEPTED)
    report.state = ReportState.ACCEPTED
    indicators = {str(one.pk): one for one in Indicator.objects.filter(commitment=commitment)}
    for key, value in report.figures.items():
        if key in indicators:
            Actual.objects.update_or_create(
                indicator=indicators[key],
                year=stage.due_on.year,
                on=stage.met_on,
                defaults={"value": Decimal(value), "source": report.figures_source},
            )
            commitment.measured = True
    for key, amount in report.spent.items():
        Money.objects.filter(pk=key, commitment=commitment).update(spent=Decimal(amount))
    if Evidence.objects.filter(reading.of_it(report)).exists():
        commitment.evidenced = True


@transaction.atomic
def remove(report_id: int, *, digest: str, by: "Person | None", at: datetime) -> Mark:
    """The issuer removes from control what was shown in the promised form; it is done.

    Done on the day on which the accepted report was handed in; late when that was after the term.
    """
    report = locked(report_id)
    held = powers_at(by, at)
    pk = by.pk if by else None
    require(
        *rules.may_accept(held, report, pk, opined_by(report), digest, Control.REMOVED),
        *rules.may_remove(
            shows_form=reading.shows_form(report), terms_left=reading.terms_left(report.stage)
        ),
    )
    accept(report, at)
    commitment, stage = report.commitment, report.stage
    commitment.control = Control.REMOVED
    commitment.done_on = stage.handed_on or stage.met_on
    commitment.late = bool(commitment.done_on and commitment.done_on > stage.due_on)
    commitment.save(update_fields=["control", "done_on", "late", "evidenced", "measured"])
    return mark(MarkKind.REMOVED, commitment, held, rights.ISSUE, by, at, report=report)


@transaction.atomic
def leave(report_id: int, *, digest: str, by: "Person | None", at: datetime) -> Mark:
    """The issuer accepts the report for its term and leaves the commitment on control."""
    report = locked(report_id)
    held = powers_at(by, at)
    pk = by.pk if by else None
    require(
        *rules.may_accept(held, report, pk, opined_by(report), digest, Control.LEFT),
        rules.may_leave(terms_left=reading.terms_left(report.stage)),
    )
    accept(report, at)
    report.commitment.control = Control.LEFT
    report.commitment.save(update_fields=["control", "evidenced", "measured"])
    return mark(MarkKind.LEFT, report.commitment, held, rights.ISSUE, by, at, report=report)


@transaction.atomic
def reject(report_id: int, *, because: str, by: "Person | None", at: datetime) -> Mark:
    """The issuer returns a report in spite of the controller's opinion."""
    report = locked(report_id)
    held = powers_at(by, at)
    require(*rules.may_reject(held, report, because=because))
    put(report, ReportState.RETURNED, Control.ON)
    Stage.objects.filter(pk=report.stage_id).update(handed_on=None)
    return mark(
        MarkKind.RETURNED,
        report.commitment,
        held,
        rights.ISSUE,
        by,
        at,
        report=report,
        because=because,
    )


def turn(commitment: Commitment, control: Control) -> None:
    commitment.control = control
    commitment.save(update_fields=["control"])


@transaction.atomic
def not_executed(commitment_id: int, *, because: str, by: "Person | None", at: datetime) -> Mark:
    """The issuer states that it was not executed; control of it ends."""
    commitment = locked_commitment(commitment_id)
    held = powers_at(by, at)
    today = localtime(at).date()
    require(*rules.may_end_unexecuted(held, commitment, because=because, today=today))
    turn(commitment, Control.NOT_EXECUTED)
    return mark(MarkKind.NOT_EXECUTED, commitment, held, rights.ISSUE, by, at, because=because)


@transaction.atomic
def suspend(commitment_id: int, *, because: str, by: "Person | None", at: datetime) -> Mark:
    """The issuer suspends a commitment: its clock stands still."""
    return change_control(
        commitment_id, Control.SUSPENDED, MarkKind.SUSPENDED, because=because, by=by, at=at
    )


@transaction.atomic
def resume(commitment_id: int, *, because: str, by: "Person | None", at: datetime) -> Mark:
    """The issuer takes a suspended commitment up again."""
    return change_control(
        commitment_id, Control.ON, MarkKind.RESUMED, because=because, by=by, at=at
    )


def change_control(
    commitment_id: int,
    to: Control,
    kind: MarkKind,
    *,
    because: str,
    by: "Person | None",
    at: datetime,
) -> Mark:
    commitment = locked_commitment(commitment_id)
    held = powers_at(by, at)
    require(*rules.may_suspend(held, commitment, to, because=because))
    turn(commitment, to)
    return mark(kind, commitment, held, rights.ISSUE, by, at, because=because)


@transaction.atomic
def judge(
    commitment_id: int, *, status: Status, because: str, by: "Person | None", at: datetime
) -> Mark:
    """A person's judgement beside the computed status, with its reason; the last one stands."""
    commitment = locked_commitment(commitment_id)
    held = powers_at(by, at)
    require(*rules.may_judge(held, commitment, because=because))
    right = controlling(held, commitment)
    return mark(
        MarkKind.JUDGED, commitment, held, right, by, at, because=because, status=status.value
    )


def controlling(held: Powers, commitment: Commitment) -> str:
    """In which of the two rights somebody acts who has one of them."""
    may = held.may(rights.CONTROL, commitment.body)
    return rights.CONTROL if may else rights.ISSUE


@transaction.atomic
def allocate(money_id: int, *, amount: Decimal, by: "Person | None", at: datetime) -> Money:
    """Enter what a budget allocated to a line of money."""
    money = Money.objects.select_for_update().get(pk=money_id)
    commitment = locked_commitment(money.commitment_id)
    held = powers_at(by, at)
    require(*rules.may_allocate(held, commitment, below=amount < 0))
    before, money.allocated = money.allocated, amount
    money.save(update_fields=["allocated"])
    record(
        "commitments.allocated",
        subject=money,
        by=by,
        mandate=held.mandate(rights.CONTROL, commitment.body),
        before={"allocated": None if before is None else str(before)},
        after={"allocated": str(amount), "commitment": commitment.pk},
        at=at,
    )
    return money
