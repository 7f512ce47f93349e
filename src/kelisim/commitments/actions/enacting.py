"""An approved table becomes commitments: begun, changed, excluded; in a few bulk writes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kelisim.bodies.models import Body
from kelisim.bodies.queries.powers import powers_at
from kelisim.charter.models import Provision
from kelisim.commitments import rights
from kelisim.commitments.actions import terms as kept_terms
from kelisim.commitments.models import (
    Commitment,
    Edition,
    Executor,
    Fulfils,
    Indicator,
    Mark,
    Money,
    Stage,
    Target,
)
from kelisim.commitments.states import Control, MarkKind, Part, StageKind
from kelisim.commitments.trees import terms
from kelisim.commitments.trees.table import Heading, Row, Table
from kelisim.ledger.actions import record

if TYPE_CHECKING:
    from kelisim.people.models import Person

ENDED = (Control.REMOVED, Control.NOT_EXECUTED, Control.EXCLUDED)
type Pair = tuple[Commitment, Row]


@dataclass(frozen=True, slots=True)
class Ground:
    """What the rows name, found once for all of them."""

    bodies: Mapping[str, Body]
    provisions: Mapping[str, int]
    on: date


def ground(edition: Edition, table: Table, on: date) -> Ground:
    slugs = {slug for row in table.rows() for slug in row.executors}
    found = Provision.objects.filter(version=edition.plan.version_id or 0)
    return Ground(
        bodies={body.slug: body for body in Body.objects.filter(slug__in=slugs)},
        provisions=dict(found.values_list("eid", "pk")),
        on=on,
    )


def worded(
    commitment: Commitment, row: Row, over: Sequence[Heading], position: int, known: Ground
) -> Commitment:
    """Give a commitment the words, days and links of its row."""
    plan = commitment.plan
    term = row.term
    if term is None:
        raise ValueError("A row without a term is never approved.")
    days = terms.dues(term, starts=plan.starts, ends=plan.ends)
    commitment.position, commitment.number = position, row.number
    commitment.section = [dict(heading.title) for heading in over]
    commitment.title, commitment.description = dict(row.title), dict(row.description)
    commitment.form, commitment.risks = dict(row.form), dict(row.risks)
    commitment.term = terms.as_json(term)
    commitment.lead = known.bodies[row.lead]
    commitment.cost_note, commitment.origin = row.cost_note, row.origin
    commitment.point_id, commitment.origin_note = row.origin_point, dict(row.origin_note)
    commitment.parent_id, commitment.after_id = row.parent, row.after
    commitment.starts = terms.begins(term, starts=plan.starts, ends=plan.ends)
    commitment.due_on, commitment.year = days[-1], days[-1].year
    commitment.funded = any(cost.planned > 0 for cost in row.costs)
    return commitment


WORDED = (
    "edition", "position", "number", "section", "title", "description", "form", "risks", "term",
    "lead", "cost_note", "origin", "point", "origin_note", "parent", "after", "starts", "due_on",
    "year", "funded",
)  # fmt: skip


def enact(
    edition: Edition, table: Table, *, on: date, by: "Person | None", at: datetime
) -> list[int]:
    """Make the commitments of a plan what its approved table says; gives the keys of all touched.

    A commitment whose row is gone is excluded; one that has ended keeps its words.
    """
    known = ground(edition, table, on)
    have = {
        one.key: one for one in Commitment.objects.select_for_update().filter(plan=edition.plan_id)
    }
    new, changed, pairs = [], [], []
    for position, (over, row) in enumerate(table.sections(), 1):
        commitment = have.pop(row.key, None)
        if commitment is None:
            commitment = fresh(edition, row)
            new.append(commitment)
        elif commitment.control in ENDED:
            continue
        else:
            commitment.plan = edition.plan
            commitment.edition = edition
            changed.append(commitment)
        pairs.append((worded(commitment, row, over, position, known), row))
    Commitment.objects.bulk_create(new, batch_size=200)
    Commitment.objects.bulk_update(changed, WORDED, batch_size=100)
    put_executors(pairs, known)
    put_stages(pairs, edition)
    put_money(pairs)
    put_provisions(pairs, known)
    put_indicators(pairs)
    gone = [one for one in have.values() if one.control not in ENDED]
    exclude(gone, edition, by, at)
    touched = [commitment.pk for commitment, _row in pairs]
    kept_terms.settle(touched)
    note(new, "commitments.begun", edition, by, at)
    note(changed, "commitments.amended", edition, by, at)
    return [*touched, *(one.pk for one in gone)]


def fresh(edition: Edition, row: Row) -> Commitment:
    plan = edition.plan
    return Commitment(
        plan=plan, edition=edition, body_id=plan.body_id, unit_id=plan.body.unit_id, key=row.key
    )


def note(
    these: Iterable[Commitment],
    act: str,
    edition: Edition,
    by: "Person | None",
    at: datetime,
) -> None:
    mandate = powers_at(by, at).mandate(rights.APPROVE, edition.plan.body)
    for one in these:
        record(
            act,
            subject=one,
            by=by,
            mandate=mandate,
            after={
                "number": one.number,
                "lead": one.lead.slug,
                "due": one.due_on.isoformat(),
                "edition": edition.number,
            },
            at=at,
        )


def put_executors(pairs: Sequence[Pair], known: Ground) -> None:
    """End those that are named no more, begin those that are new; the past stays."""
    standing: dict[int, dict[int, Executor]] = {}
    current = Executor.objects.filter(
        commitment__in=[one.pk for one, _row in pairs], until__isnull=True
    )
    for executor in current:
        standing.setdefault(executor.commitment_id, {})[executor.body_id] = executor
    ended, begun = [], []
    for commitment, row in pairs:
        have = standing.get(commitment.pk, {})
        for position, slug in enumerate(row.executors):
            body = known.bodies[slug]
            part = Part.CO if position else Part.LEAD
            before = have.pop(body.pk, None)
            if before and before.part == part:
                continue
            if before:
                ended.append(before)
            begun.append(
                Executor(
                    commitment=commitment, body=body, part=part, position=position, since=known.on
                )
            )
        ended += have.values()
    Executor.objects.filter(pk__in=[one.pk for one in ended]).update(until=known.on)
    Executor.objects.bulk_create(begun, batch_size=500)


def wanted_stages(row: Row, edition: Edition) -> dict[tuple[str, date], Mapping[str, str]]:
    plan, term = edition.plan, row.term
    days = terms.dues(term, starts=plan.starts, ends=plan.ends) if term else ()
    return {
        **{(StageKind.MILESTONE.value, one.day): one.title for one in row.milestones},
        **{(StageKind.TERM.value, day): {} for day in days},
    }


def put_stages(pairs: Sequence[Pair], edition: Edition) -> None:
    """Terms that are new begin; terms that are gone are dropped, unless they were met."""
    have: dict[int, dict[tuple[str, date], Stage]] = {}
    for stage in Stage.objects.filter(commitment__in=[one.pk for one, _row in pairs]):
        have.setdefault(stage.commitment_id, {})[stage.kind, stage.first_on] = stage
    new: list[Stage] = []
    changed: list[Stage] = []
    for commitment, row in pairs:
        mine, wanted = have.get(commitment.pk, {}), wanted_stages(row, edition)
        for (kind, day), title in wanted.items():
            there = mine.get((kind, day))
            if there is None:
                new.append(
                    Stage(
                        commitment=commitment,
                        kind=kind,
                        title=dict(title),
                        first_on=day,
                        due_on=day,
                    )
                )
            elif there.dropped or there.title != title:
                there.dropped, there.title = False, dict(title)
                changed.append(there)
        for named, kept in mine.items():
            if named not in wanted and kept.met_on is None and not kept.dropped:
                kept.dropped = True
                changed.append(kept)
    Stage.objects.bulk_create(new, batch_size=500)
    Stage.objects.bulk_update(changed, ["dropped", "title"], batch_size=200)


def put_money(pairs: Sequence[Pair]) -> None:
    """Planned sums become the row's; what was allocated or spent stays, planned as nothing."""
    have: dict[int, dict[tuple[str, int], Money]] = {}
    for money in Money.objects.filter(commitment__in=[one.pk for one, _row in pairs]):
        have.setdefault(money.commitment_id, {})[money.source, money.year] = money
    new: list[Money] = []
    changed: list[Money] = []
    gone: list[int] = []
    for commitment, row in pairs:
        mine: dict[tuple[str, int], Money | None] = dict(have.get(commitment.pk, {}))
        planned: dict[tuple[str, int], Decimal] = {
            (cost.source.value, cost.year): cost.planned for cost in row.costs
        }
        for (source, year), amount in planned.items():
            there = mine.pop((source, year), None)
            if there is None:
                new.append(Money(commitment=commitment, source=source, year=year, planned=amount))
            elif there.planned != amount:
                there.planned = amount
                changed.append(there)
        for left in filter(None, mine.values()):
            if left.allocated is None and not left.spent:
                gone.append(left.pk)
            elif left.planned:
                left.planned = Decimal(0)
                changed.append(left)
    Money.objects.filter(pk__in=gone).delete()
    Money.objects.bulk_create(new, batch_size=500)
    Money.objects.bulk_update(changed, ["planned"], batch_size=200)


