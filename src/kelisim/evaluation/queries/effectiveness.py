"""What bodies are compared by: counts of terms, reports, targets and money; never complaints.

A group is bodies of one kind on one level: others have other work and are not compared. Seven
queries for a page, however many bodies and commitments.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max, Min, Q

from kelisim.bodies.models import Body, Kind
from kelisim.commitments.models import Commitment, Plan
from kelisim.engines.composite import VERSION, Rule
from kelisim.evaluation.models import Run
from kelisim.evaluation.queries import behind
from kelisim.evaluation.trees import comparing
from kelisim.evaluation.trees.comparing import MOMENTS, Asked, Inputs
from kelisim.evaluation.trees.formula import from_json
from kelisim.territory.models import REGIONS

COUNTRY, REGION, DISTRICT = "country", "region", "district"


@dataclass(frozen=True, slots=True)
class Group:
    """Bodies that may be compared: of one kind, on one level."""

    kind: Kind
    level: str
    size: int

    @property
    def key(self) -> str:
        return f"{self.kind.key}.{self.level}"


def level(unit_kind: str | None) -> str:
    """On which level a body works, by its territory."""
    if unit_kind is None:
        return COUNTRY
    return REGION if unit_kind in REGIONS else DISTRICT


def of_level(name: str) -> Q:
    """The same for a query of bodies."""
    if name == COUNTRY:
        return Q(unit__isnull=True)
    regions = Q(unit__kind__in=REGIONS)
    return regions if name == REGION else Q(unit__isnull=False) & ~regions


def groups() -> list[Group]:
    """Groups of bodies that lead commitments, the largest first; two queries."""
    leading = Commitment.objects.filter(plan__state__in=behind.SEEN).values("lead")
    rows = Body.objects.filter(pk__in=leading).order_by().values_list("kind_id", "unit__kind")
    sizes: defaultdict[tuple[str, str], int] = defaultdict(int)
    for kind, unit_kind, count in rows.annotate(Count("pk")):
        sizes[kind, level(unit_kind)] += count
    kinds = Kind.objects.in_bulk({kind for kind, _level in sizes})
    found = [Group(kinds[kind], name, size) for (kind, name), size in sizes.items()]
    return sorted(found, key=lambda one: (-one.size, one.kind.order, one.key))


def bodies(group: Group, language: str) -> list[Body]:
    """Bodies of a group that lead commitments, by name; one query."""
    leading = Commitment.objects.filter(plan__state__in=behind.SEEN).values("lead")
    found = Body.objects.filter(of_level(group.level), kind=group.kind, pk__in=leading)
    return list(found.order_by(f"order_{language}", "pk"))


def inputs(of: Sequence[Body], year: int, on: date) -> Inputs:
    """The counts of each body in a year as they are known on a day; three queries."""
    order = sorted(of, key=lambda body: body.slug)
    keys = [body.pk for body in order]
    shares = by_terms(keys, year, on) | {"outcomes": by_targets(keys, year, on)}
    columns: dict[str, dict[str, list[float]]] = {
        name: {
            "hits": [rows.get(pk, (0, 0))[0] for pk in keys],
            "cases": [rows.get(pk, (0, 0))[1] for pk in keys],
        }
        for name, rows in shares.items()
    }
    columns["money"] = by_money(keys, year, on)
    return {"bodies": [body.slug for body in order], "columns": columns}


type Counted = dict[int, tuple[int, int]]


def by_terms(keys: Sequence[int], year: int, on: date) -> dict[str, Counted]:
    """Hits and cases of the components that terms are the cases of; one query."""
    terms = behind.with_returns(behind.terms(date(year, 1, 1), date(year, 12, 31)))
    counts = {}
    components = behind.components(on)
    for name, (cases, hits) in components.items():
        counts[f"{name}_cases"] = Count("pk", filter=cases)
        counts[f"{name}_hits"] = Count("pk", filter=cases & hits)
    rows = terms.filter(commitment__lead__in=keys).order_by().values("commitment__lead_id")
    found: dict[str, Counted] = {name: {} for name in components}
    for row in rows.annotate(**counts):
        for name in components:
            hits, cases = row[f"{name}_hits"], row[f"{name}_cases"]
            found[name][row["commitment__lead_id"]] = (hits, cases)
    return found


def by_targets(keys: Sequence[int], year: int, on: date) -> Counted:
    """Targets reached, of all that are asked; one query."""
    lead = "indicator__commitment__lead_id"
    rows = behind.targets(year, on).filter(**{f"{lead}__in": keys}).order_by().values_list(lead)
    counted = rows.annotate(hits=Count("pk", filter=behind.REACHED), cases=Count("pk"))
    return {pk: (hits, cases) for pk, hits, cases in counted}


def by_money(keys: Sequence[int], year: int, on: date) -> dict[str, list[float]]:
    """The sums of which a ratio and its error are made, in millions; one query."""
    sums: defaultdict[int, list[float]] = defaultdict(lambda: [0.0] * len(MOMENTS))
    rows = behind.money(year, on).filter(commitment__lead__in=keys)
    for row in rows:
        used, there = float(row["used"]) / 1e6, float(row["there"]) / 1e6
        parts = (used, there, used * used, there * there, used * there, 1.0)
        kept = sums[row["commitment__lead_id"]]
        kept[:] = [one + other for one, other in zip(kept, parts, strict=True)]
    return {name: [round(sums[pk][i], 9) for pk in keys] for i, name in enumerate(MOMENTS)}


def years(on: date) -> list[int]:
    """Years of plans that have begun, the newest first; one query."""
    found = Plan.objects.filter(state__in=behind.SEEN).aggregate(Min("starts"), Max("ends"))
    if not found["starts__min"]:
        return []
    last = min(found["ends__max"].year, on.year)
    return list(range(last, found["starts__min"].year - 1, -1))


@dataclass(frozen=True, slots=True)
class Cell:
    """One component of a body, ready to be shown; `value` is a share."""

    value: float | None
    low: float | None
    high: float | None
    cases: int
    known: bool
    weight: float | None
    lost: float | None


@dataclass(frozen=True, slots=True)
class Standing:
    """A body in the comparison."""

    body: Body
    ranked: bool
    score: float | None
    rank: float | None
    low: float | None
    high: float | None
    first: float | None
    cells: Mapping[str, Cell]


def standings(results: Mapping[str, Any], of: Iterable[Body]) -> list[Standing]:
    """Rows of a comparison as they are shown: by rank, then those without one by name."""
    known = {body.slug: (place, body) for place, body in enumerate(of)}
    found = [
        Standing(
            known[row["body"]][1],
            row["ranked"] and not results["refused"],
            row["score"],
            row.get("rank"),
            row.get("low"),
            row.get("high"),
            row.get("first"),
            {key: Cell(**cell) for key, cell in row["cells"].items()},
        )
        for row in results["rows"]
        if row["body"] in known
    ]
    return sorted(
        found,
        key=lambda one: (
            one.rank is None,
            one.rank or 0,
            known[one.body.slug][0],
        ),
    )


def repeats(run: Run) -> bool | None:
    """Whether a kept run comes out the same again; none where the engine is another one now."""
    if run.engine != VERSION:
        return None
    asked = Asked(run.weights, Rule(run.rule))
    again = comparing.compare(run.inputs, from_json(run.formula), asked, seed=run.seed)
    return comparing.digest(again) == run.results_digest


def newest(limit: int = 10) -> list[Run]:
    """Runs that were kept last; one query."""
    return list(Run.objects.select_related("kind").defer("inputs", "results")[:limit])


def compared(run: Run) -> list[Body]:
    """The bodies that a run compared; one query."""
    return list(Body.objects.filter(slug__in=run.inputs["bodies"]).order_by("slug"))
