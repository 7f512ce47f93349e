"""Two years or two regions side by side, and the charter's timeline."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.http import urlencode

from kelisim.evaluation.forms.sides import Sides
from kelisim.evaluation.queries import coverage as reading
from kelisim.evaluation.queries import sides
from kelisim.evaluation.queries import timeline as telling
from kelisim.evaluation.queries.sides import Pair, Side
from kelisim.evaluation.trees.coverage import Counts
from kelisim.evaluation.views.coverage import first, version
from kelisim.evaluation.views.discipline import tongue
from kelisim.evaluation.words import MARKS, STATES, STEPS, SUMS


def side_by_side(request: HttpRequest, slug: str = "") -> HttpResponse:
    """The same figures of both, then every measure on both; what differs is said in words."""
    of, language, today = version(slug or first()), tongue(), timezone.localdate()
    form = Sides(request.GET, given=reading.choices(today, language))
    form.is_valid()
    questions = [form.asked("one"), form.asked("other")]
    both = [sides.side(of, asked, today, language) for asked in questions if asked]
    context: dict[str, Any] = {
        "section": "promised",
        "version": of,
        "form": form,
        "names": (form.called("one"), form.called("other")),
        "today": today,
    }
    if len(both) == len(questions):
        one, other = both
        context |= {
            "found": True,
            "figures": figures(one, other),
            "money": [(SUMS[name], one.money[name], other.money[name]) for name in sides.SUMS],
            "pairs": [shown(pair, one, other) for pair in sides.pairs(one, other)],
        }
    return TemplateResponse(request, "evaluation/sides.html", context)


def figures(one: Side, other: Side) -> list[tuple[Any, int, int]]:
    words = {**STEPS, "nothing": STATES["nothing"]}
    both = zip(one.figures(), other.figures(), strict=True)
    return [(words[key], mine, theirs) for (key, mine), (_key, theirs) in both]


def shown(pair: Pair, one: Side, other: Side) -> dict[str, Any]:
    return {
        "row": pair.row,
        "differs": pair.differs,
        "cells": [cell(pair.row.eid, pair.one, one), cell(pair.row.eid, pair.other, other)],
    }


def cell(eid: str, counts: Counts, of: Side) -> dict[str, Any]:
    """A measure on one side, and the address of the commitments behind it."""
    return {
        "words": STATES[counts.state.value],
        "mark": MARKS[counts.state.value],
        "planned": counts.planned,
        "done": counts.done,
        "address": urlencode({**of.asked.words, "provision": eid}) if counts.planned else "",
    }


def timeline(request: HttpRequest, slug: str = "") -> HttpResponse:
    """What happened with a charter, year by year."""
    of = version(slug or first())
    context = {
        "section": "promised",
        "version": of,
        "years": telling.timeline(of.charter),
        "today": timezone.localdate(),
    }
    return TemplateResponse(request, "evaluation/timeline.html", context)
