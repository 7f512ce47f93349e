"""The demonstration's plans: three years, three levels, every row plainly invented."""

import tomllib
from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from importlib.resources import files
from typing import Any

from kelisim.bodies.models import Body
from kelisim.charter.models import Provision, Version
from kelisim.cli.assembly import Assembly, at
from kelisim.cli.stories import Story
from kelisim.commitments.actions import agreeing, approving, drafting, plans
from kelisim.commitments.models import Agreement, Commitment, Edition, Plan
from kelisim.commitments.queries import rows as reading
from kelisim.commitments.states import CostNote, Direction, Say, Source
from kelisim.commitments.trees import terms
from kelisim.commitments.trees.table import (
    Cost,
    Entry,
    Fulfilled,
    Heading,
    Indicator,
    Milestone,
    Row,
    Table,
)
from kelisim.people.models import Person

FOLDER = files("kelisim.commitments") / "demonstration"
THOUSAND = 1000
REGIONS = 20
SPRING = 4
"""From this month on the present plan is of the calendar year; before, it began a year earlier."""
TITLE = {
    "kk": "Тұжырымдаманы іске асыру жөніндегі {years} іс-шаралар жоспары (ойдан алынған)",
    "ru": "План мероприятий по реализации Концепции на {years} (вымышлен)",
    "en": "Plan of measures that carry out the Concept, {years} (invented)",
}
YEAR_WORDS = {"kk": ("жылға арналған", "жылдарға арналған"), "ru": ("год", "годы"), "en": ("", "")}


@dataclass(frozen=True, slots=True)
class Period:
    """A plan's time. `now`: the one in which the demonstration is made."""

    starts: date
    ends: date
    now: bool

    def title(self) -> dict[str, str]:
        one = self.starts.year == self.ends.year
        span = str(self.starts.year) if one else f"{self.starts.year}–{self.ends.year}"
        return {
            tongue: TITLE[tongue].format(years=f"{span} {words[not one]}".strip())
            for tongue, words in YEAR_WORDS.items()
        }


def periods(today: date) -> list[Period]:
    """Two years that are past and the present one, which always has some months behind it."""
    first = today.year if today.month >= SPRING else today.year - 1
    past = [
        Period(date(year, 1, 1), date(year, 12, 31), now=False) for year in (first - 2, first - 1)
    ]
    return [*past, Period(date(first, 1, 1), date(today.year, 12, 31), now=True)]


@dataclass(slots=True)
class Planners:
    """What the rows name: who executes, which measure, who acts for whom."""

    assembly: Assembly
    version: Version
    measures: Mapping[str, str]
    bodies: Mapping[str, Body]
    regions: int = REGIONS
    """How many of the regions have plans."""

    def agrees(self, body: Body) -> Person:
        """Who agrees to a plan for an executor."""
        office = self.bodies["secretariat"].pk
        return self.assembly.head if body.pk == office else self.assembly.answers[body.pk]

    def reports(self, body: Body) -> Person:
        """Who reports for an executor."""
        office = self.bodies["secretariat"].pk
        if body.pk == office:
            return self.assembly.clerk
        return self.assembly.clerks.get(body.pk) or self.assembly.answers[body.pk]


def told() -> dict[str, Any]:
    return tomllib.loads((FOLDER / "national.toml").read_text())


def planners(
    assembly: Assembly, measures: Mapping[str, int], *, regions: int = REGIONS
) -> Planners:
    """`measures`: the place of each measure among the Concept's measures, by its path."""
    version = Version.objects.get(charter__slug="concept-2013", state="published")
    order = list(
        Provision.objects.filter(version=version, kind="measure")
        .order_by("position")
        .values_list("eid", flat=True)
    )
    names = ("culture", "education", "information", "finance")
    office = Body.objects.get(kind="secretariat", parent=assembly.top)
    return Planners(
        assembly=assembly,
        version=version,
        measures={path: order[place] for path, place in measures.items()},
        bodies={**dict(zip(names, assembly.ministries, strict=True)), "secretariat": office},
        regions=regions,
    )


def due(row: Mapping[str, Any], period: Period, today: date) -> terms.Term:
    """The row's term: as an office wrote it, or counted from today (in past years: that season)."""
    if "term" in row:
        return terms.read(row["term"], "ru")
    day = today + timedelta(days=row["days"])
    if not period.now:
        day = date(period.starts.year, (day.month - 1) % 12 + 1, min(day.day, 28))
    day = min(max(day, period.starts + timedelta(days=60)), period.ends)
    begins = min(today + timedelta(days=7), day)
    if period.now and row["now"] == "not_started" and begins < period.ends:
        return terms.read(f"с {begins:%d.%m.%Y} по {period.ends:%d.%m.%Y}", "ru")
    return terms.read(f"до {day:%d.%m.%Y}", "ru")


