"""Coverage of a charter: every measure against steps, years, regions or bodies.

A commitment fulfils a provision of the version that its plan stands on; here everything is brought
to the version that is shown, along published successions. Each page is a fixed number of queries:
one of them counts, grouped by provision and column, however many commitments there are.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import Exists, Max, Min, OuterRef, Q, QuerySet
from django.db.models.functions import ExtractYear

from kelisim.bodies.models import Body
from kelisim.charter.models import Charter, Provision, Version, Wording
from kelisim.charter.queries import lineage
from kelisim.charter.states import VersionState
from kelisim.charter.trees.types import known
from kelisim.commitments.models import Commitment, Fulfils, Plan, Standing
from kelisim.commitments.states import PlanState, Status
from kelisim.evaluation.trees import coverage as trees
from kelisim.evaluation.trees.coverage import Counts, Step
from kelisim.pages.languages import Spoken, spoken
from kelisim.territory import queries as territory
from kelisim.territory.models import Unit

SEEN = (PlanState.IN_FORCE, PlanState.CLOSED)
BODIES_A_PAGE = 20
SHORT = 110
"""Letters of a measure's own words where nobody gave it a title."""


class By(StrEnum):
    """What the columns are."""

    STEPS = "steps"
    YEARS = "years"
    REGIONS = "regions"
    BODIES = "bodies"


COLUMNS = {By.STEPS: "NULL", By.YEARS: "c.year", By.REGIONS: "c.unit_id", By.BODIES: "c.lead_id"}
COUNTING = (
    "SELECT f.provision_id, {column}, COUNT(*), "
    "COUNT(*) FILTER (WHERE c.funded), "
    "COUNT(*) FILTER (WHERE c.status <> 'not_started'), "
    "COUNT(*) FILTER (WHERE c.evidenced), "
    "COUNT(*) FILTER (WHERE c.measured), "
    "COUNT(*) FILTER (WHERE c.status IN ('done', 'done_late')), "
    "COUNT(*) FILTER (WHERE c.status = 'overdue'), "
    "COUNT(*) FILTER (WHERE c.status = 'at_risk') "
    "FROM commitments_commitment c CROSS JOIN commitments_fulfils f "
    "WHERE f.commitment_id = c.id AND c.status <> 'cancelled'{narrowed} "
    "GROUP BY f.provision_id, {column}"
)
"""Both databases read it. SQLite takes the tables of a CROSS JOIN in their order: it goes once over
the index `commitment_coverage`, which holds all that is asked of a commitment, never its words."""
REACHED = {
    Step.PLANNED: Q(),
    Step.FUNDED: Q(funded=True),
    Step.UNDER_WAY: ~Q(status=Status.NOT_STARTED),
    Step.EVIDENCED: Q(evidenced=True),
    Step.MEASURED: Q(measured=True),
    Step.DONE: Q(status__in=[Status.DONE, Status.DONE_LATE]),
}
"""The same of a list of commitments: a cell and what it opens agree."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What of a charter is asked for: which columns, and which commitments at all.

    `unit` and `lead` are numbers; 0 of `unit` is what belongs to the whole country.
    """

    by: By = By.STEPS
    year: int | None = None
    unit: int | None = None
    lead: int | None = None
    plan: int | None = None
    page: int = 1

    @property
    def words(self) -> dict[str, str]:
        """Its filters as an address says them."""
        found = {"year": self.year, "region": self.unit, "body": self.lead, "plan": self.plan}
        return {name: str(value) for name, value in found.items() if value is not None}

    @property
    def fields(self) -> dict[str, int | None]:
        """The columns of a commitment that it narrows, with the value of each."""
        unit = {} if self.unit is None else {"unit_id": self.unit or None}
        others = {"year": self.year, "lead_id": self.lead, "plan_id": self.plan}
        return unit | {name: value for name, value in others.items() if value is not None}

    @property
    def filters(self) -> Q:
        """The same for the ORM."""
        wanted = ~Q(status=Status.CANCELLED)
        for name, value in self.fields.items():
            wanted &= Q(**({f"{name}__isnull": True} if value is None else {name: value}))
        return wanted


