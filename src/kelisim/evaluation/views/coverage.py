"""Coverage of a charter: the matrix, what stands behind each cell, and the matrix as a file."""

import json
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from kelisim.charter.models import Version
from kelisim.evaluation.exports.coverage import objects, write
from kelisim.evaluation.queries import coverage as reading
from kelisim.evaluation.queries.coverage import Asked, By, Column, Coverage, Row
from kelisim.evaluation.trees.coverage import State, Step
from kelisim.evaluation.views.discipline import KINDS, tongue
from kelisim.evaluation.words import MARKS, STATES, STEPS

A_PAGE = 50


def number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 10 else None  # noqa: PLR2004


def asked(request: HttpRequest) -> Asked:
    """What an address asks for; what cannot be read asks for nothing."""
    by = request.GET.get("by", "")
    return Asked(
        by=By(by) if by in set(By) else By.STEPS,
        year=number(request.GET.get("year")),
        unit=number(request.GET.get("region")),
        lead=number(request.GET.get("body")),
        plan=number(request.GET.get("plan")),
        page=number(request.GET.get("page")) or 1,
    )


def version(slug: str) -> Version:
    found = reading.holding(slug, timezone.localdate())
    if found is None:
        raise Http404(slug)
    return found


def first() -> str:
    """The charter that is shown when none is named: one that commitments fulfil."""
    found = reading.charters(timezone.localdate())
    if not found:
        raise Http404
    return str(found[0].slug)


def coverage(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Every measure against steps, years, regions or bodies."""
    of, wanted, language = version(slug or first()), asked(request), tongue()
    today = timezone.localdate()
    found = reading.coverage(of, wanted, today, language)
    return TemplateResponse(
        request,
        "evaluation/coverage.html",
        {
            "section": "promised",
            "found": found,
            "version": of,
            "asked": wanted,
            "columns": [(column, called(column)) for column in found.columns],
            "parts": [(part, [cells(found, row) for row in part.rows]) for part in found.parts],
            "tally": [(STATES[s], MARKS[s], found.tally.states[s]) for s in State],
            "steps": [(STEPS[s], found.tally.steps[s]) for s in Step],
            "legend": [(STATES[state], MARKS[state]) for state in State],
            "ways": [(by.value, words) for by, words in ways()],
            "choices": reading.choices(today, language),
            "filters": urlencode(wanted.words),
            "today": today,
        },
    )


def ways() -> list[tuple[By, str]]:
    return [
        (By.STEPS, _("by steps")),
        (By.YEARS, _("by years")),
        (By.REGIONS, _("by regions")),
        (By.BODIES, _("by bodies")),
    ]


def called(column: Column) -> str:
    if column.step:
        return str(STEPS[column.step])
    return column.words or _("whole country")


def cells(found: Coverage, row: Row) -> tuple[Row, list[dict[str, Any]]]:
    """A row with what its cells show: how many, how they fare, and what opens them."""
    told = []
    for column in found.columns:
        counts = found.cell(row, column)
        state = counts.share(column.step) if column.step else counts.state
        reached = counts.reached(column.step) if column.step else counts.planned
        told.append(
            {
                "words": f"{called(column)}: {STATES[state]}, {reached}",
                "mark": MARKS[state],
                "count": reached,
                "address": urlencode({**found.asked.words, "provision": row.eid})
                + (f"&{column.query}" if column.query else ""),
            }
        )
    return row, told


def behind(request: HttpRequest, slug: str) -> HttpResponse:
    """The commitments behind a cell, or behind the whole matrix."""
    of, wanted = version(slug), asked(request)
    eid = request.GET.get("provision", "")
    step = request.GET.get("step", "")
    language = tongue()
    row = None
    if eid:
        whole = reading.coverage(of, Asked(), timezone.localdate(), language)
        row = next((one for one in whole.rows if one.eid == eid), None)
        if row is None:
            raise Http404(eid)
    found = reading.commitments(
        of,
        wanted,
        provision=row.pk if row else None,
        step=Step(step) if step in set(Step) else None,
    )
    page = Paginator(found.order_by("-year", "plan", "position", "pk"), A_PAGE)
    return TemplateResponse(
        request,
        "evaluation/coverage_list.html",
        {
            "section": "promised",
            "version": of,
            "row": row,
            "step": STEPS[Step(step)] if step in set(Step) else "",
            "page": page.get_page(request.GET.get("page")),
            "filters": urlencode(wanted.words),
            "today": timezone.localdate(),
        },
    )


def export(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """The matrix as CSV, XLSX or JSON."""
    found = reading.coverage(version(slug), asked(request), timezone.localdate(), tongue())
    names = [called(column) for column in found.columns]
    if form == "json":
        text = json.dumps(objects(found, names), ensure_ascii=False)
        return HttpResponse(text, content_type="application/json")
    response = HttpResponse(write(found, names, form), content_type=KINDS[form])
    response["Content-Disposition"] = f'attachment; filename="coverage-{slug}.{form}"'
    return response
