"""The regions on a day, as a map and a table; one of them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kelisim.pages.templatetags.kelisim import day as in_words
from kelisim.territory import forms, queries
from kelisim.territory.maps import Words, outline_map, tile_map
from kelisim.territory.models import Unit
from kelisim.territory.tables import outlined, shown


def map_(request: HttpRequest) -> HttpResponse:
    """The regions that existed on a day."""
    today = timezone.localdate()
    asked = forms.Day(request.GET if "on" in request.GET else {"on": today})
    on = asked.cleaned_data["on"] if asked.is_valid() else today
    rows = shown(queries.regions(on), on, get_language() or "kk")
    words = Words(
        _("Regions as of %(day)s") % {"day": in_words(on)},
        _("Each region is a link; the table below says the same."),
    )
    outlines = outlined(rows)
    context = {
        "section": "territory",
        "form": asked,
        "on": on,
        "rows": rows,
        "tiles": tile_map([row.mark for row in rows], words),
        "outlines": outline_map(outlines, Words(words.title, words.description, "outlines"))
        if outlines
        else "",
        "lineage": queries.lineage(),
    }
    return render(request, "territory/map.html", context, status=200 if asked.is_valid() else 400)


def unit(request: HttpRequest, kato: str) -> HttpResponse:
    """One region or district: its names, days, origin and districts."""
    today = timezone.localdate()
    asked = forms.Day(request.GET if "on" in request.GET else {"on": today})
    on = asked.cleaned_data["on"] if asked.is_valid() else today
    units = list(Unit.objects.filter(kato=kato).select_related("parent"))
    if not units:
        raise Http404
    found = next((one for one in units if one.existed(on)), units[-1])
    language = get_language() or "kk"
    day = on if found.existed(on) else (found.exists_from or on)
    edges = queries.lineage(found)
    kin = [edge.new if edge.old == found else edge.old for edge in edges]
    called = queries.names([kato, *(k.kato for k in kin)], day, language)
    below = queries.districts(found)
    context = {
        "section": "territory",
        "unit": found,
        "on": on,
        "called": called.get(kato),
        "names": queries.history(kato),
        "came_from": [(e, called.get(e.old.kato)) for e in edges if e.new == found],
        "became": [(e, called.get(e.new.kato)) for e in edges if e.old == found],
        "districts": shown(below, on, language),
    }
    return render(request, "territory/unit.html", context)
