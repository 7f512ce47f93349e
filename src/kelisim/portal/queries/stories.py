"""What happened for a provision, in time: discussed, planned, done, shown."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Min, QuerySet
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext

from kelisim.commitments.models import Commitment
from kelisim.commitments.queries.commitment import open_evidence
from kelisim.commitments.states import Status
from kelisim.meetings.models import Item
from kelisim.meetings.states import ANNOUNCED
from kelisim.pages.templatetags.kelisim import figure

MOST = 12
"""Of each kind of event, the newest."""
ENDS = [Status.DONE, Status.DONE_LATE]


@dataclass(frozen=True, slots=True)
class Told:
    """One event: its day, what it was, its title by language, where it is read."""

    day: date
    words: str
    title: Mapping[str, str]
    href: str


def story(forms: Collection[int], found: QuerySet[Commitment, Any]) -> list[Told]:
    """Everything public that happened for a provision, newest first; four queries.

    `forms`: the provision and every form that it had; `found`: the commitments that fulfil it.
    """
    told = [*discussed(forms), *planned(found), *done(found), *shown(found)]
    return sorted(told, key=lambda one: one.day, reverse=True)


def discussed(forms: Collection[int]) -> Iterator[Told]:
    """Where it stood on an agenda."""
    items = Item.objects.filter(
        provisions__in=forms, meeting__state__in=ANNOUNCED, meeting__convened_at__isnull=False
    )
    for item in items.select_related("meeting").distinct().order_by("-meeting__starts_at")[:MOST]:
        href = reverse("meetings:meeting", args=[item.meeting_id])
        day = localtime(item.meeting.starts_at).date()
        yield Told(day, gettext("on the agenda of a meeting"), item.title, href)


def planned(found: QuerySet[Commitment, Any]) -> Iterator[Told]:
    """The plans that took it up, on the day on which each came into force."""
    plans = (
        found.order_by()
        .values_list("plan__slug", "plan__title")
        .annotate(count=Count("pk", distinct=True), day=Min("plan__editions__in_force_from"))
        .filter(day__isnull=False)
    )
    for slug, title, count, day in plans.order_by("-day", "plan__slug")[:MOST]:
        words = ngettext("%(number)s commitment planned", "%(number)s commitments planned", count)
        href = reverse("commitments:plan", args=[slug])
        yield Told(day, words % {"number": figure(count)}, title, href)


def done(found: QuerySet[Commitment, Any]) -> Iterator[Told]:
    """Commitments that were removed from control as done."""
    ended = found.filter(status__in=ENDS, done_on__isnull=False).order_by("-done_on", "-pk")
    for one in ended[:MOST]:
        href = reverse("commitments:commitment", args=[one.pk])
        yield Told(one.done_on or one.due_on, str(Status(one.status).label), one.title, href)


def shown(found: QuerySet[Commitment, Any]) -> Iterator[Told]:
    """Public evidence of what was done, by the day of which it tells."""
    evidence = open_evidence().filter(report__commitment__in=found.order_by().values("pk"))
    for one in evidence.select_related("report").order_by("-effective_on", "-pk")[:MOST]:
        href = reverse("commitments:commitment", args=[one.report.commitment_id])
        words = gettext("photograph") if one.photo else gettext("evidence")
        yield Told(one.effective_on, words, {one.language: one.title}, href)
