"""The public calendar of terms, and a body's terms as a feed to subscribe to."""

import re
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kelisim.bodies.models import Body
from kelisim.calendar.exports import Event, feed
from kelisim.calendar.queries import calendar as working_days
from kelisim.commitments.models import Stage
from kelisim.commitments.queries import calendar as reading
from kelisim.commitments.views.access import tongue
from kelisim.pages.languages import spoken

YEARS = range(1990, 2101)
MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")


def month_of(text: str, today: date) -> date:
    """The first day of the month that an address says, of this month where it says none."""
    found = MONTH.fullmatch(text)
    if found and int(found[1]) in YEARS:
        return date(int(found[1]), int(found[2]), 1)
    return today.replace(day=1)


def terms(request: HttpRequest) -> HttpResponse:
    """The terms of a month, day by day, beside the days on which nobody works."""
    today = timezone.localdate()
    first = month_of(request.GET.get("month", ""), today)
    after = first + timedelta(days=monthrange(first.year, first.month)[1])
    body = request.GET.get("body", "")[:120]
    by_day: dict[date, list[Stage]] = {}
    for stage in reading.of_month(first, after, body):
        by_day.setdefault(stage.due_on, []).append(stage)
    days = working_days(first)
    return TemplateResponse(
        request,
        "commitments/terms.html",
        {
            "section": "plans",
            "days": [(day, stages, days.working(day)) for day, stages in sorted(by_day.items())],
            "month": first,
            "before": (first - timedelta(days=1)).strftime("%Y-%m"),
            "after": after.strftime("%Y-%m"),
            "body": Body.objects.filter(slug=body).first() if body else None,
            "working": sum(
                days.working(first + timedelta(days=n)) for n in range((after - first).days)
            ),
            "today": today,
        },
    )


def of_body(_request: HttpRequest, slug: str) -> HttpResponse:
    """What a body still has to report on, as iCalendar."""
    body, language = get_object_or_404(Body, slug=slug), tongue()
    stages = reading.of_body(body, timezone.localdate() - timedelta(days=30))
    called = f"{_('Terms')}: {spoken(body.name, language).text}"
    at = max((changed(stage) for stage in stages), default=datetime(2000, 1, 1, tzinfo=UTC))
    content = feed(called, [event(stage, language) for stage in stages], language=language, at=at)
    return HttpResponse(
        content,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'inline; filename="{slug}-terms.ics"'},
    )


def changed(stage: Stage) -> datetime:
    """When the term came to stand as it does, as far as is known: its edition's approval."""
    return stage.commitment.plan.created_at


def event(stage: Stage, language: str) -> Event:
    one = stage.commitment
    path = reverse("commitments:commitment", args=[one.pk])
    # A term that moved is the same entry on another day.
    moved = (stage.due_on - stage.first_on).days
    return Event(
        uid=f"term-{stage.pk}@kelisim",
        starts_at=stage.due_on,
        ends_at=stage.due_on + timedelta(days=1),
        title=f"№ {one.number}. {spoken(one.title, language).text}",
        place="",
        description=spoken(one.form, language).text,
        address=f"{settings.ORIGIN}{path}",
        changed_at=changed(stage) + timedelta(days=abs(moved)),
        sequence=abs(moved),
        cancelled=False,
        language=language,
    )
