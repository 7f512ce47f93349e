"""May a plan be drafted, sent to its executors, approved, amended, closed."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from kelisim.commitments import rights
from kelisim.commitments.states import (
    NEXT_EDITION,
    NEXT_PLAN,
    NEXT_SAY,
    CostNote,
    EditionState,
    PlanState,
    Say,
)
from kelisim.commitments.trees import terms
from kelisim.commitments.trees.table import Row, Table
from kelisim.refusals import Refusal

if TYPE_CHECKING:
    from kelisim.bodies.models import Body
    from kelisim.bodies.queries.powers import Powers
    from kelisim.commitments.models import Agreement, Edition, Plan


@dataclass(frozen=True, slots=True)
class Frame:
    """What the rows of a plan are held against: its period, bodies and provisions that exist.

    `eids` is None where the plan fulfils no charter.
    """

    starts: date
    ends: date
    bodies: frozenset[str] = frozenset()
    eids: frozenset[str] | None = None
    numbers: Mapping[str, int] = field(default_factory=dict)


def said(words: Mapping[str, str]) -> bool:
    return any(text.strip() for text in words.values())


def faults(row: Row, frame: Frame) -> list[Refusal]:
    """Everything that keeps a row from being sent to its executors; the place is the field."""
    number = row.number or "?"
    checks = (
        (row.number.strip(), Refusal("commitments.number_needed", place="number", number=number)),
        (
            frame.numbers.get(row.number, 0) <= 1,
            Refusal("commitments.number_twice", place="number", number=number),
        ),
        (said(row.title), Refusal("commitments.title_needed", place="title", number=number)),
        (said(row.form), Refusal("commitments.form_needed", place="form", number=number)),
        (row.lead, Refusal("commitments.executor_needed", place="lead", number=number)),
        (
            len(set(row.executors)) == len(row.executors),
            Refusal("commitments.executor_twice", place="others", number=number),
        ),
    )
    found = [refusal for fine, refusal in checks if not fine]
    found += [
        Refusal("commitments.executor_unknown", place="lead", number=number, body=slug)
        for slug in row.executors
        if slug not in frame.bodies
    ]
    return [
        *found,
        *term_faults(row, frame, number),
        *cost_faults(row, frame, number),
        *link_faults(row, frame, number),
    ]


def term_faults(row: Row, frame: Frame, number: str) -> Iterator[Refusal]:
    if row.term is None:
        yield Refusal("commitments.term_needed", place="term", number=number)
        return
    days = terms.dues(row.term, starts=frame.starts, ends=frame.ends)
    if not days:
        yield Refusal("commitments.term_outside", place="term", number=number)
        return
    for one in row.milestones:
        if not frame.starts <= one.day <= days[-1]:
            yield Refusal(
                "commitments.milestone_outside", place="milestones", number=number, day=one.day
            )


def cost_faults(row: Row, frame: Frame, number: str) -> Iterator[Refusal]:
    if row.cost_note is not CostNote.AMOUNTS and row.costs:
        yield Refusal("commitments.costs_and_none", place="costs", number=number)
    twice = Counter((cost.source, cost.year) for cost in row.costs)
    if any(times > 1 for times in twice.values()):
        yield Refusal("commitments.cost_twice", place="costs", number=number)
    for cost in row.costs:
        if cost.planned < 0:
            yield Refusal("commitments.cost_below_zero", place="costs", number=number)
        if not frame.starts.year <= cost.year <= frame.ends.year:
            yield Refusal("commitments.cost_outside", place="costs", number=number, year=cost.year)


def link_faults(row: Row, frame: Frame, number: str) -> Iterator[Refusal]:
    if frame.eids is None:
        return
    for one in row.provisions:
        if one.eid not in frame.eids:
            yield Refusal(
                "commitments.provision_unknown", place="provisions", number=number, eid=one.eid
            )


def table_faults(table: Table, frame: Frame) -> list[Refusal]:
    """The faults of a whole table; an empty one is a fault."""
    rows = list(table.rows())
    if not rows:
        return [Refusal("commitments.no_rows")]
    return [fault for row in rows for fault in faults(row, frame)]


def may_draft(held: "Powers", body: "Body") -> Refusal | None:
    return None if held.may(rights.DRAFT, body) else Refusal("commitments.not_drafter")


def may_begin(
    held: "Powers", body: "Body", *, title: Mapping[str, str], starts: date, ends: date
) -> list[Refusal]:
    if refusal := may_draft(held, body):
        return [refusal]
    found = []
    if not said(title):
        found.append(Refusal("commitments.title_needed", place="title_kk", number=""))
    if ends < starts:
        found.append(Refusal("commitments.ends_before_it_starts", place="ends"))
    return found


def moves(edition: "Edition", to: EditionState) -> Refusal | None:
    if to in NEXT_EDITION[EditionState(edition.state)]:
        return None
    return Refusal("commitments.wrong_state", state=EditionState(edition.state).label)


def may_edit(held: "Powers", edition: "Edition") -> Refusal | None:
    """Only a draft is edited; what is before the executors is first taken back."""
    if refusal := may_draft(held, edition.plan.body):
        return refusal
    if edition.state != EditionState.DRAFT:
        return Refusal("commitments.not_a_draft", state=EditionState(edition.state).label)
    return None


def may_amend(held: "Powers", plan: "Plan", *, because: str, open_edition: bool) -> list[Refusal]:
    if refusal := may_draft(held, plan.body):
        return [refusal]
    if plan.state != PlanState.IN_FORCE:
        return [Refusal("commitments.plan_not_in_force", state=PlanState(plan.state).label)]
    if open_edition:
        return [Refusal("commitments.amended_already")]
    return [] if because.strip() else [Refusal("commitments.reason_needed", place="because")]


def may_discard(held: "Powers", edition: "Edition", *, because: str) -> list[Refusal | None]:
    if refusal := may_draft(held, edition.plan.body):
        return [refusal]
    return [
        moves(edition, EditionState.DISCARDED),
        None if because.strip() else Refusal("commitments.reason_needed", place="because"),
    ]


def may_ask(held: "Powers", edition: "Edition") -> list[Refusal | None]:
    if refusal := may_draft(held, edition.plan.body):
        return [refusal]
    return [moves(edition, EditionState.AGREEING)]


def may_say(
    held: "Powers", agreement: "Agreement", to: Say, *, words: str, digest: str, current: str
) -> list[Refusal | None]:
    """An executor speaks for itself, of exactly what stands before it, with reasons."""
    if not held.may(rights.AGREE, agreement.body):
        return [Refusal("commitments.not_this_executor")]
    edition = agreement.edition
    if edition.state != EditionState.AGREEING or agreement.round != edition.round:
        return [Refusal("commitments.not_before_executors")]
    if to not in NEXT_SAY[Say(agreement.state)] or to == Say.SILENT:
        return [Refusal("commitments.said_already", state=Say(agreement.state).label)]
    return [
        None if digest == current else Refusal("commitments.read_again"),
        Refusal("commitments.reason_needed", place="words")
        if to != Say.AGREED and not words.strip()
        else None,
    ]


def may_settle(held: "Powers", agreement: "Agreement", *, settlement: str) -> list[Refusal | None]:
    if refusal := may_draft(held, agreement.edition.plan.body):
        return [refusal]
    if agreement.state not in {Say.PROPOSES, Say.DISAGREES}:
        return [Refusal("commitments.nothing_to_settle")]
    return [
        None if settlement.strip() else Refusal("commitments.reason_needed", place="settlement")
    ]


def agreed(agreement: "Agreement", *, silence_agrees: bool) -> bool:
    """Whether an answer lets the edition go on."""
    if agreement.state == Say.AGREED or agreement.settlement:
        return True
    return agreement.state == Say.SILENT and silence_agrees


def may_conclude(
    held: "Powers",
    edition: "Edition",
    agreements: Iterable["Agreement"],
    *,
    silence_agrees: bool,
) -> list[Refusal | None]:
    if refusal := may_draft(held, edition.plan.body):
        return [refusal]
    return [
        moves(edition, EditionState.AGREED),
        *(
            Refusal("commitments.not_agreed", place=str(one.body), state=Say(one.state).label)
            for one in agreements
            if not agreed(one, silence_agrees=silence_agrees)
        ),
    ]


def may_take_back(held: "Powers", edition: "Edition", *, because: str) -> list[Refusal | None]:
    if refusal := may_draft(held, edition.plan.body):
        return [refusal]
    return [
        moves(edition, EditionState.DRAFT),
        None if because.strip() else Refusal("commitments.reason_needed", place="because"),
    ]


def may_approve(  # noqa: PLR0917  (facts of one act)
    held: "Powers",
    edition: "Edition",
    by: int | None,
    digest: str,
    current: str,
    number: str,
) -> list[Refusal | None]:
    """The chair of the plan's body, another person than who drafted it, what was read."""
    if not held.may(rights.APPROVE, edition.plan.body):
        return [Refusal("commitments.not_approver")]
    return [
        moves(edition, EditionState.APPROVED),
        Refusal("commitments.same_person") if by and by == edition.drafted_by_id else None,
        None if digest == current else Refusal("commitments.read_again"),
        None if number.strip() else Refusal("commitments.act_number_needed", place="number"),
    ]


def may_close(held: "Powers", plan: "Plan", *, on_control: int) -> list[Refusal | None]:
    """A plan is closed when nothing of it is on control any more."""
    if refusal := may_draft(held, plan.body):
        return [refusal]
    return [
        None
        if PlanState.CLOSED in NEXT_PLAN[PlanState(plan.state)]
        else Refusal("commitments.plan_not_in_force", state=PlanState(plan.state).label),
        Refusal("commitments.still_on_control", count=on_control) if on_control else None,
    ]
