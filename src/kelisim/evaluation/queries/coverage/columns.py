"""The columns: steps, years, the regions of a day, bodies a page at a time."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, Max, Min, OuterRef
from django.db.models.functions import ExtractYear

from kelisim.bodies.models import Body
from kelisim.commitments.models import Commitment, Plan
from kelisim.evaluation.queries.behind import SEEN
from kelisim.evaluation.queries.coverage.asked import Asked, By
from kelisim.evaluation.trees.coverage import Step
from kelisim.pages.languages import spoken
from kelisim.territory import queries as territory
from kelisim.territory.models import Unit

BODIES_A_PAGE = 20


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key in the counts, its words, and what an address says of it."""

    key: int | None
    words: str
    language: str = ""
    query: str = ""
    step: Step | None = None
    mark: str = ""


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