@dataclass(frozen=True, slots=True)
class Row(trees.Place):
    """A provision with the words that name it."""

    words: Spoken
    gone: bool = False

    @property
    def short(self) -> str:
        return shortened(self.words.text)


def shortened(text: str) -> str:
    text = text.rstrip(" :;.")
    return text if len(text) <= SHORT else text[: SHORT - 1].rsplit(" ", 1)[0] + "…"


def versions(slug: str) -> list[Version]:
    """Every published version of a charter; one query."""
    return list(
        Version.objects.filter(charter__slug=slug, state=VersionState.PUBLISHED)
        .select_related("charter")
        .defer("leavings", "guesses", "return_reason")
        .order_by("number")
    )


def holding(slug: str, on: date) -> Version | None:
    """The version that is shown: the last whose day has come, else the first; one query."""
    found = versions(slug)
    come = [version for version in found if version.in_force_from <= on]
    return (come or found[:1])[-1] if found else None


def charters(on: date) -> list[Charter]:
    """Charters that were published, those that commitments fulfil first; one query."""
    fulfilled = Fulfils.objects.filter(provision__version__charter=OuterRef("pk"))
    found = Charter.objects.filter(versions__state=VersionState.PUBLISHED).distinct()
    rows = found.annotate(fulfilled=Exists(fulfilled)).order_by("in_force_from", "pk")
    return sorted(
        rows,
        key=lambda one: (
            not one.fulfilled,
            one.repealed_on is not None and one.repealed_on <= on,
            one.superseded_on is not None and one.superseded_on <= on,
        ),
    )


def promised(charter: Charter) -> set[str]:
    """The kinds of provision that this type of charter counts as promises."""
    found = known().get(charter.type)
    return {key for key, kind in found.kinds.items() if kind.promise} if found else set()


def forms(version: Version) -> dict[int, list[int]]:
    """From any form of a provision to what it is in this version; one query."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    for now, earlier in lineage.ancestry(version):
        found[earlier].append(now)
    return dict(found)


def of_charter(charter: Charter) -> QuerySet[Provision]:
    return Provision.objects.filter(version__charter=charter)


def counted(asked: Asked) -> dict[tuple[int, int | None], Counts]:
    """Commitments by provision and column, of every charter; the one query that counts.

    A commitment is there from the day on which its plan comes into force: all of them are public.
    """
    fields = asked.fields
    narrowed = "".join(
        f" AND c.{name} IS NULL" if value is None else f" AND c.{name} = %s"
        for name, value in fields.items()
    )
    sql = COUNTING.format(column=COLUMNS[asked.by], narrowed=narrowed)
    with connection.cursor() as cursor:
        cursor.execute(sql, [value for value in fields.values() if value is not None])
        whole = 0 if asked.by == By.REGIONS else None
        return {
            (provision, whole if key is None else key): Counts(*counts)
            for provision, key, *counts in cursor.fetchall()
        }


def said(keys: Q, language: str) -> dict[int, Spoken]:
    """The words that name provisions: a title, else their text; one query."""
    texts: defaultdict[int, dict[str, str]] = defaultdict(dict)
    rows = Wording.objects.filter(keys).values_list("provision", "language", "title", "text")
    for pk, code, title, text in rows:
        texts[pk][code] = title or text[: SHORT * 2]
    return {pk: spoken(found, language) for pk, found in texts.items()}


def rows(version: Version, also: Iterable[int], language: str) -> list[Row]:
    """The charter's headings and measures in order, and other provisions that are fulfilled.

    Provisions of an earlier version that led nowhere stand at the end. Two queries.
    """
    kinds, also = promised(version.charter), set(also)
    here = Q(version=version) & (Q(heading=True) | Q(kind__in=kinds))
    found = list(
        of_charter(version.charter)
        .filter(here | Q(pk__in=also))
        .order_by("position", "pk")
        .values_list("pk", "eid", "cite", "depth", "heading", "kind", "version")
    )
    words = said(Q(provision__in=[row[0] for row in found]), language)
    nothing = Spoken("", language, borrowed=False)
    made = [
        Row(
            pk,
            eid,
            cite,
            depth,
            heading and of == version.pk,
            kind in kinds or pk in also,
            words.get(pk, nothing),
            gone=of != version.pk,
        )
        for pk, eid, cite, depth, heading, kind, of in found
    ]
    return [row for row in made if not row.gone] + [row for row in made if row.gone]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key in the counts, its words, and what an address says of it."""

    key: int | None
    words: str
    language: str = ""
    query: str = ""
    step: Step | None = None
    mark: str = ""


