"""The controller's table of everything, its filters kept by name, and the table as a file."""

from datetime import date

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from kelisim.calendar.queries import calendar
from kelisim.calendar.trees import Calendar
from kelisim.commitments import rights
from kelisim.commitments.actions import filters
from kelisim.commitments.exports import listing
from kelisim.commitments.forms.filtering import Filters, Keep
from kelisim.commitments.models import SavedFilter
from kelisim.commitments.queries import table
from kelisim.commitments.queries.table import Row, Scope
from kelisim.commitments.states import Status
from kelisim.commitments.views.access import PersonRequest, signed_in, tongue

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def scoped(request: PersonRequest) -> Scope:
    """Whose commitments they see; nobody without a post that controls, issues or executes."""
    found = table.scope(request.held)
    if not found:
        raise PermissionDenied
    return found


def filtered(request: PersonRequest, of: Scope) -> Filters:
    planning, leading = table.choices(of)
    order = f"order_{tongue()}"
    return Filters(
        request.GET,
        planning=planning.order_by(order).only("slug", "name"),
        leading=leading.order_by(order).only("slug", "name"),
    )


@signed_in
def control(request: PersonRequest) -> HttpResponse:
    """Everything that somebody controls or executes, by filters."""
    of = scoped(request)
    form = filtered(request, of)
    asked = form.asked()
    today = timezone.localdate()
    found = table.rows(asked, of, request.GET.get("after", ""))
    counts = table.counts(asked, of)
    days = calendar(today)
    query = request.GET.copy()
    for name in ("after", "status"):
        query.pop(name, None)
    held = request.held
    return TemplateResponse(
        request,
        "commitments/desk/control.html",
        {
            "section": "desk",
            "place": "control",
            "form": form,
            "asked": asked,
            "rows": [(row, *left(row, today, days)) for row in found.rows],
            "after": found.after,
            "statuses": [(status, status.label, counts[status.value]) for status in Status],
            "total": sum(counts.values()),
            "rest": query.urlencode(),
            "address": request.GET.urlencode(),
            "kept": list(SavedFilter.objects.filter(person=request.user)),
            "keep": Keep(initial={"query": request.GET.urlencode()}),
            "acts": held.may(rights.CONTROL) or held.may(rights.ISSUE),
            "today": today,
        },
    )


def left(row: Row, today: date, days: Calendar) -> tuple[int, int]:
    """Working days until the nearest term, and by how many it is overdue."""
    due = row.commitment.next_on
    count = days.between(today, due) if due else 0
    return max(count, 0), max(-count, 0)


@require_POST
@signed_in
def keep(request: PersonRequest) -> HttpResponse:
    """Keep the filters under a name."""
    form = Keep(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        kept = filters.keep(person=request.user, name=given["name"], query=given["query"])
        return redirect(f"{reverse('commitments:control')}?{kept.query}")
    return redirect("commitments:control")


@require_POST
@signed_in
def forget(request: PersonRequest, pk: int) -> HttpResponse:
    """Forget filters that one kept."""
    filters.forget(pk, person=request.user)
    return redirect("commitments:control")


@signed_in
def export(request: PersonRequest, form: str) -> HttpResponseBase:
    """Everything that the filters show, as XLSX or CSV."""
    of = scoped(request)
    asked = filtered(request, of).asked()
    found = table.ordered(asked, of)
    rows = listing.cells(found, tongue(), settings.ORIGIN)
    name = f"control-{timezone.localdate():%Y-%m-%d}.{form}"
    if form == "csv":
        return StreamingHttpResponse(
            listing.separated(rows),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="control.{form}"'},
        )
    if form != "xlsx":
        raise Http404(form)
    return FileResponse(
        listing.workbook(rows), as_attachment=True, filename=name, content_type=XLSX
    )
