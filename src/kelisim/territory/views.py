"""The regions on a day, as a map and a table; one of them."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kelisim.pages.templatetags.kelisim import day as in_words
from kelisim.territory import forms, queries
from kelisim.territory.maps import Words, outline_map, tile_map
from kelisim.territory.tables import descent, outlined, shown


def asked_day(request: HttpRequest) -> tuple[forms.Day, date]:
    """The form, and the day that it asks for; today where it asks for none that is known."""
    today = timezone.localdate()
    given = request.GET if "on" in request.GET else {"on": today}
    form = forms.Day(given, begins=queries.begins(), today=today)
    return form, form.cleaned_data["on"] if form.is_valid() else today


def map_(request: HttpRequest) -> HttpResponse:
    """The regions that existed on a day."""
    form, on = asked_day(request)
    language = get_language() or "kk"
    rows = shown(queries.regions(on), on, language)
    words = Words(
        _("Regions as of %(day)s") % {"day": in_words(on)},
        _("Each region is a link; the table below says the same."),
    )
    outlines = outlined(rows)
    context = {
        "section": "territory",
        "form": form,
        "on": on,
        "rows": rows,
        "tiles": tile_map([row.mark for row in rows], words),
        "outlines": outline_map(outlines, Words(words.title, words.description, "outlines"))
        if outlines
        else "",
        "epochs": queries.epochs(),
        "descent": descent(queries.lineage(), language),
    }
    return render(request, "territory/map.html", context, status=200 if form.is_valid() else 400)


def unit(request: HttpRequest, kato: str) -> HttpResponse:
    """One region or district: its names, days, origin and districts."""
    form, on = asked_day(request)
    language = get_language() or "kk"
    lives = queries.lives(kato)
    if not lives:
        raise Http404
    found = next((one for one in lives if one.existed(on)), lives[-1])
    day = queries.within(found, on)
    context = {
        "section": "territory",
        "form": form,
        "unit": found,
        "lives": lives,
        "called": queries.names([kato], day, language)[kato],
        "region": shown([found.parent], day, language) if found.parent else [],
        "names": queries.history(kato),
        "descent": descent(queries.lineage(found), language),
        "districts": shown(queries.districts(found), day, language),
    }
    return render(request, "territory/unit.html", context, status=200 if form.is_valid() else 400)
