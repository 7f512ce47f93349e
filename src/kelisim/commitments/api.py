"""Plans and commitments for programs: what everybody may read, and nothing more."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_noop
from ninja import Field, Query, Router, Schema
from ninja.errors import HttpError

from kelisim.commitments.models import Commitment, Edition, Plan
from kelisim.commitments.queries import commitment as reading
from kelisim.commitments.queries import rows as of_tables
from kelisim.commitments.queries.commitment import Measured, Page, Told
from kelisim.commitments.states import (
    Control,
    CostNote,
    Direction,
    EditionState,
    Part,
    PlanState,
    Source,
    StageKind,
    Status,
)
from kelisim.commitments.trees.table import as_json
from kelisim.pages.api import MOST, Problem, page

router = Router()
BIG = 2**63 - 1
NOT_FOUND = gettext_noop("There is no such thing here, or it is not published.")
PUBLIC = (PlanState.IN_FORCE, PlanState.CLOSED)
APPROVED = (EditionState.IN_FORCE, EditionState.REPLACED)


class PlansAsked(Schema):
    """Of a body (its slug), that run on a day, after a key."""

    body: str = Field("", max_length=120)
    on: date | None = None
    after: int = Field(0, ge=0, le=BIG)
    limit: int = Field(50, ge=1, le=MOST)


class CommitmentsAsked(Schema):
    """By plan, body (slugs), executor, status, year, the provision's `eId`, and its last term."""

    plan: str = Field("", max_length=80)
    body: str = Field("", max_length=120)
    executor: str = Field("", max_length=120)
    status: Status | None = None
    year: int | None = Field(None, ge=1900, le=2200)
    provision: str = Field("", max_length=200)
    due_from: date | None = None
    due_to: date | None = None
    after: int = Field(0, ge=0, le=BIG)
    limit: int = Field(50, ge=1, le=MOST)


class PlanRow(Schema):
    """A plan that is or was in force; `charter` and `version` name what it carries out."""

    key: int
    slug: str
    body: str
    title: dict[str, str]
    starts: date
    ends: date
    state: PlanState
    charter: str | None
    version: int | None
    parent: str | None
    after: str | None


class Plans(Schema):
    items: list[PlanRow]
    next: str | None


class EditionOut(Schema):
    """A table as it was approved; `sha256` seals its rows."""

    number: int
    in_force_from: date | None
    because: str
    sha256: str


class PlanOut(PlanRow):
    """A plan with the rows of its latest approved edition, as the drafting table keeps them."""

    editions: list[EditionOut]
    rows: list[dict[str, Any]]


class CommitmentRow(Schema):
    """A commitment; `status` is computed, `control` is the office's word."""

    key: int
    plan: str
    number: str
    title: dict[str, str]
    form: dict[str, str]
    body: str
    territory: str | None
    lead: str
    starts: date
    due_on: date
    next_on: date | None
    control: Control
    status: Status
    done_on: date | None
    late: bool
    funded: bool
    evidenced: bool
    measured: bool


class Commitments(Schema):
    items: list[CommitmentRow]
    next: str | None


class ExecutorOut(Schema):
    body: str
    part: Part
    since: date
    until: date | None


class TermOut(Schema):
    """`first_on` is the day first set, `due_on` the one that holds."""

    kind: StageKind
    title: dict[str, str]
    first_on: date
    due_on: date
    handed_on: date | None
    met_on: date | None


class MoneyOut(Schema):
    source: Source
    year: int
    planned: Decimal
    allocated: Decimal | None
    spent: Decimal


class FulfilledOut(Schema):
    charter: str
    version: int
    eid: str
    part: dict[str, str]


class FigureOut(Schema):
    year: int
    target: Decimal | None
    actual: Decimal | None
    source: str


class IndicatorOut(Schema):
    name: dict[str, str]
    unit: dict[str, str]
    direction: Direction
    baseline: Decimal | None
    baseline_year: int | None
    years: list[FigureOut]


class EvidenceOut(Schema):
    """What everybody may see of the evidence; `sha256` of a file."""

    key: int
    title: str
    language: str
    effective_on: date
    shows_form: bool
    photo: bool
    address: str
    sha256: str


class ReportOut(Schema):
    """A report that was accepted, with its parts."""

    body: str
    due_on: date
    handed_at: datetime | None
    words: str
    language: str
    percent: int | None
    sha256: str
    evidence: list[EvidenceOut]
    parts: list["ReportOut"]


class CommitmentOut(CommitmentRow):
    """One commitment with all that stands behind it."""

    description: dict[str, str]
    risks: dict[str, str]
    term: dict[str, Any]
    cost_note: CostNote
    parent: int | None
    continues: int | None
    executors: list[ExecutorOut]
    terms: list[TermOut]
    money: list[MoneyOut]
    provisions: list[FulfilledOut]
    indicators: list[IndicatorOut]
    reports: list[ReportOut]


def plan_row(plan: Plan) -> dict[str, Any]:
    return {
        "key": plan.pk,
        "slug": plan.slug,
        "body": plan.body.slug,
        "title": plan.title,
        "starts": plan.starts,
        "ends": plan.ends,
        "state": plan.state,
        "charter": plan.version.charter.slug if plan.version else None,
        "version": plan.version.number if plan.version else None,
        "parent": plan.parent.slug if plan.parent else None,
        "after": plan.after.slug if plan.after else None,
    }


