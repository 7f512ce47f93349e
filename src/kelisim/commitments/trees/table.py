"""A plan as the table that offices keep: pure rows, before anything of it is a commitment.

Bodies are named by their slug, provisions by their `eId`, money is in whole and hundredths of the
country's currency, and every text is words by language. The same rows are drafted, agreed,
compared, read from a file and written to one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from kelisim.commitments.states import CostNote, Direction, OriginKind, Source
from kelisim.commitments.trees import terms

type Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Cost:
    """Money planned from one source for one year."""

    source: Source
    year: int
    planned: Decimal


@dataclass(frozen=True, slots=True)
class Fulfilled:
    """A provision that a row fulfils, and which part of it (words; none: the whole)."""

    eid: str
    part: Words = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Indicator:
    """How the outcome is measured: unit, baseline, target by year."""

    name: Words
    unit: Words
    direction: Direction = Direction.UP
    baseline: Decimal | None = None
    baseline_year: int | None = None
    targets: Mapping[int, Decimal] = field(default_factory=dict)
    source: Words = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Milestone:
    """A stage on the way; missed, it puts the commitment at risk."""

    day: date
    title: Words = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Heading:
    """A merged row: a section of the plan. `level` 1 is the outermost."""

    title: Words
    level: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """One commitment as it is drafted. `key` names it through all editions of its plan.

    `term` is None only while a draft has none yet. `lead` gathers the others' parts. `parent` and
    `after` are commitments' numbers in the database: handed down from, continued from.
    """

    key: str = ""
    number: str = ""
    title: Words = field(default_factory=dict)
    description: Words = field(default_factory=dict)
    form: Words = field(default_factory=dict)
    lead: str = ""
    others: tuple[str, ...] = ()
    term: terms.Term | None = None
    costs: tuple[Cost, ...] = ()
    cost_note: CostNote = CostNote.AMOUNTS
    sources: tuple[Source, ...] = ()
    provisions: tuple[Fulfilled, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    risks: Words = field(default_factory=dict)
    origin: OriginKind = OriginKind.PLAN
    origin_point: int | None = None
    origin_note: Words = field(default_factory=dict)
    parent: int | None = None
    after: int | None = None

    @property
    def executors(self) -> tuple[str, ...]:
        """The lead first, then those who execute with it."""
        return ((self.lead,) if self.lead else ()) + self.others


type Entry = Heading | Row


@dataclass(frozen=True, slots=True)
class Table:
    """A whole plan in its order."""

    entries: tuple[Entry, ...] = ()

    def rows(self) -> Iterator[Row]:
        return (entry for entry in self.entries if isinstance(entry, Row))

    def sections(self) -> Iterator[tuple[tuple[Heading, ...], Row]]:
        """Each row with the headings that it stands under, outermost first."""
        over: tuple[Heading, ...] = ()
        for entry in self.entries:
            if isinstance(entry, Heading):
                over = (*(one for one in over if one.level < entry.level), entry)
            else:
                yield over, entry


def as_json(entry: Entry) -> dict[str, Any]:
    """An entry as JSON keeps it: exact decimals and days as text."""
    if isinstance(entry, Heading):
        return {"heading": dict(entry.title), "level": entry.level}
    kept = asdict(entry)
    kept["term"] = terms.as_json(entry.term) if entry.term else None
    kept["costs"] = [
        {"source": cost.source.value, "year": cost.year, "planned": str(cost.planned)}
        for cost in entry.costs
    ]
    kept["sources"] = [source.value for source in entry.sources]
    kept["others"] = list(entry.others)
    kept["indicators"] = [indicator_as_json(one) for one in entry.indicators]
    kept["milestones"] = [
        {"day": one.day.isoformat(), "title": dict(one.title)} for one in entry.milestones
    ]
    kept["provisions"] = [{"eid": one.eid, "part": dict(one.part)} for one in entry.provisions]
    kept["cost_note"], kept["origin"] = entry.cost_note.value, entry.origin.value
    return kept


def indicator_as_json(one: Indicator) -> dict[str, Any]:
    return {
        "name": dict(one.name),
        "unit": dict(one.unit),
        "direction": one.direction.value,
        "baseline": None if one.baseline is None else str(one.baseline),
        "baseline_year": one.baseline_year,
        "targets": {str(year): str(value) for year, value in sorted(one.targets.items())},
        "source": dict(one.source),
    }


def from_json(kept: Mapping[str, Any]) -> Entry:
    """An entry from what `as_json` gave; nothing is lost either way."""
    if "heading" in kept:
        return Heading(kept["heading"], kept["level"])
    return Row(
        **{
            **kept,
            "term": terms.from_json(kept["term"]) if kept["term"] else None,
            "others": tuple(kept["others"]),
            "costs": tuple(
                Cost(Source(cost["source"]), cost["year"], Decimal(cost["planned"]))
                for cost in kept["costs"]
            ),
            "sources": tuple(Source(source) for source in kept["sources"]),
            "provisions": tuple(Fulfilled(one["eid"], one["part"]) for one in kept["provisions"]),
            "indicators": tuple(indicator_from_json(one) for one in kept["indicators"]),
            "milestones": tuple(
                Milestone(date.fromisoformat(one["day"]), one["title"])
                for one in kept["milestones"]
            ),
            "cost_note": CostNote(kept["cost_note"]),
            "origin": OriginKind(kept["origin"]),
        }
    )


def indicator_from_json(kept: Mapping[str, Any]) -> Indicator:
    return Indicator(
        name=kept["name"],
        unit=kept["unit"],
        direction=Direction(kept["direction"]),
        baseline=None if kept["baseline"] is None else Decimal(kept["baseline"]),
        baseline_year=kept["baseline_year"],
        targets={int(year): Decimal(value) for year, value in kept["targets"].items()},
        source=kept["source"],
    )