def put_provisions(pairs: Sequence[Pair], known: Ground) -> None:
    Fulfils.objects.filter(commitment__in=[one.pk for one, _row in pairs]).delete()
    Fulfils.objects.bulk_create(
        (
            Fulfils(
                commitment=commitment, provision_id=known.provisions[one.eid], part=dict(one.part)
            )
            for commitment, row in pairs
            for one in row.provisions
            if one.eid in known.provisions
        ),
        batch_size=500,
    )


def put_indicators(pairs: Sequence[Pair]) -> None:
    """Indicators are known by their place; targets become the row's, actuals stay."""
    mine = [one.pk for one, _row in pairs]
    have = {
        (one.commitment_id, one.position): one
        for one in Indicator.objects.filter(commitment__in=mine)
    }
    new: list[Indicator] = []
    kept: list[Indicator] = []
    wanted: list[tuple[Indicator, Any]] = []
    for commitment, row in pairs:
        for position, drafted in enumerate(row.indicators):
            found = have.pop((commitment.pk, position), None)
            indicator = found or Indicator(commitment=commitment, position=position)
            indicator.name, indicator.unit = dict(drafted.name), dict(drafted.unit)
            indicator.direction = drafted.direction
            indicator.baseline, indicator.baseline_year = drafted.baseline, drafted.baseline_year
            indicator.source = dict(drafted.source)
            (kept if found else new).append(indicator)
            wanted.append((indicator, drafted.targets))
    Indicator.objects.bulk_create(new, batch_size=200)
    Indicator.objects.bulk_update(
        kept,
        ["name", "unit", "direction", "baseline", "baseline_year", "source"],
        batch_size=100,
    )
    unmeasured = [one.pk for one in have.values()]
    Indicator.objects.filter(pk__in=unmeasured, actuals__isnull=True).delete()
    Target.objects.filter(indicator__commitment__in=mine).delete()
    Target.objects.bulk_create(
        (
            Target(indicator=indicator, year=year, value=value)
            for indicator, targets in wanted
            for year, value in targets.items()
        ),
        batch_size=500,
    )


def exclude(
    gone: Sequence[Commitment], edition: Edition, by: "Person | None", at: datetime
) -> None:
    """Exclude commitments whose rows an amendment took out; its reason is theirs."""
    Commitment.objects.filter(pk__in=[one.pk for one in gone]).update(
        control=Control.EXCLUDED, next_on=None
    )
    held = powers_at(by, at)
    for one in gone:
        mark = Mark.objects.create(
            commitment=one,
            kind=MarkKind.EXCLUDED,
            because=edition.because,
            body=edition.plan.body,
            by=by,
            at=at,
        )
        record(
            "commitments.excluded",
            subject=mark,
            by=by,
            mandate=held.mandate(rights.APPROVE, edition.plan.body),
            because=edition.because,
            after={"commitment": one.pk, "edition": edition.number},
            at=at,
        )
