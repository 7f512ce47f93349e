"""Reports for a period as everybody reads them, and as files."""

from typing import Any

from django.core.cache import cache
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from kelisim.evaluation.exports import periods as exporting
from kelisim.evaluation.exports.periods.word import TYPE
from kelisim.evaluation.models import PeriodReport
from kelisim.evaluation.queries import periods as reading
from kelisim.evaluation.states import PeriodState
from kelisim.evaluation.views.discipline import tongue

PAGE = 40
WEEK = 7 * 24 * 3600
KINDS = {"docx": TYPE, "pdf": "application/pdf", "json": "application/json"}


def periods(request: HttpRequest) -> HttpResponse:
    """Published reports, newest period first; of one body where the address says so."""
    found = reading.published()
    if slug := request.GET.get("body", ""):
        found = found.filter(body__slug=slug)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    rows = [(one, reading.titled(one)) for one in page.object_list]
    return TemplateResponse(
        request,
        "evaluation/periods.html",
        {"section": "evaluation", "page": page, "rows": rows, "filtered": bool(slug)},
    )


def public(pk: int) -> PeriodReport:
    """A report that everybody may read. Raises Http404 for any other."""
    found = reading.one(pk)
    if found is None or found.state != PeriodState.PUBLISHED:
        raise Http404(pk)
    return found


def about(of: PeriodReport) -> dict[str, Any]:
    """What a file says of the report beside its content."""
    return {
        "report": of.pk,
        "edition": of.number,
        "published_at": of.published_at.isoformat() if of.published_at else None,
        "sha256": of.digest,
        "made_from": of.made_from,
    }


def period(request: HttpRequest, pk: int) -> HttpResponse:
    """A published report: what was frozen, checked against its digest; three queries."""
    found = public(pk)
    editions = reading.editions(found)
    return TemplateResponse(
        request,
        "evaluation/period.html",
        {
            "section": "evaluation",
            "report": found,
            "found": exporting.shown(found.content),
            "editions": editions,
            "newest": editions[-1],
            "whole": reading.whole(found),
        },
    )


def period_file(_request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The same as Word, PDF or data. Paper is made once and kept: a published report stays."""
    of = public(pk)
    if form == "json":
        content: bytes = exporting.data(of.content, about(of)).encode()
    else:
        key = f"period-{of.digest}-{tongue()}-{form}"
        content = cache.get(key)
        if content is None:
            make = exporting.written if form == "docx" else exporting.printed
            content = make(exporting.shown(of.content, patterned=False), about(of))
            cache.set(key, content, WEEK)
    name = f"report-{of.body.slug}-{of.starts}-{of.ends}-{of.number}.{tongue()}.{form}"
    return HttpResponse(
        content,
        content_type=KINDS[form],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
