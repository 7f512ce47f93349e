"""Executive discipline by quarter, and the rows behind every figure."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language

from kelisim.bodies.models import Body
from kelisim.evaluation.exports import discipline as exporting
from kelisim.evaluation.queries import discipline as reading
from kelisim.evaluation.queries import rows
from kelisim.evaluation.queries.discipline import FIGURES
from kelisim.evaluation.queries.rows import Period, Wanted
from kelisim.evaluation.trees.quarters import Quarter, holding, read
from kelisim.evaluation.words import COMPONENTS, MEANINGS
from kelisim.evaluation.words import FIGURES as CALLED

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
YEARS = (1901, 2199)


def tongue() -> str:
    return (get_language() or "kk")[:2]


@dataclass(frozen=True, slots=True)
class Heading:
    """A figure's column."""

    key: str
    words: str


def asked(request: HttpRequest) -> tuple[Quarter, str]:
    """The quarter and the kind of body of an address; this quarter, and all of them."""
    text = request.GET.get("quarter", "")
    quarter = read(text) if text else holding(timezone.localdate())
    if quarter is None:
        raise Http404(text)
    return quarter, request.GET.get("kind", "")


def discipline(request: HttpRequest) -> HttpResponse:
    """On control, due, done in time, late, not done, extended, returned; body by body."""
    quarter, kind = asked(request)
    span = reading.span()
    first, last = span or (quarter, quarter)
    return TemplateResponse(
        request,
        "evaluation/discipline.html",
        {
            "section": "evaluation",
            "found": reading.discipline(quarter, timezone.localdate(), tongue(), kind),
            "quarter": quarter,
            "kind": kind,
            "kinds": reading.kinds(),
            "before": quarter.before if quarter > first else None,
            "after": quarter.after if quarter < last else None,
            "quarters": listed(min(first, quarter), max(last, quarter)),
            "columns": [Heading(key, CALLED[key]) for key in FIGURES],
            "query": urlencode({"quarter": str(quarter), **({"kind": kind} if kind else {})}),
            "today": timezone.localdate(),
        },
    )


def listed(first: Quarter, last: Quarter) -> list[Quarter]:
    """Every quarter from the first to the last, the newest first."""
    found = [last]
    while found[-1] > first:
        found.append(found[-1].before)
    return found


def export(request: HttpRequest, form: str) -> HttpResponse:
    """The same table as a file."""
    quarter, kind = asked(request)
    found = reading.discipline(quarter, timezone.localdate(), tongue(), kind)
    return HttpResponse(
        exporting.write(found, form),
        content_type=KINDS[form],
        headers={"Content-Disposition": f'attachment; filename="discipline-{quarter}.{form}"'},
    )


def figures(request: HttpRequest) -> HttpResponse:
    """What stands behind one figure of discipline or of effectiveness."""
    wanted = of_address(request.GET)
    number = request.GET.get("page", "1")
    page = rows.page(wanted, timezone.localdate(), int(number) if number.isdecimal() else 1)
    query = request.GET.copy()

    def turned(to: int) -> str:
        query["page"] = str(to)
        return f"?{query.urlencode()}"

    return TemplateResponse(
        request,
        "evaluation/figures.html",
        {
            "section": "evaluation",
            "wanted": wanted,
            "page": page,
            "title": CALLED.get(wanted.figure) or COMPONENTS[wanted.figure],
            "meaning": MEANINGS.get(wanted.figure, ""),
            "compared": wanted.figure in COMPONENTS,
            "before": turned(page.number - 1) if page.number > 1 else "",
            "after": turned(page.number + 1) if page.more else "",
        },
    )


def of_address(given: Mapping[str, str]) -> Wanted:
    """Which figure an address asks for; 404 where there is no such figure, period or body."""
    figure, year = given.get("figure", ""), given.get("year", "")
    slug, kind = given.get("body", ""), given.get("kind", "")
    body = get_object_or_404(Body.objects.select_related("kind"), slug=slug) if slug else None
    if figure in COMPONENTS and year.isdecimal() and YEARS[0] <= int(year) <= YEARS[1]:
        return Wanted(figure, Period(int(year)), body, kind)
    quarter = read(given.get("quarter", ""))
    if figure not in FIGURES or quarter is None:
        raise Http404(figure)
    return Wanted(figure, Period(quarter.year, quarter), body, kind)
