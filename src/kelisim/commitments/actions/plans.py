"""Plans are begun, copied, amended, handed down, discarded, closed."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify

from kelisim.bodies.models import Body
from kelisim.bodies.queries.powers import powers_at
from kelisim.charter.models import Version
from kelisim.commitments import rights
from kelisim.commitments.actions import drafting
from kelisim.commitments.models import Commitment, Edition, Line, Plan
from kelisim.commitments.queries import rows as reading
from kelisim.commitments.rules import plans as rules
from kelisim.commitments.states import (
    CONTROLLED,
    OPEN_EDITIONS,
    EditionState,
    PlanState,
)
from kelisim.commitments.trees import terms
from kelisim.commitments.trees.table import Cost, Heading, Row, Table
from kelisim.ledger.actions import record
from kelisim.meetings.models import Point
from kelisim.refusals import Refusal, require

if TYPE_CHECKING:
    from kelisim.people.models import Person

type Words = Mapping[str, str]
BODY = ("body__kind", "body__unit__parent", "body__parent")


def body_of(body_id: int) -> Body:
    return Body.objects.select_related("kind", "unit__parent", "parent").get(pk=body_id)


def locked(plan_id: int) -> Plan:
    return Plan.objects.select_for_update(of=("self",)).select_related(*BODY).get(pk=plan_id)


def free_slug(body: Body, starts: date, ends: date) -> str:
    """The plan's address: its body and years, with a number where that is taken."""
    years = str(starts.year) if starts.year == ends.year else f"{starts.year}-{ends.year}"
    wanted = f"{slugify(body.slug)[:60]}-{years}"
    taken = set(Plan.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    number, slug = 1, wanted
    while slug in taken:
        number += 1
        slug = f"{wanted}-{number}"
    return slug


@transaction.atomic
def begin(
    body_id: int,
    *,
    title: Words,
    starts: date,
    ends: date,
    version: Version | None = None,
    point: Point | None = None,
    parent: Plan | None = None,
    after: Plan | None = None,
    joint: Iterable[Body] = (),
    by: "Person | None",
    at: datetime,
) -> Plan:
    """Begin a plan of a body (or of several: `joint`) for a period, with an empty first draft."""
    body = body_of(body_id)
    held = powers_at(by, at)
    require(*rules.may_begin(held, body, title=title, starts=starts, ends=ends))
    plan = Plan.objects.create(
        slug=free_slug(body, starts, ends),
        body=body,
        title=dict(title),
        starts=starts,
        ends=ends,
        version=version,
        point=point,
        parent=parent,
        after=after,
        created_at=at,
        created_by=by,
    )
    plan.joint.set(joint)
    Edition.objects.create(plan=plan, number=1, drafted_by=by, created_at=at)
    record(
        "commitments.plan_begun",
        subject=plan,
        by=by,
        mandate=held.mandate(rights.DRAFT, body),
        after={
            "body": body.slug,
            "starts": starts.isoformat(),
            "ends": ends.isoformat(),
            "point": point.pk if point else None,
            "parent": parent.slug if parent else None,
        },
        at=at,
    )
    return plan


def later(row: Row, years: int, commitment: int | None) -> Row:
    """A row of a plan so many years before, as next year's plan begins it."""
    return replace(
        row,
        term=terms.shifted(row.term, years) if row.term else None,
        costs=tuple(Cost(cost.source, cost.year + years, cost.planned) for cost in row.costs),
        milestones=tuple(
            replace(one, day=terms.same_day(one.day, years)) for one in row.milestones
        ),
        indicators=tuple(
            replace(one, targets={year + years: value for year, value in one.targets.items()})
            for one in row.indicators
        ),
        after=commitment,
    )


@transaction.atomic
def copy(
    plan_id: int,
    *,
    title: Words,
    starts: date,
    ends: date,
    version: Version | None = None,
    point: Point | None = None,
    by: "Person | None",
    at: datetime,
) -> Plan:
    """Begin a plan from an earlier one: its rows moved by the years between, each linked back.

    Without `version` it carries out the same charter as the earlier one.
    """
    old = Plan.objects.select_related("body", "version", "parent").get(pk=plan_id)
    edition = old.editions.filter(state=EditionState.IN_FORCE).first() or old.editions.last()
    new = begin(
        old.body_id,
        title=title,
        starts=starts,
        ends=ends,
        version=version or old.version,
        point=point,
        after=old,
        joint=list(old.joint.all()),
        by=by,
        at=at,
    )
    made = dict(Commitment.objects.filter(plan=old).values_list("key", "pk"))
    years = starts.year - old.starts.year
    entries = tuple(
        entry if isinstance(entry, Heading) else later(entry, years, made.get(entry.key))
        for entry in (reading.table(reading.lines(edition)).entries if edition else ())
    )
    drafting.take(new.editions.get().pk, table=Table(entries), by=by, at=at)
    return new


@transaction.atomic
def amend(plan_id: int, *, because: str, by: "Person | None", at: datetime) -> Edition:
    """Open a new edition of a plan in force, with the rows of the present one."""
    plan = locked(plan_id)
    held = powers_at(by, at)
    editions = Edition.objects.filter(plan=plan)
    unfinished = editions.filter(state__in=[*OPEN_EDITIONS, EditionState.APPROVED]).exists()
    require(*rules.may_amend(held, plan, because=because, open_edition=unfinished))
    present = editions.get(state=EditionState.IN_FORCE)
    last = editions.aggregate(last=Max("number"))["last"]
    edition = Edition.objects.create(
        plan=plan, number=last + 1, because=because.strip(), drafted_by=by, created_at=at
    )
    leads = dict(Commitment.objects.filter(plan=plan).values_list("key", "lead__slug"))
    Line.objects.bulk_create(
        (
            Line(
                edition=edition,
                position=line.position,
                key=line.key,
                content=led(line.content, leads.get(line.key)),
            )
            for line in reading.lines(present)
        ),
        batch_size=200,
    )
    record(
        "commitments.amendment_begun",
        subject=edition,
        by=by,
        mandate=held.mandate(rights.DRAFT, plan.body),
        because=because,
        after={"plan": plan.slug, "number": edition.number},
        at=at,
    )
    return edition


def led(content: dict[str, Any], lead: str | None) -> dict[str, Any]:
    """A row's content with the executor who leads today: it may have been given to another."""
    if lead is None or content.get("lead") == lead:
        return content
    others = [slug for slug in content["others"] if slug != lead]
    return {**content, "lead": lead, "others": others}


@transaction.atomic
def discard(edition_id: int, *, because: str, by: "Person | None", at: datetime) -> Edition:
    """Give up an edition before it is approved; with the first one the plan is given up."""
    edition = drafting.locked(edition_id)
    held = powers_at(by, at)
    require(*rules.may_discard(held, edition, because=because))
    before = edition.state
    edition.state = EditionState.DISCARDED
    edition.save(update_fields=["state"])
    if edition.plan.state == PlanState.PREPARED:
        Plan.objects.filter(pk=edition.plan_id).update(state=PlanState.DISCARDED)
    record(
        "commitments.discarded",
        subject=edition,
        by=by,
        mandate=held.mandate(rights.DRAFT, edition.plan.body),
        because=because,
        before={"state": before},
        at=at,
    )
    return edition


@transaction.atomic
def close(plan_id: int, *, by: "Person | None", on: date | None = None, at: datetime) -> Plan:
    """Close a plan of which nothing is on control any more."""
    plan = locked(plan_id)
    held = powers_at(by, at)
    left = Commitment.objects.filter(plan=plan, control__in=CONTROLLED).count()
    require(*rules.may_close(held, plan, on_control=left))
    plan.state, plan.closed_on = PlanState.CLOSED, on or at.date()
    plan.save(update_fields=["state", "closed_on"])
    record(
        "commitments.plan_closed",
        subject=plan,
        by=by,
        mandate=held.mandate(rights.DRAFT, plan.body),
        at=at,
    )
    return plan


def handed(commitment: Commitment, row: Row, body: Body) -> Row:
    """A national row as a region's plan begins it: the region executes, for the whole of it."""
    return replace(
        row,
        key="",
        lead=body.slug,
        others=(),
        costs=(),
        parent=commitment.pk,
        after=None,
        milestones=(),
    )


def plan_beneath(parent: Plan, body: Body, by: "Person | None", at: datetime) -> Plan:
    """The body's plan that mirrors this one; it is begun when there is none."""
    found = (
        Plan.objects.filter(body=body, parent=parent)
        .exclude(state__in=[PlanState.DISCARDED, PlanState.CLOSED])
        .select_related(*BODY)
        .first()
    )
    return found or begin(
        body.pk,
        title=parent.title,
        starts=parent.starts,
        ends=parent.ends,
        version=parent.version,
        parent=parent,
        by=by,
        at=at,
    )


def draft_of(plan: Plan, because: str, by: "Person | None", at: datetime) -> Edition:
    """The plan's open draft; an amendment is begun where the plan is in force."""
    edition = Edition.objects.filter(plan=plan, state__in=OPEN_EDITIONS).first()
    return edition or amend(plan.pk, because=because, by=by, at=at)


@transaction.atomic
def hand_down(
    commitment_id: int,
    *,
    body_ids: Iterable[int],
    by: "Person | None",
    at: datetime,
) -> list[Plan]:
    """Put a commitment into the plans of bodies beneath, one row for each body, once.

    Raises Refused when a body's plan is before its executors already.
    """
    commitment = (
        Commitment.objects.select_for_update(of=("self",))
        .select_related("plan__version", "edition", *(f"plan__{path}" for path in BODY))
        .get(pk=commitment_id)
    )
    held = powers_at(by, at)
    require(rules.may_draft(held, commitment.body))
    content = Line.objects.get(edition=commitment.edition, key=commitment.key)
    row = next(reading.table([content]).rows())
    plans, stuck = [], []
    wanted = Body.objects.select_related("kind", "unit__parent", "parent")
    for body in wanted.filter(pk__in=set(body_ids)).order_by("path"):
        plan = plan_beneath(commitment.plan, body, by, at)
        edition = draft_of(plan, f"№ {commitment.number}", by, at)
        lines = reading.lines(edition)
        there = any(one.parent == commitment.pk for one in reading.table(lines).rows())
        if edition.state != EditionState.DRAFT and not there:
            stuck.append(Refusal("commitments.not_a_draft", place=str(body), state=edition.state))
        elif not there:
            last = lines[-1].key if lines else None
            beneath = handed(commitment, row, body)
            drafting.add(edition.pk, entries=[beneath], after=last, by=by, at=at)
        plans.append(plan)
    require(*stuck)
    record(
        "commitments.handed_down",
        subject=commitment,
        by=by,
        mandate=held.mandate(rights.DRAFT, commitment.body),
        after={"bodies": len(plans)},
        at=at,
    )
    return plans
