"""Results of the charter: for everybody as a page and files, for the office as forms."""

import json
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kelisim.commitments.views.access import PersonRequest, done, with_right
from kelisim.evaluation import rights
from kelisim.evaluation.actions import results as actions
from kelisim.evaluation.exports import results as exporting
from kelisim.evaluation.forms.results import Indicating, Linking, Stating, Withdrawing, filled
from kelisim.evaluation.maps.chain import Box, Words, chain
from kelisim.evaluation.models import Link, ResultIndicator, ResultValue
from kelisim.evaluation.queries import results as reading
from kelisim.evaluation.queries.results import Results
from kelisim.evaluation.views.coverage import first, version
from kelisim.evaluation.views.discipline import tongue
from kelisim.evaluation.words import MARKS, STATES, WAYS


def results(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Every expected result with its indicators, and the chain that leads to it."""
    of = version(slug or first())
    found = reading.results(of, tongue())
    return TemplateResponse(
        request,
        "evaluation/results.html",
        {
            "section": "promised",
            "version": of,
            "found": found,
            "results": [
                (node, [(told, WAYS[told.way.value]) for told in indicators])
                for node, indicators in found.results
            ],
            "steps": [
                (step, STATES[step.below.counts.state], MARKS[step.below.counts.state])
                for step in found.steps
            ],
            "drawing": drawn(found),
        },
    )


def drawn(found: Results) -> SafeString:
    """The joined provisions only: what is not joined is listed."""
    slug = found.version.charter.slug
    joined = {pk for edge in found.edges for pk in (edge.below, edge.above)}
    columns = (found.measures, found.tasks, [node for node, _told in found.results])
    boxes = [
        Box(node.pk, column, f"{node.cite} {node.words.text}".strip(), href(slug, node.eid))
        for column, nodes in enumerate(columns)
        for node in nodes
        if node.pk in joined
    ]
    words = Words(
        _("From measures over tasks to results"),
        _(
            "Unbroken lines are shown by evidence, dashed ones are claimed by the charter, of "
            "dotted ones nothing is known. The table below says the same."
        ),
        (_("Measures"), _("Tasks"), _("Expected results")),
    )
    return chain(boxes, [(edge.below, edge.above, edge.known) for edge in found.edges], words)


def href(slug: str, eid: str) -> str:
    return reverse("portal:provision", args=[slug, eid])


def export(_request: HttpRequest, slug: str, form: str) -> HttpResponse:
    """Indicators and values as CSV, the whole as JSON."""
    found = reading.results(version(slug), "kk")
    if form == "json":
        content: str | bytes = json.dumps(exporting.data(found), ensure_ascii=False)
        return HttpResponse(content, content_type="application/json")
    content = exporting.table(found)
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="results-{slug}.csv"'
    return response


@with_right(rights.KEEP)
def office(request: PersonRequest, slug: str = "") -> HttpResponse:
    """What is kept of a charter's results; from here everything is entered and withdrawn."""
    of = version(slug or first())
    found = reading.results(of, tongue())
    return TemplateResponse(
        request,
        "evaluation/desk/results.html",
        {"section": "desk", "place": "results", "version": of, "found": found},
    )


def answered(
    request: PersonRequest, form: Any, act: Callable[[], object], about: dict[str, Any]
) -> HttpResponse:
    """Do what a form asks for and go back to the list, or show what it lacks."""
    of = about["version"]
    if request.method == "POST" and form.is_valid() and done(request, act, form=form):
        return redirect("evaluation:office-results-of", of.charter.slug)
    return TemplateResponse(
        request,
        "evaluation/desk/result_form.html",
        {"section": "desk", "place": "results", "form": form, **about},
        status=422 if form.errors else 200,
    )


@with_right(rights.KEEP)
def indicator(request: PersonRequest, slug: str, pk: int | None = None) -> HttpResponse:
    """A new indicator, or one that is changed."""
    of = version(slug)
    found = reading.results(of, tongue())
    initial: dict[str, Any] = {}
    if pk is not None:
        hung = {
            told.indicator.pk: (node, told.indicator)
            for node, indicators in found.results
            for told in indicators
        }
        if pk not in hung:
            raise Http404(pk)
        node, there = hung[pk]
        initial = filled(there, node.pk)
    form = Indicating(request.POST or None, initial=initial, found=found)

    def act() -> None:
        actions.keep_indicator(
            form.cleaned_data["provision"],
            form.measure,
            indicator_id=pk,
            by=request.user,
            at=timezone.now(),
        )

    return answered(request, form, act, {"version": of, "title": _("An indicator of a result")})


@with_right(rights.KEEP)
def value(request: PersonRequest, pk: int) -> HttpResponse:
    """A value of an indicator."""
    there = get_object_or_404(
        ResultIndicator.objects.select_related("provision__version__charter"), pk=pk
    )
    form = Stating(request.POST or None, initial={"on": timezone.localdate()})

    def act() -> None:
        actions.state(pk, form.statement, by=request.user, at=timezone.now())

    about = {"version": version(there.provision.version.charter.slug), "indicator": there}
    return answered(request, form, act, about | {"title": _("A value of an indicator")})


@with_right(rights.KEEP)
def link(request: PersonRequest, slug: str) -> HttpResponse:
    """That one provision serves another; entered again it changes what is known."""
    of = version(slug)
    form = Linking(request.POST or None, found=reading.results(of, tongue()))

    def act() -> None:
        given = form.cleaned_data
        actions.link(
            given["below"], given["above"], form.knowledge, by=request.user, at=timezone.now()
        )

    return answered(request, form, act, {"version": of, "title": _("A link of the chain")})


@with_right(rights.KEEP)
def withdraw(request: PersonRequest, what: str, pk: int) -> HttpResponse:
    """Take back an indicator, a value or a link, for a reason that the ledger keeps."""
    provision = {"indicator": "provision", "value": "indicator__provision", "link": "below"}[what]
    model = {"indicator": ResultIndicator, "value": ResultValue, "link": Link}[what]
    rows = model.objects.select_related(f"{provision}__version__charter")  # type: ignore[attr-defined]
    there = get_object_or_404(rows, pk=pk)
    of = there
    for step in provision.split("__"):
        of = getattr(of, step)
    form = Withdrawing(request.POST or None)

    def act() -> None:
        because, by, at = form.cleaned_data["because"], request.user, timezone.now()
        if what == "indicator":
            actions.drop_indicator(pk, because=because, by=by, at=at)
        elif what == "value":
            actions.withdraw(pk, because=because, by=by, at=at)
        else:
            actions.unlink(pk, because=because, by=by, at=at)

    about = {"version": version(of.version.charter.slug), "title": _("Withdraw")}
    return answered(request, form, act, about)
