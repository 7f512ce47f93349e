"""Plans as everybody reads them: the list, the official table, two tables compared."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kelisim.bodies.models import Body, Kind
from kelisim.charter.models import Provision
from kelisim.commitments.models import Commitment, Edition, Plan
from kelisim.commitments.queries import rows as reading
from kelisim.commitments.states import SEALED_EDITIONS, EditionState, PlanState, Status
from kelisim.commitments.trees import comparing, sheet
from kelisim.commitments.trees.table import Heading, Row, Table
from kelisim.pages.languages import spoken

PUBLIC = (PlanState.IN_FORCE, PlanState.CLOSED)
PAGE = 30
THOUSAND = Decimal(1000)
COUNTED = (
    ("done", [Status.DONE, Status.DONE_LATE]),
    ("under_way", [Status.UNDER_WAY, Status.NOT_STARTED]),
    ("at_risk", [Status.AT_RISK]),
    ("overdue", [Status.OVERDUE]),
)
FIELD_WORDS = {
    "number": _("number"),
    "title": _("measure"),
    "description": _("description"),
    "form": _("form of completion"),
    "lead": _("responsible executor"),
    "others": _("co-executors"),
    "term": _("term"),
    "costs": _("costs"),
    "cost_note": _("costs"),
    "sources": _("sources"),
    "provisions": _("provisions"),
    "indicators": _("indicators"),
    "milestones": _("milestones"),
    "risks": _("risks"),
    "origin": _("origin"),
    "origin_point": _("origin"),
    "origin_note": _("origin"),
}
CELLS = {
    "number": ("number",),
    "title": ("title",),
    "form": ("form",),
    "executors": ("lead", "others"),
    "term": ("term",),
    "costs": ("costs", "cost_note"),
    "sources": ("sources", "costs"),
}
"""The columns of the official table, and the fields that stand in each."""


def listed(
    *, kind: str = "", body: str = "", year: int | None = None, state: str = ""
) -> QuerySet[Plan]:
    """Public plans, the latest first."""
    found = Plan.objects.filter(state__in=PUBLIC).select_related("body", "parent")
    if kind:
        found = found.filter(body__kind=kind)
    if body:
        found = found.filter(Q(body__slug=body) | Q(joint__slug=body)).distinct()
    if year:
        found = found.filter(starts__year__lte=year, ends__year__gte=year)
    if state in PUBLIC:
        found = found.filter(state=state)
    return found.order_by("-starts", "body__path", "pk")


def counts(plans: Iterable[int]) -> dict[int, dict[str, int]]:
    """How many commitments each plan has, and how they fare; one query."""
    facts: dict[str, Any] = {
        name: Count("pk", filter=Q(status__in=which)) for name, which in COUNTED
    }
    found = Commitment.objects.filter(plan__in=list(plans)).order_by().values("plan")
    rows: Iterable[Any] = found.annotate(all=Count("pk"), **facts)
    return {row["plan"]: row for row in rows}


def kinds(language: str) -> list[tuple[str, str]]:
    """The kinds of bodies that have a public plan; one query."""
    found = Kind.objects.filter(bodies__plans__state__in=PUBLIC).distinct()
    return [(kind.key, spoken(kind.words, language).text) for kind in found]


def bodies(language: str) -> list[tuple[str, str]]:
    """The bodies that have a public plan; one query."""
    found = Body.objects.filter(plans__state__in=PUBLIC).distinct().order_by("path")
    return [(body.slug, spoken(body.name, language).text) for body in found]


def years() -> list[int]:
    """The years of public plans, the latest first; one query."""
    found = Plan.objects.filter(state__in=PUBLIC).aggregate(first=Min("starts"), last=Max("ends"))
    if not found["first"]:
        return []
    return list(range(found["last"].year, found["first"].year - 1, -1))


def plan(slug: str) -> Plan | None:
    """A public plan with all that its head says; one query."""
    whole = Plan.objects.select_related(
        "body__kind",
        "body__unit__parent",
        "body__parent",
        "version__charter",
        "parent",
        "after",
        "point__decision",
    )
    return whole.filter(slug=slug, state__in=PUBLIC).first()


def editions(of: Plan) -> list[Edition]:
    """Its approved editions in order; one query."""
    return list(Edition.objects.filter(plan=of, state__in=SEALED_EDITIONS).order_by("number"))


def present(found: Sequence[Edition]) -> Edition | None:
    """The edition in force; of a plan not yet in force the one that was approved."""
    in_force = [one for one in found if one.state == EditionState.IN_FORCE]
    return (in_force or list(found) or [None])[-1]  # type: ignore[list-item]


def period(of: Plan) -> tuple[int, ...]:
    return tuple(range(of.starts.year, of.ends.year + 1))


def unit_of(rows: Iterable[Row]) -> Decimal:
    """Thousands, as offices write, where all sums are whole hundreds; else single units."""
    whole = all(cost.planned % 100 == 0 for row in rows for cost in row.costs)
    return THOUSAND if whole else Decimal(1)


def named(table: Table) -> dict[str, Body]:
    """Every body that a table names, by its slug; one query."""
    slugs = {slug for row in table.rows() for slug in row.executors}
    return {body.slug: body for body in Body.objects.filter(slug__in=slugs)}


def label(body: Body, language: str) -> str:
    return body.short.get(language) or spoken(body.name, language).text


@dataclass(frozen=True, slots=True)
class Shown:
    """A line of the official table; `texts` are its cells as they are read."""

    entry: Heading | Row
    texts: Mapping[str, str]
    years: Sequence[str]
    commitment: Commitment | None = None
    provisions: Sequence[tuple[str, str]] = ()

    @property
    def heading(self) -> bool:
        return isinstance(self.entry, Heading)


@dataclass(frozen=True, slots=True)
class Official:
    """The official table of an edition, whole."""

    plan: Plan
    edition: Edition
    lines: Sequence[Shown]
    years: Sequence[int]
    thousands: bool
    abbreviations: Sequence[tuple[str, str]]
    totals: Sequence[str]

    @property
    def columns(self) -> int:
        return len(self.years) + 7


def ground_of(
    of: Plan, known: Mapping[str, Body], rows: Sequence[Row], language: str
) -> sheet.Ground:
    labels = {slug: label(body, language) for slug, body in known.items()}
    return sheet.Ground(language, period(of), {}, labels, unit_of(rows))


def official(edition: Edition, language: str) -> Official:
    """An edition's table with the state of its commitments; four queries whatever its length."""
    of = edition.plan
    table = reading.table(reading.lines(edition))
    rows, known = list(table.rows()), named(table)
    ground = ground_of(of, known, rows, language)
    made = {one.key: one for one in Commitment.objects.filter(plan=of)}
    cited = cites(of, rows)
    lines = [
        shown(entry, ground, made.get(getattr(entry, "key", "")), cited) for entry in table.entries
    ]
    return Official(
        plan=of,
        edition=edition,
        lines=lines,
        years=ground.years,
        thousands=ground.unit == THOUSAND,
        abbreviations=abbreviations(known.values(), language),
        totals=[sheet.figure(total(rows, year) / ground.unit, language) for year in ground.years],
    )


