"""What may be done with a report for a period."""

from datetime import date
from typing import TYPE_CHECKING

from kelisim.bodies.states import Nature
from kelisim.evaluation import rights
from kelisim.evaluation.states import NEXT_PERIOD, PeriodState
from kelisim.evaluation.trees.periods import Span
from kelisim.refusals import Refusal

if TYPE_CHECKING:
    from kelisim.bodies.models import Body
    from kelisim.bodies.queries.powers import Powers
    from kelisim.evaluation.models import PeriodReport

type Reasons = list[Refusal | None]


def writes(held: "Powers", body: "Body") -> Refusal | None:
    """Offices write reports of the councils that they serve."""
    return None if held.may(rights.WRITE, body) else Refusal("evaluation.not_writer", place="body")


def moves(report: "PeriodReport", to: PeriodState) -> Refusal | None:
    """Whether the table of states leads there."""
    if to in NEXT_PERIOD[PeriodState(report.state)]:
        return None
    return Refusal("evaluation.period_not_so", state=PeriodState(report.state).label)


def may_begin(held: "Powers", body: "Body", span: Span, today: date, *, there: bool) -> Reasons:
    """A council's report of a period that has begun, once."""
    council = body.nature is Nature.COUNCIL
    return [
        writes(held, body),
        None if council else Refusal("evaluation.period_not_council", place="body"),
        Refusal("evaluation.period_ahead", place="year") if span.first > today else None,
        Refusal("evaluation.period_there", place="year") if there else None,
    ]


def may_write(held: "Powers", report: "PeriodReport", seen: str, now: str) -> Reasons:
    """As long as it is being written, and over nobody else's words."""
    drafted = report.state == PeriodState.DRAFT
    return [
        writes(held, report.body),
        None if drafted else Refusal("evaluation.period_not_draft"),
        None if seen == now else Refusal("evaluation.texts_changed"),
    ]


def may_freeze(held: "Powers", report: "PeriodReport", today: date, *, wordless: bool) -> Reasons:
    """When the period is over and somebody has written of it."""
    ahead = today <= report.ends
    return [
        writes(held, report.body),
        moves(report, PeriodState.FROZEN),
        Refusal("evaluation.period_not_over", day=report.ends.isoformat()) if ahead else None,
        Refusal("evaluation.period_wordless") if wordless else None,
    ]


def may_reopen(held: "Powers", report: "PeriodReport") -> Reasons:
    return [writes(held, report.body), moves(report, PeriodState.DRAFT)]


def may_discard(held: "Powers", report: "PeriodReport") -> Reasons:
    return [writes(held, report.body), moves(report, PeriodState.DISCARDED)]


def may_publish(
    held: "Powers", report: "PeriodReport", by: int | None, seen: str, *, whole: bool
) -> Reasons:
    """By another person than who computed it, exactly as it was read."""
    return [
        None
        if held.may(rights.PUBLISH, report.body)
        else Refusal("evaluation.not_publisher", place="body"),
        moves(report, PeriodState.PUBLISHED),
        Refusal("evaluation.period_own") if by is not None and by == report.frozen_by_id else None,
        None if seen == report.digest else Refusal("evaluation.period_read_again"),
        None if whole else Refusal("evaluation.period_broken"),
    ]


def may_correct(
    held: "Powers", report: "PeriodReport", because: str, *, corrected: bool
) -> Reasons:
    """A published report is replaced, for a reason, by one later edition."""
    published = report.state == PeriodState.PUBLISHED
    return [
        writes(held, report.body),
        None if published else Refusal("evaluation.period_not_published"),
        Refusal("evaluation.period_replaced") if corrected else None,
        None if because.strip() else Refusal("evaluation.because_missing", place="because"),
    ]
