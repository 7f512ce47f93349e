"""One commitment with all that stands behind it: the same number of queries whatever it holds."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.db.models import Prefetch, Q, QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext

from kelisim.bodies.mandates import answers
from kelisim.bodies.models import Body
from kelisim.charter.models import Wording
from kelisim.commitments.models import (
    Actual,
    Commitment,
    Evidence,
    Executor,
    Extension,
    Fulfils,
    Indicator,
    Mark,
    Money,
    Report,
    Sending,
    Stage,
    Target,
)
from kelisim.commitments.queries.events import Event, events
from kelisim.commitments.states import (
    ExtensionState,
    MarkKind,
    Part,
    PlanState,
    ReportState,
    StageKind,
    Status,
)
from kelisim.pages.languages import Spoken, spoken

SEEN = Q(plan__state__in=[PlanState.IN_FORCE, PlanState.CLOSED])
WHOLE = ("kind", "unit__parent", "parent")
"""What rights over a body are judged by."""


@dataclass(frozen=True, slots=True)
class Promise:
    """A provision that is fulfilled, and the part of it that is."""

    row: Fulfils
    title: Spoken


@dataclass(frozen=True, slots=True)
class Sum:
    """Money of a year or a source, or of all: what was planned, given and used."""

    planned: Decimal = Decimal(0)
    allocated: Decimal | None = None
    spent: Decimal = Decimal(0)


def total(rows: Iterable[Money]) -> Sum:
    """What the rows come to; nothing is allocated where none of them says so."""
    rows = list(rows)
    given = [row.allocated for row in rows if row.allocated is not None]
    return Sum(
        sum((row.planned for row in rows), Decimal(0)),
        sum(given, Decimal(0)) if given else None,
        sum((row.spent for row in rows), Decimal(0)),
    )


@dataclass(frozen=True, slots=True)
class Measured:
    """An indicator with its path: where it began, where it shall be, where it was."""

    indicator: Indicator
    targets: dict[int, Decimal]
    actuals: dict[int, Actual]

    @property
    def years(self) -> list[int]:
        base = {self.indicator.baseline_year} - {None}
        return sorted({*self.targets, *self.actuals, *base})  # type: ignore[arg-type]

    @property
    def rows(self) -> list[tuple[int, Decimal | None, Decimal | None, str]]:
        """Year, target, what it was, and where that is known from."""
        told = []
        for year in self.years:
            actual, source = self.actuals.get(year), ""
            value = actual.value if actual else None
            if actual:
                source = actual.source
            elif year == self.indicator.baseline_year:
                value = self.indicator.baseline
            told.append((year, self.targets.get(year), value, source))
        return told


@dataclass(frozen=True, slots=True)
class Told:
    """A report as it is read: the body that wrote it, its evidence, the parts gathered into it."""

    report: Report
    evidence: tuple[Evidence, ...]
    parts: tuple["Told", ...] = ()

    @property
    def handed_on(self) -> date | None:
        return localtime(self.report.handed_at).date() if self.report.handed_at else None

    @property
    def photographs(self) -> list[Evidence]:
        return [one for one in self.evidence if one.photo]

    @property
    def papers(self) -> list[Evidence]:
        return [one for one in self.evidence if not one.photo]


@dataclass(frozen=True)
class Page:
    """A commitment as it is read; whatever a template asks of it is there already."""

    commitment: Commitment
    executors: Sequence[Executor]
    stages: Sequence[Stage]
    money: Sequence[Money]
    promises: Sequence[Promise]
    indicators: Sequence[Measured]
    marks: Sequence[Mark]
    extensions: Sequence[Extension]
    reports: Sequence[Told]
    events: Sequence[Event]
    children: Sequence[Commitment]
    before: Commitment | None
    after: Commitment | None
    language: str = field(default="kk")

    @cached_property
    def lead(self) -> Body:
        return self.commitment.lead

    @property
    def answers(self) -> str:
        """The post that answers for the lead, in the page's language."""
        return gettext(answers(self.lead.nature).key)

    @cached_property
    def others(self) -> list[Executor]:
        return [one for one in self.executors if one.part == Part.CO and one.until is None]

    @cached_property
    def former(self) -> list[Executor]:
        return [one for one in self.executors if one.until is not None]

    @cached_property
    def terms(self) -> list[Stage]:
        return [one for one in self.stages if one.kind == StageKind.TERM]

    @cached_property
    def milestones(self) -> list[Stage]:
        return [one for one in self.stages if one.kind == StageKind.MILESTONE]

    @cached_property
    def judgement(self) -> Mark | None:
        """The last that a person judged, beside what is computed."""
        judged = [mark for mark in self.marks if mark.kind == MarkKind.JUDGED]
        return judged[-1] if judged else None

    @cached_property
    def judged(self) -> Status | None:
        return Status(self.judgement.status) if self.judgement else None

    @cached_property
    def judged_on(self) -> date | None:
        return localtime(self.judgement.at).date() if self.judgement else None

    @cached_property
    def years(self) -> list[tuple[int, list[Money], Sum]]:
        """Money by year, each with what it comes to."""
        by: defaultdict[int, list[Money]] = defaultdict(list)
        for row in self.money:
            by[row.year].append(row)
        return [(year, rows, total(rows)) for year, rows in sorted(by.items())]

    @cached_property
    def sums(self) -> Sum:
        return total(self.money)

    @cached_property
    def asked(self) -> list[Extension]:
        """Requests for a later term that wait for an answer."""
        return [one for one in self.extensions if one.state == ExtensionState.ASKED]


def seen() -> QuerySet[Commitment]:
    """Commitments that everybody may read: those of a plan that was approved."""
    return Commitment.objects.filter(SEEN)