@dataclass(frozen=True)
class Part:
    """Rows under one heading with the sums of their columns."""

    heading: Row | None
    rows: tuple[Row, ...]
    tally: trees.Tally
    columns: tuple[trees.Tally, ...]


@dataclass(frozen=True)
class Coverage:
    """A charter's measures against columns, with all that a page, a file or a program needs."""

    version: Version
    asked: Asked
    columns: tuple[Column, ...]
    more: int
    rows: Sequence[Row]
    counts: Mapping[tuple[int, int | None], Counts]
    language: str

    @property
    def charter(self) -> Charter:
        return self.version.charter

    def cell(self, row: Row, column: Column) -> Counts:
        return self.counts.get((row.pk, column.key), trees.NOTHING)

    @cached_property
    def measures(self) -> list[Row]:
        return [row for row in self.rows if row.counted]

    @cached_property
    def whole(self) -> dict[int, Counts]:
        """Each row over all columns, those of other pages too."""
        found: defaultdict[int, list[Counts]] = defaultdict(list)
        for (provision, _key), counts in self.counts.items():
            found[provision].append(counts)
        return {row.pk: trees.total(found.get(row.pk, [])) for row in self.measures}

    @cached_property
    def parts(self) -> list[Part]:
        standing = [row for row in self.rows if not row.gone]
        found = [self.part(part.heading, part.rows) for part in trees.parts(standing)]
        gone = tuple(row for row in self.rows if row.gone and row.counted)
        return [*found, self.part(None, gone)] if gone else found

    def part(self, heading: Row | None, rows: tuple[Row, ...]) -> Part:
        return Part(
            heading,
            rows,
            trees.tally([self.whole[row.pk] for row in rows]),
            tuple(trees.tally([self.cell(row, column) for row in rows]) for column in self.columns),
        )

    @cached_property
    def tally(self) -> trees.Tally:
        """How the whole charter stands."""
        return trees.tally([self.whole[row.pk] for row in self.measures])


def coverage(version: Version, asked: Asked, on: date, language: str) -> Coverage:
    """The matrix; six queries by steps or years, eight by regions or bodies."""
    leads = forms(version)
    counts = trees.descend(counted(asked), leads)
    found = rows(version, {provision for provision, _key in counts}, language)
    columns, more = titled(asked, {key for _provision, key in counts}, on, language)
    return Coverage(version, asked, columns, more, found, counts, language)


def titled(
    asked: Asked, keys: set[int | None], on: date, language: str
) -> tuple[tuple[Column, ...], int]:
    """The columns of a page, and how many pages of them there are."""
    if asked.by == By.YEARS:
        return tuple(of_years(keys)), 1
    if asked.by == By.REGIONS:
        return tuple(of_regions(keys, dated(asked, on), language)), 1
    if asked.by == By.BODIES:
        return of_bodies(keys, asked.page, language)
    steps = tuple(Column(None, "", step=step, query=f"step={step.value}") for step in Step)
    return steps, 1


def dated(asked: Asked, on: date) -> date:
    """The day whose regions are shown: today, or the last day of the year that is asked for."""
    return min(on, date(asked.year, 12, 31)) if asked.year else on


def of_years(keys: set[int | None]) -> list[Column]:
    """Every year from the first to the last: one without anything is seen too."""
    years = [key for key in keys if key]
    span = range(min(years), max(years) + 1) if years else ()
    return [Column(year, str(year), query=f"year={year}") for year in span]


