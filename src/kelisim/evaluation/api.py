"""What came of the charter for programs: coverage, discipline, published reports, open data."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop
from ninja import Field, Query, Router, Schema
from ninja.errors import HttpError

from kelisim.evaluation.models import PeriodReport
from kelisim.evaluation.queries import coverage as covering
from kelisim.evaluation.queries import discipline as disciplined
from kelisim.evaluation.queries import periods
from kelisim.evaluation.queries.coverage import By, Coverage
from kelisim.evaluation.queries.discipline import Row
from kelisim.evaluation.queries.opendata import datasets, licence
from kelisim.evaluation.states import PeriodKind, PeriodState
from kelisim.evaluation.trees.coverage import NAMES, Counts, State, astuple
from kelisim.evaluation.trees.quarters import holding, read
from kelisim.pages.api import MOST, Problem, page

router = Router()
BIG = 2**63 - 1
NOT_FOUND = gettext_noop("There is no such thing here, or it is not published.")
FORMS = ("csv", "json", "xlsx")


class CoverageAsked(Schema):
    """By which columns; of a year, a region (its key; 0 for the whole country) or a body (key)."""

    by: By = By.STEPS
    year: int | None = Field(None, ge=1900, le=2200)
    region: int | None = Field(None, ge=0, le=BIG)
    body: int | None = Field(None, ge=1, le=BIG)


class CoverageCounts(Schema):
    """Commitments behind a cell, and how many of them came how far."""

    planned: int
    funded: int
    under_way: int
    evidenced: int
    measured: int
    done: int
    overdue: int
    at_risk: int


class CoverageCell(Schema):
    """`column` is a year, a region's or a body's key; null where columns are the steps."""

    column: int | None
    state: State
    counts: CoverageCounts


class CoverageRow(Schema):
    """A measure: its `eId`, its citation, how it stands in all, and cell by cell."""

    provision: str
    cite: str
    state: State
    counts: CoverageCounts
    cells: list[CoverageCell]


class CoverageOut(Schema):
    """A charter's measures by the version that is in force."""

    charter: str
    version: int
    by: By
    measures: list[CoverageRow]


class DisciplineAsked(Schema):
    """A quarter, `2026-4`; this one where none is named. `kind`: the key of a kind of body."""

    quarter: str = Field("", max_length=6)
    kind: str = Field("", max_length=60)


class DisciplineRow(Schema):
    """A body's figures of a quarter; `body` is null for all of them together."""

    body: str | None
    figures: dict[str, int]
    in_time: float | None


class DisciplineOut(Schema):
    quarter: str
    rows: list[DisciplineRow]
    total: DisciplineRow


class ReportsAsked(Schema):
    """Of a body (its slug), after a key."""

    body: str = Field("", max_length=120)
    after: int = Field(0, ge=0, le=BIG)
    limit: int = Field(50, ge=1, le=MOST)


class PeriodReportRow(Schema):
    """A published report; `sha256` is that of its content."""

    key: int
    body: str
    title: dict[str, str]
    kind: PeriodKind
    starts: date
    ends: date
    edition: int
    corrects: int | None
    because: str
    published_at: datetime
    sha256: str


class PeriodReports(Schema):
    items: list[PeriodReportRow]
    next: str | None


class PeriodReportOut(PeriodReportRow):
    content: dict[str, Any]


class DatasetRow(Schema):
    """An open dataset and where its files are."""

    key: str
    files: dict[str, str]
    columns: list[str]


class DatasetsOut(Schema):
    licence: str
    package: str
    items: list[DatasetRow]


