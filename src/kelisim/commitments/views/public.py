"""A commitment as everybody sees it, with its public evidence."""

from collections.abc import Sequence
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kelisim.bodies.queries.powers import powers
from kelisim.commitments import rights
from kelisim.commitments.maps.paths import Words, path
from kelisim.commitments.maps.regions import regional
from kelisim.commitments.models import Evidence
from kelisim.commitments.queries import commitment as reading
from kelisim.commitments.queries.commitment import Measured
from kelisim.commitments.queries.reporting import executing, spoken_for
from kelisim.commitments.readers.photo import small
from kelisim.meetings.views.access import tongue
from kelisim.pages.templatetags.kelisim import figure, plainly
from kelisim.papers.models import File
from kelisim.papers.views import serve

HOUR = 3600


def commitment(request: HttpRequest, pk: int) -> HttpResponse:
    """What was promised, by whom, by when, with what money; what came of it."""
    found = reading.one(pk, reading.seen())
    if found is None:
        raise Http404(pk)
    page = reading.page(found, tongue())
    on = within(found.plan.starts, timezone.localdate(), found.plan.ends)
    return TemplateResponse(
        request,
        "commitments/commitment.html",
        {
            "section": "plans",
            "page": page,
            "commitment": found,
            "today": timezone.localdate(),
            "charts": drawn(page.indicators),
            "tiles": regional(page.children, on, tongue()),
        },
    )


def within(first: date, day: date, last: date) -> date:
    """A day, or the nearest one of a period."""
    return max(first, min(day, last))


def drawn(indicators: Sequence[Measured]) -> list[tuple[Measured, SafeString]]:
    """Each indicator with its path drawn."""
    told = []
    for one in indicators:
        actuals = {year: value for year, _target, value, _source in one.rows if value is not None}
        words = Words(
            plainly(one.indicator.name),
            _("A broken line is what shall be reached, a whole line what was. The table says it."),
            f"path-{one.indicator.pk}",
        )
        named = {value: figure(value.normalize()) for value in actuals.values()}
        told.append((one, path(one.targets, actuals, words, named)))
    return told


def shown(request: HttpRequest, pk: int) -> tuple[Evidence, File, bool]:
    """Evidence that somebody may see, its file, and whether everybody may; else 404.

    What is not public is for its executors, its controllers and whoever issued it.
    """
    row = reading.open_evidence().filter(pk=pk, file__isnull=False).select_related("file").first()
    if row and row.file:
        return row, row.file, True
    row = (
        Evidence.objects.filter(pk=pk, file__isnull=False)
        .select_related(
            "file", "report", *(f"report__commitment__body__{each}" for each in reading.WHOLE)
        )
        .first()
    )
    if row and row.file and request.user.is_authenticated:
        held = powers(request.user, timezone.localdate())
        of = row.report.commitment
        overseen = held.may(rights.CONTROL, of.body) or held.may(rights.ISSUE, of.body)
        if overseen or spoken_for(held, executing(of)):
            return row, row.file, False
    raise Http404(pk)


def kept(response: HttpResponse, *, everybody: bool) -> HttpResponse:
    if everybody:
        patch_cache_control(response, public=True, max_age=HOUR)
    else:
        patch_cache_control(response, private=True, no_store=True)
    return response


def evidence(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A file of evidence, as it was kept."""
    _row, file, everybody = shown(request, pk)
    return kept(serve(file), everybody=everybody)


def photo(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A photograph on a page, small; `?size=whole` as large as it was kept."""
    row, file, everybody = shown(request, pk)
    if not row.photo:
        raise Http404(pk)
    content, kind = bytes(file.content), file.media_type
    if request.GET.get("size") != "whole" or kind != "image/jpeg":
        content, kind = small(content), "image/jpeg"
    response = HttpResponse(
        content,
        content_type=kind,
        headers={"X-Content-Type-Options": "nosniff", "Content-Disposition": "inline"},
    )
    return kept(response, everybody=everybody)
