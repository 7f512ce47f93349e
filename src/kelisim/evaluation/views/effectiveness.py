"""Effectiveness of bodies: weights that anybody may move, ranks with what is doubtful in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kelisim.bodies.queries.powers import powers
from kelisim.engines.composite import Rule
from kelisim.evaluation import rights
from kelisim.evaluation.actions import effectiveness as actions
from kelisim.evaluation.exports import comparison as exporting
from kelisim.evaluation.forms.effectiveness import Comparison
from kelisim.evaluation.maps.ranks import Bar, Words, ranks
from kelisim.evaluation.models import Run
from kelisim.evaluation.queries import effectiveness as reading
from kelisim.evaluation.queries.effectiveness import Standing
from kelisim.evaluation.trees import comparing
from kelisim.evaluation.trees.comparing import Asked, Inputs, Results
from kelisim.evaluation.trees.formula import Formula, formula, from_json
from kelisim.evaluation.views.discipline import tongue
from kelisim.evaluation.words import COMPONENTS, FACTORS, MEANINGS
from kelisim.meetings.views.access import PersonRequest, with_right
from kelisim.pages.sentences import sentences
from kelisim.pages.templatetags.kelisim import plainly
from kelisim.refusals import Refused

HOUR = 3600


@dataclass(frozen=True, slots=True)
class Part:
    """A component in words, with its goalposts and what it weighs here."""

    key: str
    words: str
    meaning: str
    worst: float
    best: float
    least: int
    share: float


@dataclass(frozen=True, slots=True)
class Compared:
    """What a comparison follows from, and what it came to."""

    inputs: Inputs
    results: Results
    rows: Sequence[Standing]
    asked: Asked


def question(request: HttpRequest, today: date) -> Comparison:
    """The form of the page as the address fills it."""
    return Comparison(
        request.GET,
        groups=reading.groups(),
        years=reading.years(today),
        formula=formula(),
    )


def answer(form: Comparison, today: date) -> Compared:
    """The comparison that a valid form asks for; computed once for the same numbers."""
    bodies = reading.bodies(form.chosen, tongue())
    inputs = reading.inputs(bodies, form.cleaned_data["year"], today)
    said = [formula().edition, form.asked.rule, dict(form.asked.weights), inputs]
    key = f"evaluation.compared.{comparing.digest(said)}"
    results = cache.get(key)
    if results is None:
        results = comparing.compare(inputs, formula(), form.asked, seed=formula().seed)
        cache.set(key, results, HOUR)
    return Compared(inputs, results, reading.standings(results, bodies), form.asked)


def effectiveness(request: HttpRequest) -> HttpResponse:
    """Bodies of one kind in a year: their components, ranks, intervals; the method in words."""
    today = timezone.localdate()
    form = question(request, today)
    found = answer(form, today) if form.given and form.is_valid() else None
    may = request.user.is_authenticated and powers(request.user, today).may(rights.RUN)
    return TemplateResponse(
        request,
        "evaluation/effectiveness.html",
        {
            "section": "evaluation",
            "form": form,
            "empty": not form.given,
            "query": urlencode(form.data),
            "year": form.cleaned_data.get("year") if found else None,
            "runs": reading.newest(),
            "may_keep": may and found,
            "today": today,
            "formula": formula(),
            **(shown(found.results, found.rows, found.asked, formula()) if found else {}),
        },
    )


def shown(
    results: Mapping[str, Any], rows: Sequence[Standing], asked: Asked, of: Formula
) -> dict[str, Any]:
    """What the page and a kept run have in common."""
    total = sum(asked.weights.values())
    ranked = [row for row in rows if row.rank is not None]
    return {
        "results": results,
        "rows": [(row, [(one.key, row.cells[one.key]) for one in of.components]) for row in rows],
        "parts": [
            Part(
                one.key,
                COMPONENTS[one.key],
                MEANINGS[one.key],
                one.worst,
                one.best,
                one.least,
                asked.weights[one.key] / total,
            )
            for one in of.components
        ],
        "rule": asked.rule.value,
        "chart": drawn(ranked),
        "alike": alike(results, rows),
        "pairs": pairs(results, ranked, of.apart),
        "moves": [(FACTORS[name], share) for name, share in moved(results)],
        "ranked": len(ranked),
        "formula": of,
    }


def drawn(ranked: Sequence[Standing]) -> SafeString:
    """The intervals of rank, one line a body."""
    bars = [
        Bar(plainly(row.body.short) or plainly(row.body.name), row.rank, row.low, row.high)
        for row in ranked
        if row.rank is not None and row.low is not None and row.high is not None
    ]
    words = Words(
        _("Ranks with their intervals"),
        _("A dot is the rank, the line the places that remain possible. The table says it."),
    )
    return ranks(bars, words)


def alike(results: Mapping[str, Any], rows: Sequence[Standing]) -> list[list[Standing]]:
    """Groups of bodies that cannot be told apart, as rows."""
    by_slug = {row.body.slug: row for row in rows}
    slugs = [row["body"] for row in results["rows"]]
    found = [[by_slug.get(slugs[place]) for place in group] for group in results["groups"]]
    return [[row for row in group if row] for group in found if len(group) > 1]


def pairs(
    results: Mapping[str, Any], ranked: Sequence[Standing], apart: float
) -> list[tuple[Standing, list[tuple[float | None, bool]]]]:
    """In which share of draws each stood above each other, and whether that tells them apart."""
    places = {row["body"]: place for place, row in enumerate(results["rows"])}
    order = [places[row.body.slug] for row in ranked]
    return [
        (
            row,
            [
                (None, False) if one == other else (share, max(share, 1 - share) >= apart)
                for other in order
                for share in [results["better"][one][other]]
            ],
        )
        for row, one in zip(ranked, order, strict=True)
    ]


def moved(results: Mapping[str, Any]) -> list[tuple[str, Mapping[str, float]]]:
    """Choices by how much of the shift of ranks each takes part in, the most first.

    An estimate below nought is chance, and is shown as nought.
    """
    factors = (results["moves"] or {"factors": {}})["factors"]
    found = [
        (name, {key: max(share, 0.0) for key, share in shares.items()})
        for name, shares in factors.items()
    ]
    return sorted(found, key=lambda pair: -pair[1]["total"])


def export(request: HttpRequest, form: str) -> HttpResponse:
    """The comparison as a table, or as data from which it can be computed again."""
    today = timezone.localdate()
    asked = question(request, today)
    if not asked.given or not asked.is_valid():
        raise Http404(form)
    found = answer(asked, today)
    about = {
        "group": asked.chosen.key,
        "year": asked.cleaned_data["year"],
        "known_on": today.isoformat(),
    }
    if form == "csv":
        content, kind = exporting.separate(found.rows, formula()), "text/csv; charset=utf-8"
    else:
        content, kind = (
            exporting.data(
                found.inputs, found.results, formula(), found.asked, formula().seed, about
            ),
            "application/json",
        )
    name = f"effectiveness-{about['group']}-{about['year']}.{form}"
    return HttpResponse(
        content,
        content_type=kind,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@with_right(rights.RUN)
@require_POST
def keep(request: PersonRequest) -> HttpResponse:
    """Keep the comparison of this address."""
    now = timezone.now()
    form = question(request, timezone.localdate(now))
    if not form.given or not form.is_valid():
        raise Http404
    try:
        run = actions.keep(
            form.chosen,
            form.cleaned_data["year"],
            formula=formula(),
            asked=form.asked,
            by=request.user,
            at=now,
        )
    except Refused as refused:
        for said in sentences(refused):
            messages.error(request, said)
        return redirect(f"{reverse('evaluation:effectiveness')}?{urlencode(form.data)}")
    messages.success(request, _("The comparison is kept with all that it follows from."))
    return redirect("evaluation:run", run.pk)


def run(request: HttpRequest, pk: int) -> HttpResponse:
    """A comparison as it was kept, and whether it comes out the same today."""
    found = get_object_or_404(Run.objects.select_related("kind"), pk=pk)
    rows = reading.standings(found.results, reading.compared(found))
    asked = Asked(found.weights, Rule(found.rule))
    return TemplateResponse(
        request,
        "evaluation/run.html",
        {
            "section": "evaluation",
            "run": found,
            "year": found.year,
            "repeats": reading.repeats(found),
            **shown(found.results, rows, asked, from_json(found.formula)),
        },
    )


def run_data(_request: HttpRequest, pk: int) -> HttpResponse:
    """A kept comparison as data."""
    found = get_object_or_404(Run, pk=pk)
    about = {
        "run": found.pk,
        "group": f"{found.kind_id}.{found.level}",
        "year": found.year,
        "known_on": found.on.isoformat(),
        "inputs_sha256": found.inputs_digest,
        "results_sha256": found.results_digest,
    }
    asked = Asked(found.weights, Rule(found.rule))
    return HttpResponse(
        exporting.data(
            found.inputs, found.results, from_json(found.formula), asked, found.seed, about
        ),
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="effectiveness-run-{pk}.json"'},
    )
