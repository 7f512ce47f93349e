"""May an opinion be given, a commitment removed from control, extended, given to another."""

from datetime import date
from typing import TYPE_CHECKING

from kelisim.commitments import rights
from kelisim.commitments.states import (
    NEXT_CONTROL,
    NEXT_EXTENSION,
    NEXT_REPORT,
    Control,
    ExtensionState,
    ReportState,
)
from kelisim.refusals import Refusal

if TYPE_CHECKING:
    from kelisim.bodies.models import Body
    from kelisim.bodies.queries.powers import Powers
    from kelisim.commitments.models import Commitment, Extension, Report, Stage


def controls(held: "Powers", commitment: "Commitment") -> Refusal | None:
    may = held.may(rights.CONTROL, commitment.body)
    return None if may else Refusal("commitments.not_controller")


def issues(held: "Powers", commitment: "Commitment") -> Refusal | None:
    """Whoever issued the instruction or set the term: the plan's own body."""
    may = held.may(rights.ISSUE, commitment.body)
    return None if may else Refusal("commitments.not_issuer")


def may_regulate(held: "Powers", body: "Body") -> Refusal | None:
    return None if held.may(rights.REGULATE, body) else Refusal("commitments.not_regulator")


def moves(commitment: "Commitment", to: Control) -> Refusal | None:
    if to in NEXT_CONTROL[Control(commitment.control)]:
        return None
    return Refusal("commitments.wrong_state", state=Control(commitment.control).label)


def report_moves(report: "Report", to: ReportState) -> Refusal | None:
    if to in NEXT_REPORT[ReportState(report.state)]:
        return None
    return Refusal("commitments.wrong_state", state=ReportState(report.state).label)


def read(report: "Report", digest: str) -> Refusal | None:
    """An act is bound to what was read: other content must be read again."""
    return None if digest == report.digest else Refusal("commitments.read_again")


def reasoned(because: str, place: str = "because") -> Refusal | None:
    return None if because.strip() else Refusal("commitments.reason_needed", place=place)


def consolidated(report: "Report") -> Refusal | None:
    """Only the lead executor's report is before the controller."""
    lead = report.commitment.lead_id == report.body_id
    return None if lead else Refusal("commitments.not_consolidated")


def may_opine(
    held: "Powers", report: "Report", by: int | None, handed_in_by: int | None, *, digest: str
) -> list[Refusal | None]:
    """The controller, who did not hand it in, on exactly what was read."""
    if refusal := controls(held, report.commitment):
        return [refusal]
    return [
        consolidated(report),
        report_moves(report, ReportState.EXECUTED),
        moves(report.commitment, Control.EXECUTED),
        Refusal("commitments.same_person") if by is not None and by == handed_in_by else None,
        read(report, digest),
    ]


def may_send_back(held: "Powers", report: "Report", *, because: str) -> list[Refusal | None]:
    """The controller returns what was handed in; what has an opinion only the issuer returns."""
    if refusal := controls(held, report.commitment):
        return [refusal]
    return [
        consolidated(report),
        Refusal("commitments.has_an_opinion")
        if report.state == ReportState.EXECUTED
        else report_moves(report, ReportState.RETURNED),
        reasoned(because),
    ]


def may_ask(held: "Powers", report: "Report", *, question: str) -> list[Refusal | None]:
    if refusal := controls(held, report.commitment):
        return [refusal]
    return [
        consolidated(report),
        report_moves(report, ReportState.ASKED),
        reasoned(question, "question"),
    ]


def may_accept(  # noqa: PLR0917  (facts of one act)
    held: "Powers",
    report: "Report",
    by: int | None,
    opined_by: int | None,
    digest: str,
    to: Control,
) -> list[Refusal | None]:
    """What removing and leaving share: the issuer, not the controller, of what was read."""
    if refusal := issues(held, report.commitment):
        return [refusal]
    return [
        report_moves(report, ReportState.ACCEPTED),
        moves(report.commitment, to),
        Refusal("commitments.same_person") if by is not None and by == opined_by else None,
        read(report, digest),
    ]


def may_remove(*, shows_form: bool, terms_left: int) -> list[Refusal | None]:
    """Removal needs evidence of the promised form, and no term that is still to come."""
    return [
        None if shows_form else Refusal("commitments.form_not_shown"),
        Refusal("commitments.terms_left", count=terms_left) if terms_left else None,
    ]


def may_leave(*, terms_left: int) -> Refusal | None:
    """Left on control is what has another term; else it is removed, returned or extended."""
    return None if terms_left else Refusal("commitments.no_term_left")