def one(pk: int, of: QuerySet[Commitment]) -> Commitment | None:
    return (
        of.filter(pk=pk)
        .select_related(
            "plan",
            "edition",
            "unit",
            "parent__body",
            "parent__plan",
            "after__plan",
            "point__decision",
            *(f"{body}__{path}" for body in ("body", "lead") for path in WHOLE),
        )
        .first()
    )


def page(found: Commitment, language: str, *, everything: bool = False) -> Page:
    """All of a commitment; sixteen queries. `everything`: also what is not public."""
    marks = marked(found)
    sendings = handed(found)
    extensions = list(
        Extension.objects.filter(stage__commitment=found)
        .select_related("stage", *(f"body__{path}" for path in WHOLE))
        .order_by("asked_at", "pk")
    )
    executors = list(
        Executor.objects.filter(commitment=found)
        .select_related(*(f"body__{path}" for path in WHOLE))
        .order_by("part", "position", "pk")
    )
    before, after = neighbours(found)
    return Page(
        commitment=found,
        executors=sorted(executors, key=lambda one: (one.part != Part.LEAD, one.position, one.pk)),
        stages=list(Stage.objects.filter(commitment=found, dropped=False).order_by("due_on", "pk")),
        money=list(Money.objects.filter(commitment=found).order_by("year", "source")),
        promises=promised(found, language),
        indicators=measured(found),
        marks=marks,
        extensions=extensions,
        reports=told(found, everything=everything),
        events=events(found, marks, sendings, extensions),
        children=list(
            Commitment.objects.filter(SEEN, parent=found)
            .select_related("body", "unit", "lead")
            .order_by(f"body__order_{language}", "pk")
        ),
        before=before,
        after=after,
        language=language,
    )


def marked(found: Commitment) -> list[Mark]:
    return list(
        Mark.objects.filter(commitment=found)
        .select_related("body", "from_body", "to_body", "stage")
        .order_by("at", "pk")
    )


def handed(found: Commitment) -> list[Sending]:
    """What was handed in, whenever and by whichever body; without its contents."""
    return list(
        Sending.objects.filter(report__commitment=found)
        .select_related("report__body", "report__stage")
        .defer("content")
        .order_by("at", "pk")
    )


def promised(found: Commitment, language: str) -> list[Promise]:
    """The provisions that it fulfils, with their titles or else their words; two queries."""
    rows = list(
        Fulfils.objects.filter(commitment=found)
        .select_related("provision__version__charter")
        .order_by("provision__position", "pk")
    )
    said: defaultdict[int, dict[str, str]] = defaultdict(dict)
    for wording in Wording.objects.filter(provision__in=[row.provision_id for row in rows]):
        said[wording.provision_id][wording.language] = wording.title or wording.text
    return [Promise(row, spoken(said[row.provision_id], language)) for row in rows]


def measured(found: Commitment) -> list[Measured]:
    """Its indicators; of a year that was stated twice the last counts; three queries."""
    rows = list(Indicator.objects.filter(commitment=found).order_by("position", "pk"))
    targets: defaultdict[int, dict[int, Decimal]] = defaultdict(dict)
    actuals: defaultdict[int, dict[int, Actual]] = defaultdict(dict)
    mine = [row.pk for row in rows]
    for target in Target.objects.filter(indicator__in=mine).order_by("year"):
        targets[target.indicator_id][target.year] = target.value
    for actual in Actual.objects.filter(indicator__in=mine).order_by("year", "on", "pk"):
        actuals[actual.indicator_id][actual.year] = actual
    return [Measured(row, targets[row.pk], actuals[row.pk]) for row in rows]


def open_evidence() -> QuerySet[Evidence]:
    """Evidence that everybody may see: of an accepted report, marked as public.

    A photograph only with consent: the database holds to that as well.
    """
    return Evidence.objects.filter(
        Q(photo=False) | Q(consent=True),
        public=True,
        report__state=ReportState.ACCEPTED,
        report__commitment__plan__state__in=[PlanState.IN_FORCE, PlanState.CLOSED],
    )


def told(found: Commitment, *, everything: bool) -> list[Told]:
    """Its reports, newest first, each with the parts gathered into it; two queries.

    In public only what was accepted; else all that was handed in.
    """
    reports = Report.objects.filter(commitment=found)
    evidence = Evidence.objects.all()
    if everything:
        reports = reports.exclude(state=ReportState.DRAFT)
    else:
        reports = reports.filter(state=ReportState.ACCEPTED)
        evidence = open_evidence()
    shown = evidence.select_related("file").defer("file__content").order_by("pk")
    rows = list(
        reports.select_related("body", "stage")
        .prefetch_related(Prefetch("evidence", shown))
        .order_by("-stage__due_on", "-handed_at", "-pk")
    )
    parts: defaultdict[int | None, list[Told]] = defaultdict(list)
    for row in rows:
        if row.into_id:
            parts[row.into_id].append(Told(row, tuple(row.evidence.all())))
    return [
        Told(row, tuple(row.evidence.all()), tuple(parts[row.pk]))
        for row in rows
        if row.into_id is None
    ]


def neighbours(found: Commitment) -> tuple[Commitment | None, Commitment | None]:
    """The rows before and after it in its plan; one query each."""
    rows = Commitment.objects.filter(plan=found.plan_id).exclude(pk=found.pk)
    earlier = Q(position__lt=found.position) | Q(position=found.position, pk__lt=found.pk)
    before = rows.filter(earlier).order_by("-position", "-pk").first()
    return before, rows.exclude(earlier).order_by("position", "pk").first()
