"""The rows behind a figure: which commitments, which terms, and what made each count."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import BooleanField, Case, Q, QuerySet, Value, When

from kelisim.bodies.models import Body
from kelisim.commitments.models import Commitment
from kelisim.evaluation.queries import behind
from kelisim.evaluation.queries.behind import ACTS, FATES
from kelisim.evaluation.trees.quarters import Quarter

A_PAGE = 50
TERMED = ("timeliness", "completeness", "quality")


@dataclass(frozen=True, slots=True)
class Period:
    """A quarter, or a whole year."""

    year: int
    quarter: Quarter | None = None

    @property
    def since(self) -> date:
        return self.quarter.first if self.quarter else date(self.year, 1, 1)

    @property
    def until(self) -> date:
        return self.quarter.last if self.quarter else date(self.year, 12, 31)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which figure, of which period; of one body, of one kind, or of all."""

    figure: str
    period: Period
    body: Body | None = None
    kind: str = ""

    def of(self, through: str = "commitment__") -> Q:
        if self.body:
            return Q(**{f"{through}lead": self.body})
        return Q(**{f"{through}lead__kind": self.kind}) if self.kind else Q()


@dataclass(frozen=True, slots=True)
class Row:
    """One case: its commitment, its days, what was asked and what was; whether it was a hit."""

    commitment: Commitment
    due_on: date | None = None
    handed_on: date | None = None
    met_on: date | None = None
    done_at: date | None = None
    name: Mapping[str, str] | None = None
    asked: Decimal | None = None
    found: Decimal | None = None
    hit: bool | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the rows, and how many there are in all."""

    rows: tuple[Row, ...]
    total: int
    number: int

    @property
    def more(self) -> bool:
        return self.number * A_PAGE < self.total


def page(wanted: Wanted, on: date, number: int = 1) -> Page:
    """A page of the rows behind a figure; at most three queries."""
    found, told = source(wanted, on)
    total = found.count()
    number = max(1, min(number, -(-total // A_PAGE)))
    some = list(found[(number - 1) * A_PAGE : number * A_PAGE])
    return Page(tuple(told(some)), total, number)


type Source = tuple[QuerySet[Any, Any], Callable[[list[Any]], list[Row]]]


def source(wanted: Wanted, on: date) -> Source:
    """The rows of a figure as they stand in the database, and how they are told."""
    since, until = wanted.period.since, wanted.period.until
    if wanted.figure in FATES or wanted.figure in TERMED:
        return terms(wanted, on), lambda some: [termed(one) for one in some]
    if wanted.figure in ACTS:
        acts = behind.marks(ACTS[wanted.figure], since, until).filter(wanted.of())
        acts = acts.select_related("commitment__lead", "commitment__plan").order_by("at", "pk")
        return acts, lambda some: [
            Row(one.commitment, done_at=one.at.date(), due_on=one.from_day) for one in some
        ]
    if wanted.figure == "on_control":
        held = behind.controlled(since, until).filter(wanted.of(""))
        held = held.select_related("lead", "plan").order_by("due_on", "pk")
        return held, lambda some: [Row(one, due_on=one.due_on, met_on=one.done_on) for one in some]
    if wanted.figure == "outcomes":
        targets = behind.targets(wanted.period.year, on).filter(
            wanted.of("indicator__commitment__")
        )
        targets = targets.annotate(hit=flag(behind.REACHED)).select_related(
            "indicator__commitment__lead", "indicator__commitment__plan"
        )
        return targets.order_by("pk"), lambda some: [measured(one) for one in some]
    sums = behind.money(wanted.period.year, on).filter(wanted.of())
    return sums, spent


def terms(wanted: Wanted, on: date) -> QuerySet[Any]:
    """Terms of a fate, or the cases of a component with their hits."""
    found = behind.terms(wanted.period.since, wanted.period.until).filter(wanted.of())
    found = found.select_related("commitment__lead", "commitment__plan")
    if wanted.figure in FATES:
        found = found.filter(behind.fates(on)[wanted.figure])
    else:
        cases, hits = behind.components(on)[wanted.figure]
        found = behind.with_returns(found).filter(cases).annotate(hit=flag(hits))
    return found.order_by("due_on", "pk")


def flag(of: Q) -> Case:
    return Case(When(of, then=Value(True)), default=Value(False), output_field=BooleanField())  # noqa: FBT003


def termed(one: Any) -> Row:
    return Row(
        one.commitment,
        due_on=one.due_on,
        handed_on=one.handed_on,
        met_on=one.met_on,
        hit=getattr(one, "hit", None),
    )


def measured(one: Any) -> Row:
    indicator = one.indicator
    return Row(
        indicator.commitment,
        due_on=indicator.commitment.due_on,
        name=indicator.name,
        asked=one.value,
        found=one.actual,
        hit=one.hit,
    )


def spent(some: list[Any]) -> list[Row]:
    """Sums with their commitments; one more query."""
    keys = [one["commitment_id"] for one in some]
    known = Commitment.objects.select_related("lead", "plan").in_bulk(keys)
    return [
        Row(
            known[one["commitment_id"]],
            due_on=known[one["commitment_id"]].due_on,
            asked=one["there"],
            found=one["used"],
        )
        for one in some
    ]