def drawn(row: Mapping[str, Any], number: int, period: Period, known: Planners) -> Row:
    """A row of the national plan."""
    told_units = told()["units"]
    year = period.starts.year
    term = due(row, period, known.assembly.today)
    last = terms.dues(term, starts=period.starts, ends=period.ends)[-1]
    measured = row.get("indicator")
    day = known.assembly.today + timedelta(days=row.get("milestone", 0))
    staged = "milestone" in row and period.now and period.starts <= day <= last
    return Row(
        number=str(number),
        title=row["title"],
        form=row["form"],
        lead=known.bodies[row["lead"]].slug,
        others=tuple(known.bodies[name].slug for name in row.get("others", ())),
        term=term,
        costs=(
            (Cost(Source(row.get("source", "republican")), year, Decimal(row["costs"] * THOUSAND)),)
            if "costs" in row
            else ()
        ),
        cost_note=CostNote.AMOUNTS if "costs" in row else CostNote.NOT_REQUIRED,
        provisions=(Fulfilled(known.measures[row["measure"]]),),
        milestones=(Milestone(day, STAGE),) if staged else (),
        indicators=(
            (
                Indicator(
                    name={tongue: measured[tongue] for tongue in ("kk", "ru", "en")},
                    unit=told_units[measured["unit"]],
                    direction=Direction.UP,
                    baseline=Decimal(measured["baseline"]),
                    baseline_year=year - 1,
                    targets={last.year: Decimal(measured["target"])},
                    source=REGISTER,
                ),
            )
            if measured
            else ()
        ),
    )


STAGE = {"kk": "Тапсырма жасалды", "ru": "Техническое задание готово", "en": "Terms of reference"}
REGISTER = {
    "kk": "әкімшілік деректер (ойдан алынған)",
    "ru": "административные данные (вымышлены)",
    "en": "administrative data (invented)",
}


def table(period: Period, known: Planners) -> Table:
    """The whole national plan under its headings."""
    entries: list[Entry] = []
    given, section = told(), 0
    for number, row in enumerate(given["row"], 1):
        if row["section"] != section:
            section = row["section"]
            entries.append(Heading(given["sections"][str(section)]))
        entries.append(drawn(row, number, period, known))
    return Table(tuple(entries))


def digest(edition: Edition) -> str:
    return reading.content_digest(reading.lines(edition))


def passed(edition: Edition, known: Planners, chair: Person, begun: datetime, number: str) -> Story:
    """An edition goes round, every executor agrees, the chair approves."""
    clerk = known.assembly.clerk
    agreeing.ask(edition.pk, by=clerk, at=begun)
    yield begun + timedelta(days=4)
    asked = Agreement.objects.filter(edition=edition, state=Say.ASKED).select_related("body")
    for agreement in asked:
        agreeing.say(
            agreement.pk,
            state=Say.AGREED,
            digest=digest(edition),
            by=known.agrees(agreement.body),
            at=begun + timedelta(days=4),
        )
    approved = begun + timedelta(days=6)
    yield approved
    agreeing.conclude(edition.pk, by=clerk, at=approved)
    approving.approve(edition.pk, number=number, digest=digest(edition), by=chair, at=approved)


def national(period: Period, known: Planners) -> Generator[datetime, None, Plan]:
    """The Council's plan of a period, from the first draft to its approval."""
    assembly = known.assembly
    begun = at(period.starts + timedelta(days=8))
    yield begun
    before = Plan.objects.filter(body=assembly.council).order_by("-starts").first()
    plan = plans.begin(
        assembly.council.pk,
        title=period.title(),
        starts=period.starts,
        ends=period.ends,
        version=known.version,
        after=before,
        by=assembly.clerk,
        at=begun,
    )
    edition = plan.editions.get()
    drafting.take(edition.pk, table=table(period, known), by=assembly.clerk, at=begun)
    yield from passed(edition, known, assembly.chair, begun, f"1-{period.starts.year}")
    return plan


def commitments(plan: Plan) -> list[Commitment]:
    return list(Commitment.objects.filter(plan=plan).select_related("lead").order_by("position"))


def beneath(
    parent: Plan, body: Body, known: Planners, handed: Sequence[Commitment]
) -> Generator[datetime, None, Plan]:
    """A region's plan that takes up what was handed down to it."""
    begun = at(parent.starts + timedelta(days=20 if parent.parent_id is None else 40))
    yield begun
    for commitment in handed:
        plans.hand_down(commitment.pk, body_ids=[body.pk], by=known.assembly.clerk, at=begun)
    plan = Plan.objects.get(parent=parent, body=body)
    chair, mark = known.assembly.answers[body.pk], 3 if parent.parent_id is None else 4
    yield from passed(plan.editions.get(), known, chair, begun, f"{mark}-{parent.starts.year}")
    return plan


def amended(plan: Plan, number: str, known: Planners, when: datetime) -> Story:
    """A row is taken out of a plan in force; its executors agree, the chair approves."""
    assembly = known.assembly
    yield when
    edition = plans.amend(
        plan.pk,
        because="Міндет басқа органға өтті (ойдан алынған себеп).",
        by=assembly.clerk,
        at=when,
    )
    gone = [line.key for line in edition.lines.all() if line.content.get("number") == number]
    drafting.remove(edition.pk, keys=gone, by=assembly.clerk, at=when)
    yield from passed(edition, known, assembly.chair, when, f"2-{plan.starts.year}")


def measure_places(provisions: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """The place of each measure among the measures of the digest, by its path."""
    measures = [row["path"] for row in provisions if row["kind"] == "measure"]
    return {path: place for place, path in enumerate(measures)}
