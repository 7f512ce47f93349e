"""The calendar of working days, in public and on the desk."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kelisim.bodies.queries.powers import powers
from kelisim.calendar import actions, exports, forms, queries, readers, rights, tables
from kelisim.calendar.rules import FIRST, LAST
from kelisim.calendar.trees import plan
from kelisim.pages.sentences import sentences
from kelisim.people.models import Person
from kelisim.refusals import Refused

LENGTH_OF_YEAR = 4
ENDED_SHOWN = 50


class PersonRequest(HttpRequest):
    user: Person


type View = Callable[[PersonRequest], HttpResponse]


def year_asked(request: HttpRequest) -> int:
    said = request.GET.get("year", "")
    plain = said.isascii() and said.isdecimal() and len(said) == LENGTH_OF_YEAR
    year = int(said) if plain else 0
    return year if FIRST <= year <= LAST else timezone.localdate().year


@require_safe
def year(request: HttpRequest) -> HttpResponse:
    """A year: working days, holidays, days that acts moved."""
    number, first = year_asked(request), queries.first_weekday()
    known = queries.calendar(date(number, 6, 30), years=1)
    context = {
        "section": "calendar",
        "number": number,
        "earlier": number - 1 if number > FIRST else None,
        "later": number + 1 if number < LAST else None,
        "week": tables.week(first),
        "shown": tables.shown(known, number, first_weekday=first),
        "acts": {day: change.act for day, change in known.changes.items()},
        "today": timezone.localdate(),
    }
    return TemplateResponse(request, "calendar/year.html", context)


@require_safe
def table(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Every day that an act moved, as CSV."""
    return HttpResponse(
        exports.write(queries.change(row) for row in queries.standing()),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="moved-days.csv"'},
    )


def keepers_only(view: View) -> Any:
    """For those who keep the calendar; nobody else learns what is on the page."""

    @wraps(view)
    @never_cache
    @login_required
    def guarded(request: PersonRequest) -> HttpResponse:
        if not powers(request.user, timezone.localdate()).may(rights.KEEP):
            raise PermissionDenied
        return view(request)

    return guarded


def desk(request: PersonRequest, **context: object) -> HttpResponse:
    """The keeper's page, with what an act on it has to say."""
    here = {
        "section": "desk",
        "place": "calendar",
        "form": forms.Moved(),
        "upload": forms.Table(),
        "rows": queries.standing().order_by("-day"),
        "ended": queries.ended().select_related("entered_by", "ended_by")[:ENDED_SHOWN],
    }
    return TemplateResponse(request, "calendar/keep.html", here | context)


@keepers_only
def keep(request: PersonRequest) -> HttpResponse:
    """Enter a day; the days that are entered."""
    form = forms.Moved(request.POST or None)
    if form.is_valid():
        try:
            actions.change_day(form.change(), by=request.user, at=timezone.now())
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Saved."))
            return redirect("calendar:keep")
    return desk(request, form=form)


@keepers_only
@require_POST
def look(request: PersonRequest) -> HttpResponse:
    """A table is read and compared with what stands; nothing is saved."""
    upload = forms.Table(request.POST, request.FILES)
    if not upload.is_valid():
        return desk(request, upload=upload)
    try:
        changes = readers.read(upload.cleaned_data["file"].read())
    except Refused as refused:
        return desk(request, upload=upload, faults=tables.faults(refused))
    known = {row.day: queries.change(row) for row in queries.standing()}
    context = {
        "section": "desk",
        "place": "calendar",
        "plan": plan(changes, known),
        "known": known,
        "table": exports.write(changes).decode("utf-8-sig"),
    }
    return TemplateResponse(request, "calendar/look.html", context)


@keepers_only
@require_POST
def bring_in(request: PersonRequest) -> HttpResponse:
    """A table that was looked at is entered, all or nothing."""
    try:
        changes = readers.read(request.POST.get("table", "").encode())
        count = len(actions.bring_in(changes, by=request.user, at=timezone.now()).different)
    except Refused as refused:
        return desk(request, faults=tables.faults(refused))
    said = ngettext("%(n)s day changed.", "%(n)s days changed.", count) % {"n": count}
    messages.success(request, said)
    return redirect("calendar:keep")


@keepers_only
@require_POST
def withdraw(request: PersonRequest) -> HttpResponse:
    """Take a change back."""
    day = readers.read_date(request.POST.get("day", ""))
    try:
        actions.withdraw_change(day or date.min, by=request.user, at=timezone.now())
    except Refused as refused:
        for words in sentences(refused):
            messages.error(request, words)
    else:
        messages.success(request, _("Taken back."))
    return redirect("calendar:keep")
