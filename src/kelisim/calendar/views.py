"""The calendar of working days, in public and on the desk."""

from calendar import Calendar as Weeks
from dataclasses import dataclass
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

from kelisim.bodies.queries.powers import powers
from kelisim.calendar import actions, exports, forms, queries, readers, rights
from kelisim.calendar.models import DayChange
from kelisim.calendar.rules import FIRST, LAST
from kelisim.calendar.trees import Calendar, Reason
from kelisim.pages.sentences import sentences
from kelisim.people.models import Person
from kelisim.refusals import Refused

QUARTER = 3


class PersonRequest(HttpRequest):
    user: Person


@dataclass(frozen=True, slots=True)
class Day:
    """One day as the page shows it; outside its month it is None there."""

    day: date
    working: bool
    reason: Reason | None


@dataclass(frozen=True, slots=True)
class Month:
    first: date
    weeks: list[list[Day | None]]
    working: int


def months(calendar: Calendar, year: int) -> list[Month]:
    """The twelve months in weeks that begin on Monday."""
    found = []
    for number in range(1, 13):
        weeks = [
            [
                Day(day, calendar.working(day), calendar.reason(day))
                if day.month == number
                else None
                for day in week
            ]
            for week in Weeks().monthdatescalendar(year, number)
        ]
        working = sum(1 for week in weeks for day in week if day and day.working)
        found.append(Month(date(year, number, 1), weeks, working))
    return found


def year_asked(request: HttpRequest) -> int:
    said = request.GET.get("year", "")
    year = int(said) if said.isascii() and said.isdecimal() and len(said) == 4 else 0  # noqa: PLR2004
    return year if FIRST <= year <= LAST else timezone.localdate().year


def year(request: HttpRequest) -> HttpResponse:
    """A year: working days, holidays, days that acts moved."""
    number = year_asked(request)
    found = months(queries.calendar(date(number, 6, 30), years=1), number)
    return TemplateResponse(
        request,
        "calendar/year.html",
        {
            "section": "calendar",
            "number": number,
            "earlier": number - 1 if number > FIRST else None,
            "later": number + 1 if number < LAST else None,
            "week": [date(2024, 1, n) for n in range(1, 8)],
            "months": found,
            "quarters": [
                sum(month.working for month in found[n : n + QUARTER])
                for n in range(0, 12, QUARTER)
            ],
            "total": sum(month.working for month in found),
            "named": [
                day
                for month in found
                for week in month.weeks
                for day in week
                if day and day.reason and day.reason.name
            ],
            "moved": queries.changed(number),
            "today": timezone.localdate(),
        },
    )


def table(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Every day that an act moved, as CSV."""
    return HttpResponse(
        exports.write(DayChange.objects.filter(country=queries.country())),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="moved-days.csv"'},
    )


def keepers_only(view: Any) -> Any:
    @wraps(view)
    @never_cache
    @login_required
    def guarded(request: PersonRequest) -> HttpResponse:
        if not powers(request.user, timezone.localdate()).may(rights.KEEP):
            raise PermissionDenied
        answer: HttpResponse = view(request)
        return answer

    return guarded


@keepers_only
def keep(request: PersonRequest) -> HttpResponse:
    """Enter a day, bring in a table, take a change back."""
    act = request.POST.get("act", "")
    form = forms.Moved(request.POST if act == "change" else None)
    upload = forms.Table(
        request.POST if act == "table" else None, request.FILES if act == "table" else None
    )
    try:
        said = done(request, act, form, upload)
    except Refused as refused:
        faulty = upload if act == "table" else form
        if act == "withdraw":
            for words in sentences(refused):
                messages.error(request, words)
            return redirect("calendar:keep")
        for words in sentences(refused):
            faulty.add_error(None, words)
    else:
        if said:
            messages.success(request, said)
            return redirect("calendar:keep")
    return TemplateResponse(
        request,
        "calendar/keep.html",
        {
            "section": "desk",
            "place": "calendar",
            "form": form,
            "upload": upload,
            "rows": list(DayChange.objects.filter(country=queries.country()).order_by("-day")),
        },
    )


def done(request: PersonRequest, act: str, form: forms.Moved, upload: forms.Table) -> str:
    """Do what was asked; gives what to say, or nothing when there was nothing to do."""
    at = timezone.now()
    if act == "change" and form.is_valid():
        actions.change_day(form.change(), by=request.user, at=at)
        return _("Saved.")
    if act == "table" and upload.is_valid():
        changes = readers.read(upload.cleaned_data["file"].read())
        count = actions.bring_in(changes, by=request.user, at=at)
        return ngettext("%(n)s day changed.", "%(n)s days changed.", count) % {"n": count}
    if act == "withdraw":
        said = request.POST.get("day", "")
        try:
            actions.withdraw_change(date.fromisoformat(said), by=request.user, at=at)
        except ValueError:
            return ""
        return _("Taken back.")
    return ""