def shown(
    entry: Heading | Row,
    ground: sheet.Ground,
    commitment: Commitment | None,
    cited: Mapping[str, str],
) -> Shown:
    texts = sheet.texts(entry, ground)
    if isinstance(entry, Heading):
        return Shown(entry, texts, ())
    return Shown(
        entry,
        texts,
        [texts[f"cost_{year}"] for year in ground.years],
        commitment,
        [(one.eid, cited[one.eid]) for one in entry.provisions if one.eid in cited],
    )


def total(rows: Iterable[Row], year: int) -> Decimal:
    sums = (cost.planned for row in rows for cost in row.costs if cost.year == year)
    return sum(sums, Decimal(0))


def cites(of: Plan, rows: Iterable[Row]) -> dict[str, str]:
    """How the provisions that rows fulfil are cited; one query, none where there is no charter."""
    if not of.version_id:
        return {}
    eids = {one.eid for row in rows for one in row.provisions}
    found = Provision.objects.filter(version=of.version_id, eid__in=eids)
    return {eid: cite or eid for eid, cite in found.values_list("eid", "cite")}


def abbreviations(found: Iterable[Body], language: str) -> list[tuple[str, str]]:
    """The closing list: what each short name stands for."""
    pairs = ((label(body, language), spoken(body.name, language).text) for body in found)
    return sorted((short, name) for short, name in pairs if short != name)