@router.get(
    "/coverage/{slug}",
    response={200: CoverageOut, 404: Problem},
    summary=gettext_noop("How far each measure of a charter has come"),
)
def coverage(request: HttpRequest, slug: str, asked: Query[CoverageAsked]) -> dict[str, Any]:
    on = timezone.localdate()
    version = covering.holding(slug, on)
    if version is None:
        raise HttpError(404, NOT_FOUND)
    wanted = covering.Asked(by=asked.by, year=asked.year, unit=asked.region, lead=asked.body)
    found = covering.coverage(version, wanted, on, "kk")
    return {
        "charter": slug,
        "version": version.number,
        "by": asked.by,
        "measures": measures(found),
    }


def measures(found: Coverage) -> list[dict[str, Any]]:
    """Every measure in the charter's order; only cells with something behind them."""
    cells: dict[int, list[dict[str, Any]]] = {}
    for (provision, column), of in found.counts.items():
        cells.setdefault(provision, []).append({"column": column, **standing(of)})
    return [
        {
            "provision": row.eid,
            "cite": row.cite,
            **standing(found.whole[row.pk]),
            "cells": sorted(cells.get(row.pk, []), key=lambda cell: cell["column"] or 0),
        }
        for row in found.measures
    ]


def standing(of: Counts) -> dict[str, Any]:
    return {"state": of.state, "counts": dict(zip(NAMES, astuple(of), strict=True))}


@router.get(
    "/discipline",
    response={200: DisciplineOut, 404: Problem},
    summary=gettext_noop("Executive discipline of a quarter, body by body"),
)
def discipline(request: HttpRequest, asked: Query[DisciplineAsked]) -> dict[str, Any]:
    today = timezone.localdate()
    quarter = read(asked.quarter) if asked.quarter else holding(today)
    if quarter is None:
        raise HttpError(404, NOT_FOUND)
    found = disciplined.discipline(quarter, today, "kk", asked.kind)
    return {
        "quarter": str(quarter),
        "rows": [line(row) for row in found.rows],
        "total": line(found.total),
    }


def line(row: Row) -> dict[str, Any]:
    slug = row.body.slug if row.body else None
    return {"body": slug, "figures": dict(row.figures), "in_time": row.share}


@router.get(
    "/period-reports",
    response=PeriodReports,
    summary=gettext_noop("Published reports for a period, every edition"),
)
def reports(request: HttpRequest, asked: Query[ReportsAsked]) -> dict[str, Any]:
    found = PeriodReport.objects.filter(state=PeriodState.PUBLISHED, pk__gt=asked.after)
    if asked.body:
        found = found.filter(body__slug=asked.body)
    listed = found.select_related("body").defer("content").order_by("pk")
    cut = page(listed[: asked.limit + 1], limit=asked.limit, key=lambda one: one.pk)
    return {"items": [report_row(one) for one in cut["items"]], "next": cut["next"]}


@router.get(
    "/period-reports/{key}",
    response={200: PeriodReportOut, 404: Problem},
    summary=gettext_noop("One published report with its texts and tables"),
)
def report(request: HttpRequest, key: int) -> dict[str, Any]:
    found = periods.one(key) if 0 < key <= BIG else None
    if found is None or found.state != PeriodState.PUBLISHED:
        raise HttpError(404, NOT_FOUND)
    return report_row(found) | {"content": found.content}


def report_row(of: PeriodReport) -> dict[str, Any]:
    return {
        "key": of.pk,
        "body": of.body.slug,
        "title": periods.titled(of),
        "kind": of.kind,
        "starts": of.starts,
        "ends": of.ends,
        "edition": of.number,
        "corrects": of.corrects_id,
        "because": of.because,
        "published_at": of.published_at,
        "sha256": of.digest,
    }


@router.get("/datasets", response=DatasetsOut, summary=gettext_noop("The open datasets"))
def open_datasets(request: HttpRequest) -> dict[str, Any]:
    return {
        "licence": licence(),
        "package": reverse("evaluation:data-package"),
        "items": [
            {
                "key": key,
                "files": {form: reverse("evaluation:dataset", args=[key, form]) for form in FORMS},
                "columns": [column.name for column in one.columns],
            }
            for key, one in datasets().items()
        ],
    }