def of_regions(keys: set[int | None], on: date, language: str) -> list[Column]:
    """The whole country, the regions of a day, and those of other days that have anything."""
    standing = territory.regions(on)
    known_then = {unit.pk for unit in standing}
    others = list(
        Unit.objects.filter(pk__in=[key for key in keys if key and key not in known_then])
    )
    asked = [(unit, on) for unit in standing]
    asked += [(unit, territory.within(unit, on)) for unit in others]
    called = territory.naming(((unit.kato, day) for unit, day in asked), language)
    found = [Column(0, "", query="region=0")]
    for unit, day in asked:
        name = called.get((unit.kato, day))
        found.append(
            Column(
                unit.pk,
                name.short.text if name else unit.kato,
                name.short.language if name and name.short.borrowed else "",
                f"region={unit.pk}",
                mark="" if unit.pk in known_then else str(day.year),
            )
        )
    return found


def of_bodies(keys: set[int | None], page: int, language: str) -> tuple[tuple[Column, ...], int]:
    """Responsible bodies by their names, a page of them."""
    bodies = Body.objects.filter(pk__in=[key for key in keys if key])
    order = list(bodies.order_by(f"order_{language}", "pk").values_list("pk", "name", "short"))
    pages = max(1, -(-len(order) // BODIES_A_PAGE))
    start = (min(page, pages) - 1) * BODIES_A_PAGE
    columns = []
    for pk, name, short in order[start : start + BODIES_A_PAGE]:
        words = spoken({**name, **{code: text for code, text in short.items() if text}}, language)
        columns.append(
            Column(pk, words.text, words.language if words.borrowed else "", f"body={pk}")
        )
    return tuple(columns), pages


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen above the matrix."""

    years: tuple[int, ...]
    regions: tuple[tuple[int, str], ...]
    bodies: tuple[tuple[int, str], ...]


def choices(on: date, language: str) -> Choices:
    """Years of plans, regions of the day, bodies that answer for anything; four queries."""
    span = Plan.objects.filter(state__in=SEEN).aggregate(
        first=Min(ExtractYear("starts")), last=Max(ExtractYear("ends"))
    )
    years = range(span["first"], span["last"] + 1) if span["first"] else ()
    units = territory.regions(on)
    called = territory.names((unit.kato for unit in units), on, language)
    leading = Exists(Commitment.objects.filter(lead=OuterRef("pk")))
    bodies = Body.objects.filter(leading).order_by(f"order_{language}", "pk")
    return Choices(
        tuple(reversed(years)),
        tuple((unit.pk, called[unit.kato].short.text) for unit in units if unit.kato in called),
        tuple((pk, spoken(name, language).text) for pk, name in bodies.values_list("pk", "name")),
    )


@dataclass(frozen=True, slots=True)
class Glance:
    """How one measure stands, for the charter's own page."""

    counts: Counts

    @property
    def state(self) -> trees.State:
        return self.counts.state


def glances(version: Version) -> dict[int, Counts]:
    """How every provision of a version stands that anything was planned for; two queries."""
    found = trees.descend(counted(Asked()), forms(version))
    return {provision: counts for (provision, _key), counts in found.items()}


def newest_standing() -> int:
    """What names all that was computed so far: a page that shows it is kept by this; one query."""
    return Standing.objects.aggregate(newest=Max("pk"))["newest"] or 0


def commitments(version: Version, asked: Asked, *, provision: int | None, step: Step | None) -> Any:
    """The commitments behind a cell, or behind all of them; at most two queries before its own."""
    found = Commitment.objects.filter(asked.filters, REACHED[step or Step.PLANNED])
    found = found.filter(plan__state__in=SEEN)
    fulfils = Fulfils.objects.filter(commitment=OuterRef("pk"))
    if provision is None:
        fulfils = fulfils.filter(provision__in=of_charter(version.charter).values("pk"))
    else:
        fulfils = fulfils.filter(provision__in=earlier(version, provision))
    return found.filter(Exists(fulfils)).select_related("plan", "body", "lead", "unit")


def earlier(version: Version, provision: int) -> list[int]:
    """A provision and every form that it had; one query."""
    return [provision, *(old for old, now in forms(version).items() if provision in now)]


def narrowed(asked: Asked, **changes: Any) -> Asked:
    return replace(asked, **changes)