def row(one: Commitment) -> dict[str, Any]:
    return {
        "key": one.pk,
        "plan": one.plan.slug,
        "number": one.number,
        "title": one.title,
        "form": one.form,
        "body": one.body.slug,
        "territory": one.unit.kato if one.unit else None,
        "lead": one.lead.slug,
        **{
            name: getattr(one, name)
            for name in (
                "starts", "due_on", "next_on", "control", "status", "done_on", "late", "funded",
                "evidenced", "measured",
            )
        },
    }  # fmt: skip


def indicator(one: Measured) -> dict[str, Any]:
    return {
        "name": one.indicator.name,
        "unit": one.indicator.unit,
        "direction": one.indicator.direction,
        "baseline": one.indicator.baseline,
        "baseline_year": one.indicator.baseline_year,
        "years": [
            {"year": year, "target": target, "actual": actual, "source": source}
            for year, target, actual, source in one.rows
        ],
    }


def report(told: Told) -> dict[str, Any]:
    return {
        "body": told.report.body.slug,
        "due_on": told.report.stage.due_on,
        "handed_at": told.report.handed_at,
        "words": told.report.words,
        "language": told.report.language,
        "percent": told.report.percent,
        "sha256": told.report.digest,
        "evidence": [
            {
                "key": one.pk,
                "title": one.title,
                "language": one.language,
                "effective_on": one.effective_on,
                "shows_form": one.shows_form,
                "photo": one.photo,
                "address": one.address,
                "sha256": one.file.sha256 if one.file else "",
            }
            for one in told.evidence
        ],
        "parts": [report(part) for part in told.parts],
    }


def whole(known: Page) -> dict[str, Any]:
    one = known.commitment
    return row(one) | {
        "description": one.description,
        "risks": one.risks,
        "term": one.term,
        "cost_note": one.cost_note,
        "parent": one.parent_id,
        "continues": one.after_id,
        "executors": [
            {"body": each.body.slug, "part": each.part, "since": each.since, "until": each.until}
            for each in known.executors
        ],
        "terms": list(known.stages),
        "money": list(known.money),
        "provisions": [
            {
                "charter": promise.row.provision.version.charter.slug,
                "version": promise.row.provision.version.number,
                "eid": promise.row.provision.eid,
                "part": promise.row.part,
            }
            for promise in known.promises
        ],
        "indicators": [indicator(each) for each in known.indicators],
        "reports": [report(each) for each in known.reports],
    }


@router.get("/plans", response=Plans, summary=gettext_noop("Plans that are or were in force"))
def plans(request: HttpRequest, asked: Query[PlansAsked]) -> dict[str, Any]:
    found = Plan.objects.filter(state__in=PUBLIC, pk__gt=asked.after)
    if asked.body:
        found = found.filter(body__slug=asked.body)
    if asked.on:
        found = found.filter(starts__lte=asked.on, ends__gte=asked.on)
    joined = found.select_related("body", "version__charter", "parent", "after").order_by("pk")
    cut = page(joined[: asked.limit + 1], limit=asked.limit, key=lambda plan: plan.pk)
    return {"items": [plan_row(plan) for plan in cut["items"]], "next": cut["next"]}


@router.get(
    "/plans/{slug}",
    response={200: PlanOut, 404: Problem},
    summary=gettext_noop("One plan with its approved table"),
)
def plan(request: HttpRequest, slug: str) -> dict[str, Any]:
    there = (
        Plan.objects.filter(state__in=PUBLIC, slug=slug)
        .select_related("body", "version__charter", "parent", "after")
        .first()
    )
    if there is None:
        raise HttpError(404, NOT_FOUND)
    editions = list(Edition.objects.filter(plan=there, state__in=APPROVED).order_by("number"))
    last = of_tables.lines(editions[-1]) if editions else []
    return plan_row(there) | {
        "editions": [
            {
                "number": one.number,
                "in_force_from": one.in_force_from,
                "because": one.because,
                "sha256": one.digest,
            }
            for one in editions
        ],
        "rows": [as_json(entry) for entry in of_tables.table(last).entries],
    }


@router.get(
    "/commitments", response=Commitments, summary=gettext_noop("Commitments of approved plans")
)
def commitments(request: HttpRequest, asked: Query[CommitmentsAsked]) -> dict[str, Any]:
    wanted = {
        "plan__slug": asked.plan,
        "body__slug": asked.body,
        "status": asked.status,
        "year": asked.year,
        "due_on__gte": asked.due_from,
        "due_on__lte": asked.due_to,
    }
    found = reading.seen().filter(
        pk__gt=asked.after, **{name: value for name, value in wanted.items() if value}
    )
    if asked.executor:
        found = found.filter(executors__body__slug=asked.executor, executors__until=None)
    if asked.provision:
        found = found.filter(fulfils__provision__eid=asked.provision)
    joined = found.select_related("plan", "body", "lead", "unit").order_by("pk")
    cut = page(joined[: asked.limit + 1], limit=asked.limit, key=lambda one: one.pk)
    return {"items": [row(one) for one in cut["items"]], "next": cut["next"]}


@router.get(
    "/commitments/{key}",
    response={200: CommitmentOut, 404: Problem},
    summary=gettext_noop("One commitment with its accepted reports and public evidence"),
)
def commitment(request: HttpRequest, key: int) -> dict[str, Any]:
    there = reading.one(key, reading.seen()) if 0 < key <= BIG else None
    if there is None:
        raise HttpError(404, NOT_FOUND)
    return whole(reading.page(there, "kk"))
