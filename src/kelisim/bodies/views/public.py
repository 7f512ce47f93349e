"""Who the council is: its bodies on any day. The same for everybody."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kelisim.bodies.forms.public import OnDay
from kelisim.bodies.models import Body, Kind
from kelisim.bodies.queries import composition, pages, tree
from kelisim.bodies.tables import counted_map, entry, lodgings, places
from kelisim.pages.languages import spoken
from kelisim.territory.queries import regions
from kelisim.territory.tables import shown as shown_units

LONGEST_NUMBER = 18


def tongue() -> str:
    return (get_language() or "kk")[:2]


def asked_day(request: HttpRequest) -> tuple[OnDay, date]:
    """The form, and the day that it asks for; today where it asks for none."""
    form = OnDay(request.GET, today=timezone.localdate())
    return form, form.day()


def whole(request: HttpRequest) -> HttpResponse:
    """The council and everybody around it, by kind; one kind as a list of its own."""
    form, on = asked_day(request)
    context: dict[str, Any] = {"section": "bodies", "form": form, "on": on}
    context["today"] = form.today
    status = 200 if form.is_valid() else 400
    if key := request.GET.get("kind", ""):
        kind = get_object_or_404(Kind, pk=key)
        rows = tree.of_kind(kind, on, tongue(), after=request.GET.get("after", ""))
        following = ""
        if len(rows) > tree.PAGE:
            asked = {"kind": key, "on": on.isoformat(), "after": rows[tree.PAGE - 1].slug}
            following = f"?{urlencode(asked)}"
        found = rows[: tree.PAGE]
        context |= {
            "kind": kind,
            "rows": [tree.Node(row, name) for row, name in named(found, on)],
            "following": following,
        }
        return render(request, "bodies/kind.html", context, status=status)
    context["whole"] = tree.whole(on, tongue())
    return render(request, "bodies/whole.html", context, status=status)


def named(bodies: list[Body], on: date) -> list[tuple[Body, Any]]:
    names = tree.names_on(bodies, on)
    return [(body, names[body.pk]) for body in bodies]


def found(slug: str) -> Body:
    body = pages.body(slug)
    if body is None:
        raise Http404(slug)
    return body


def body(request: HttpRequest, slug: str) -> HttpResponse:
    """One body on a day; a double leads to what it was merged into."""
    there = found(slug)
    if there.merged_into_id:
        return redirect("bodies:body", pages.remaining(there).slug, permanent=True)
    form, on = asked_day(request)
    page = pages.page(there, on, form.today, tongue())
    place = places([there.unit], on, tongue()).get(there.unit_id or 0)
    context: dict[str, Any] = {
        "section": "associations" if page.record else "bodies",
        "form": form,
        "today": form.today,
        "page": page,
        "body": there,
        "place": place,
        "crumbs": crumbs(there, with_itself=False),
    }
    if page.record:
        context["entry"] = entry(there, page.record.facts, place, page.record.known)
        context["card"] = request.build_absolute_uri(reverse("bodies:card", args=[slug]))
    status = 200 if form.is_valid() else 400
    return render(request, "bodies/body.html", context, status=status)


def crumbs(body: Body, *, with_itself: bool) -> list[tuple[str, str, str]]:
    """From the whole council, or the register, down to a body."""
    if body.kind.registered:
        steps = [(reverse("bodies:directory"), _("Associations"), "")]
    else:
        steps = [(reverse("bodies:whole"), _("Who we are"), "")]
    above = [body.parent] if body.parent else []
    for one in [*above, body] if with_itself else above:
        name = spoken(one.name, tongue())
        own = "" if not name.borrowed else name.language
        steps.append((reverse("bodies:body", args=[one.slug]), name.text, own))
    return steps


def history(request: HttpRequest, slug: str) -> HttpResponse:
    """Everybody who held a post in a body, the newest first."""
    there = found(slug)
    if there.merged_into_id:
        return redirect("bodies:history", pages.remaining(there).slug, permanent=True)
    rows = composition.history(there, timezone.localdate(), before=place_of(request))
    following = ""
    if len(rows) > composition.HISTORY:
        last = rows[composition.HISTORY - 1]
        following = f"?before={last.since.isoformat()}_{last.pk}"
    context = {
        "section": "bodies",
        "body": there,
        "past": rows[: composition.HISTORY],
        "following": following,
        "crumbs": crumbs(there, with_itself=True),
    }
    return render(request, "bodies/history.html", context)


def place_of(request: HttpRequest) -> tuple[date, int] | None:
    """Where the next page of a history begins: `2026-04-01_17`."""
    day, _sign, pk = request.GET.get("before", "").partition("_")
    try:
        since = date.fromisoformat(day)
    except ValueError:
        return None
    return (since, int(pk)) if pk.isdecimal() and len(pk) < LONGEST_NUMBER else None


def houses(request: HttpRequest) -> HttpResponse:
    """Houses of friendship with their rooms, on a map and as a list."""
    on, language = timezone.localdate(), tongue()
    rows = pages.houses(on, language)
    counts: dict[str, int] = {}
    for house in rows:
        kato = pages.region_of(house.body.unit)
        counts[kato] = counts.get(kato, 0) + 1
    region = request.GET.get("region", "")
    here = [house for house in rows if not region or pages.region_of(house.body.unit) == region]
    context = {
        "section": "associations",
        "houses": lodgings(here, on, language),
        "everywhere": not region,
        "map": counted_map(
            shown_units(regions(on), on, language),
            counts,
            lambda kato: f"?{urlencode({'region': kato})}",
            _("Houses of friendship by region"),
        ),
    }
    return render(request, "bodies/houses.html", context)