def may_reject(held: "Powers", report: "Report", *, because: str) -> list[Refusal | None]:
    if refusal := issues(held, report.commitment):
        return [refusal]
    given = report.state == ReportState.EXECUTED
    return [
        None if given else Refusal("commitments.no_opinion"),
        reasoned(because),
    ]


def may_end_unexecuted(
    held: "Powers", commitment: "Commitment", *, because: str, today: date
) -> list[Refusal | None]:
    if refusal := issues(held, commitment):
        return [refusal]
    return [
        moves(commitment, Control.NOT_EXECUTED),
        None if commitment.due_on < today else Refusal("commitments.term_still_runs"),
        reasoned(because),
    ]


def may_ask_extension(  # noqa: PLR0917  (facts of one act)
    held: "Powers",
    stage: "Stage",
    until: date,
    because: str,
    working_days: int,
    ahead: int,
    most: int,
    granted: int,
) -> list[Refusal | None]:
    """The lead executor asks in time, for a later day within the plan, not too often.

    `working_days` lie between today and the term; `ahead` are needed; `granted` were given before.
    """
    commitment = stage.commitment
    if not held.may(rights.REPORT, commitment.lead):
        return [Refusal("commitments.not_lead")]
    return [
        on_control(commitment),
        Refusal("commitments.met_already") if stage.met_on or stage.dropped else None,
        None
        if until > stage.due_on
        else Refusal("commitments.not_later", place="until", day=stage.due_on),
        None
        if until <= commitment.plan.ends
        else Refusal("commitments.beyond_the_plan", place="until", day=commitment.plan.ends),
        None if working_days >= ahead else Refusal("commitments.asked_too_late", count=ahead),
        Refusal("commitments.extended_too_often", count=most) if granted >= most else None,
        reasoned(because),
    ]


def on_control(commitment: "Commitment") -> Refusal | None:
    if commitment.control in {Control.ON, Control.LEFT}:
        return None
    return Refusal("commitments.not_on_control", state=Control(commitment.control).label)


def may_decide_extension(
    held: "Powers", extension: "Extension", to: ExtensionState, *, answer: str
) -> list[Refusal | None]:
    if refusal := issues(held, extension.stage.commitment):
        return [refusal]
    open_still = to in NEXT_EXTENSION[ExtensionState(extension.state)]
    return [
        None
        if open_still
        else Refusal("commitments.wrong_state", state=ExtensionState(extension.state).label),
        reasoned(answer, "answer") if to == ExtensionState.REFUSED else None,
    ]


def may_withdraw_extension(held: "Powers", extension: "Extension") -> list[Refusal | None]:
    if not held.may(rights.REPORT, extension.body):
        return [Refusal("commitments.not_lead")]
    open_still = extension.state == ExtensionState.ASKED
    return [
        None
        if open_still
        else Refusal("commitments.wrong_state", state=ExtensionState(extension.state).label)
    ]


def may_transfer(
    held: "Powers", commitment: "Commitment", to: "Body", *, because: str, on: date
) -> list[Refusal | None]:
    """To another living body; not while an opinion waits for the issuer."""
    if refusal := issues(held, commitment):
        return [refusal]
    ended = to.dissolved_on is not None and to.dissolved_on <= on
    return [
        on_control(commitment),
        Refusal("commitments.same_executor", place="to_body")
        if to.pk == commitment.lead_id
        else None,
        Refusal(
            "commitments.executor_unknown", place="to_body", number=commitment.number, body=to.slug
        )
        if ended or to.merged_into_id
        else None,
        reasoned(because),
    ]


def may_suspend(
    held: "Powers", commitment: "Commitment", to: Control, *, because: str
) -> list[Refusal | None]:
    """Suspended and taken up again by the issuer, each with a reason."""
    if refusal := issues(held, commitment):
        return [refusal]
    return [moves(commitment, to), reasoned(because)]


def may_judge(held: "Powers", commitment: "Commitment", *, because: str) -> list[Refusal | None]:
    """A judgement stands beside the computed status; it never replaces it."""
    if controls(held, commitment) and issues(held, commitment):
        return [Refusal("commitments.not_controller")]
    return [reasoned(because)]


def may_allocate(held: "Powers", commitment: "Commitment", *, below: bool) -> list[Refusal | None]:
    if refusal := controls(held, commitment):
        return [refusal]
    return [Refusal("commitments.cost_below_zero", place="amount", number="") if below else None]