@dataclass(frozen=True, slots=True)
class Compared:
    """A row beside what it was: the columns, each with its text before and after."""

    pair: comparing.Pair
    cells: Sequence[tuple[str, str, str]]
    also: Sequence[Any]

    @property
    def row(self) -> Row:
        row = self.pair.after or self.pair.before
        assert row is not None  # noqa: S101  (a pair has one of them)
        return row


def cell_texts(row: Row | None, ground: sheet.Ground) -> dict[str, str]:
    """A row as the columns of the official table, the costs of all years in one."""
    if row is None:
        return dict.fromkeys(CELLS, "")
    texts, language = sheet.texts(row, ground), ground.language
    costs = ((year, texts[f"cost_{year}"]) for year in ground.years)
    several = len(ground.years) > 1 and row.costs
    return {
        "number": row.number,
        "title": spoken(row.title, language).text,
        "form": spoken(row.form, language).text,
        "executors": texts["executors"],
        "term": texts["term"],
        "costs": "; ".join(f"{year}: {said}" for year, said in costs if said)
        if several
        else texts[f"cost_{ground.years[0]}"],
        "sources": texts["sources"],
    }


def compared(
    before: Edition, after: Edition, language: str, *, links: Mapping[str, str] | None = None
) -> list[Compared]:
    """Every row of two editions side by side; three queries."""
    old, new = (reading.table(reading.lines(one)) for one in (before, after))
    if before.plan_id != after.plan_id:
        links = {**comparing.same_words(old, new), **(links or linked(before, after))}
    both = Table((*old.entries, *new.entries))
    rows, known = list(both.rows()), named(both)
    grounds = [ground_of(one.plan, known, rows, language) for one in (before, after)]
    return [
        beside(pair, cell_texts(pair.before, grounds[0]), cell_texts(pair.after, grounds[1]))
        for pair in comparing.compare(old, new, links)
    ]


def beside(pair: comparing.Pair, old: Mapping[str, str], new: Mapping[str, str]) -> Compared:
    inside = {name for names in CELLS.values() for name in names}
    also = [FIELD_WORDS[name] for name in pair.changed if name not in inside]
    return Compared(
        pair, [(name, old[name], new[name]) for name in CELLS], list(dict.fromkeys(also))
    )


def linked(before: Edition, after: Edition) -> dict[str, str]:
    """Rows of a later plan that continue, or were handed down from, rows of another; one query."""
    made = Commitment.objects.filter(plan=before.plan_id).values_list("pk", "key")
    keys = dict(made)
    found = {}
    for row in reading.table(reading.lines(after)).rows():
        key = keys.get(row.after or 0) or keys.get(row.parent or 0)
        if key:
            found[row.key] = key
    return found


def others(of: Plan, limit: int = 40) -> list[Plan]:
    """Plans that it may be compared with: of the same body, its parent, what it continues."""
    near = Q(body=of.body_id) | Q(pk=of.parent_id or 0) | Q(parent=of.pk)
    if of.parent_id:
        near |= Q(parent=of.parent_id)
    found = Plan.objects.filter(near, state__in=PUBLIC).exclude(pk=of.pk).select_related("body")
    return list(found.order_by("-starts", "body__path")[:limit])


def approved_on(edition: Edition) -> date | None:
    """The day of the act that approved it."""
    said = edition.act.get("date", "")
    return date.fromisoformat(said) if said else None
