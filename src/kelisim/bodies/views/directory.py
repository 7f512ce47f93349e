"""The register of associations for everybody: a directory, a booklet, a card for other sites."""

from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.csp import CSP
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csp import csp_override

from kelisim.bodies.exports.booklet import pdf
from kelisim.bodies.forms.public import Filters, Places
from kelisim.bodies.models import Association
from kelisim.bodies.queries import directory as queries
from kelisim.bodies.queries import pages
from kelisim.bodies.queries.counts import counts as count
from kelisim.bodies.queries.counts import page as page_of
from kelisim.bodies.queries.counts import sift
from kelisim.bodies.queries.record import facts_of
from kelisim.bodies.rules.booklet import may_print
from kelisim.bodies.tables import Entry, counted_map, entry, listed, places
from kelisim.bodies.views.public import tongue
from kelisim.ledger.queries import checkpoint
from kelisim.pages.sentences import sentence
from kelisim.refusals import Refusal
from kelisim.territory.queries import districts, regions
from kelisim.territory.tables import Shown
from kelisim.territory.tables import shown as shown_units

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kelisim.territory.models import Unit

KEPT_FOR = 3600
FRAMED: dict[str, list[str]] = {
    "default-src": [CSP.NONE],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.NONE],
    "frame-ancestors": ["*"],
}


class Search:
    """What a visitor asked of the register, with all that its form needs; five queries."""

    def __init__(self, request: HttpRequest, on: date) -> None:
        self.on, self.language = on, tongue()
        found = regions(on)
        chosen = [unit for unit in found if unit.kato == request.GET.get("region")]
        parts: Sequence[Unit] = districts(chosen[0]) if chosen else ()
        together = shown_units([*found, *parts], on, self.language)
        self.regions: list[Shown] = together[: len(found)]
        self.known = queries.known_tags()
        self.form = Filters(
            request.GET,
            known=self.known,
            places=Places(
                {row.unit.kato: row.called.full.text for row in self.regions},
                {row.unit.kato: row.called.full.text for row in together[len(found) :]},
            ),
        )
        self.asked = self.form.asked()
        self.passes = queries.conditions(self.asked, on)
        self.status = 200 if self.form.is_valid() else 400

    def query(self, **more: str) -> str:
        """The same question as part of an address, with something changed."""
        said = {
            name: value
            for name in self.form.fields
            if (value := self.form.data.get(name)) and name not in self.form.errors
        }
        kept = {name: value for name, value in (said | more).items() if value}
        return f"?{urlencode(kept)}" if kept else "?"


def directory(request: HttpRequest) -> HttpResponse:
    """Find associations: filters with their counts, a map, a page of rows."""
    search = Search(request, timezone.localdate())
    sifted = sift(search.asked, search.passes, search.on)
    counts = count(sifted, search.known)
    after = request.GET.get("after", "")
    page = page_of(sifted, search.on, search.language, after=after)
    search.form.tell(counts)
    context: dict[str, Any] = {
        "section": "associations",
        "form": search.form,
        "counts": counts,
        "rows": listed(page.rows, search.known, search.on, search.language),
        "following": search.query(after=page.next) if page.next else "",
        "beginning": search.query() if after else "",
        "query": "" if search.query() == "?" else search.query(),
        "filtered": search.asked != queries.Asked(),
        "hint": queries.perhaps(search.asked.words) if not counts.total else "",
        "map": counted_map(
            search.regions,
            counts.regions,
            lambda kato: search.query(region=kato, district=""),
            _("Associations by region"),
        ),
        "refused": booklet_refusal(search, counts.total),
    }
    return render(request, "bodies/directory.html", context, status=search.status)


def booklet_refusal(search: Search, number: int) -> Refusal | None:
    return may_print(number, of_one_region=bool(search.asked.region))


def booklet_context(search: Search) -> dict[str, Any]:
    """What the booklet says, or why there is none."""
    found = queries.matching(search.passes, search.on)
    number = found.count()
    refusal = booklet_refusal(search, number)
    return {
        "section": "associations",
        "on": search.on,
        "tongue": search.language,
        "number": number,
        "refusal": refusal,
        "query": "" if search.query() == "?" else search.query(),
        "entries": [] if refusal else entries(search, found),
        "chosen": [
            f"{field.label}: {dict(field.field.choices).get(field.value(), field.value())}"
            for field in search.form
            if field.value() and hasattr(field.field, "choices")
        ],
    }


def entries(search: Search, found: Any) -> list[Entry]:
    """Whole records in the language's order; eight queries."""
    order = f"body__order_{search.language}"
    associations = list(
        Association.objects.filter(pk__in=found.order_by().values("pk"))
        .select_related("body__unit__parent", "body__parent", "body__kind")
        .order_by(order, "pk")
    )
    facts = facts_of(associations, search.on)
    there = places((one.body.unit for one in associations), search.on, search.language)
    return [
        entry(one.body, facts[one.pk], there.get(one.body.unit_id or 0), search.known)
        for one in associations
    ]


def booklet(request: HttpRequest) -> HttpResponse:
    """The associations of a region, or up to two hundred, to be printed."""
    search = Search(request, timezone.localdate())
    context = booklet_context(search)
    status = 409 if context["refusal"] else search.status
    return render(request, "bodies/booklet.html", context, status=status)


def booklet_pdf(request: HttpRequest) -> HttpResponse:
    """The same as PDF; kept until the next official act, because setting it takes seconds."""
    search = Search(request, timezone.localdate())
    facts = f"{search.on} {checkpoint().hash} {search.language} {search.asked}"
    key = f"booklet-{sha256(facts.encode()).hexdigest()}"
    made = caches["rendered"].get(key)
    if made is None:
        context = booklet_context(search)
        if context["refusal"]:
            said = sentence(context["refusal"])
            return render(request, "bodies/booklet.html", {**context, "said": said}, status=409)
        made = pdf(context)
        caches["rendered"].set(key, made, KEPT_FOR)
    name = f"associations-{search.on}.{search.language}.pdf"
    return HttpResponse(
        made,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )


def association(request: HttpRequest, slug: str) -> HttpResponse:  # noqa: ARG001
    """Whoever shortens the card's address is led to the association's page."""
    there = pages.body(slug)
    if there is None or not there.kind.registered:
        raise Http404(slug)
    return redirect("bodies:body", pages.remaining(there).slug, permanent=True)


@xframe_options_exempt
@csp_override(FRAMED)
def card(request: HttpRequest, slug: str) -> HttpResponse:
    """A small page that other sites may show in a frame: no cookie, no script."""
    there = pages.body(slug)
    if there is None:
        raise Http404(slug)
    if there.merged_into_id:
        return redirect("bodies:card", pages.remaining(there).slug, permanent=True)
    on = timezone.localdate()
    record = pages.record(there, on)
    if record is None:
        raise Http404(slug)
    place = places([there.unit], on, tongue()).get(there.unit_id or 0)
    context = {
        "entry": entry(there, record.facts, place, record.known),
        "href": request.build_absolute_uri(reverse("bodies:body", args=[slug])),
    }
    return render(request, "bodies/card.html", context)
