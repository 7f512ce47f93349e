"""Public pages of this room alone: what changed between versions, what stands beside a charter."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from kelisim.charter.exports.citations import cited
from kelisim.charter.models import Charter
from kelisim.charter.queries import comparing, corresponding, reading
from kelisim.charter.rules.standing import worth
from kelisim.charter.states import Relation
from kelisim.pages.languages import spoken

ON_A_PAGE = 100


def tongue() -> str:
    return (get_language() or "kk")[:2]


def compare(request: HttpRequest, slug: str, a: int, b: int) -> HttpResponse:
    """What became of each provision from one version to another."""
    if a > b:
        return redirect("charter:compare", slug, b, a)
    given = request.GET.get("from", "0")
    start = int(given) if given.isdecimal() and len(given) < 7 else 0  # noqa: PLR2004
    found = comparing.compared(slug, (a, b), tongue(), start=start, limit=ON_A_PAGE)
    if found is None or a == b:
        raise Http404(slug)
    charter = found.new.charter
    context = {
        "found": found,
        "counted": [
            (relation, Relation(relation).label, count)
            for relation, count in found.counts.items()
            if count
        ],
        "charter": charter,
        "title": spoken(charter.title, tongue()),
        "acts": [cited(one.by_act, tongue()) for one in (found.old, found.new)],
        **standing(charter),
        "before": earlier(start),
        "after": f"?from={found.next}" if found.next is not None else "",
        "base": reverse("portal:charter", args=[slug]),
        "section": "promised",
    }
    return render(request, "charter/compare.html", context)


def standing(charter: Charter) -> dict[str, object]:
    """What the charter is worth today, and the act that ended it."""
    found = worth(charter, timezone.localdate())
    return {"standing": found, "by": cited(found.act, tongue()) if found.act else ""}


def earlier(start: int) -> str:
    return f"?from={max(start - ON_A_PAGE, 0)}" if start else ""


def correspondence(request: HttpRequest, slug: str) -> HttpResponse:
    """Provisions of the current version beside places of other instruments."""
    version = reading.current(slug, timezone.localdate())
    if version is None:
        raise Http404(slug)
    context = {
        "version": version,
        "charter": version.charter,
        "title": spoken(version.charter.title, tongue()),
        **standing(version.charter),
        "tables": corresponding.tables(version, tongue()),
        "base": reverse("portal:charter", args=[slug]),
        "section": "promised",
    }
    return render(request, "charter/correspondence.html", context)
