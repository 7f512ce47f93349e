"""The public pages: ask, one call, show. The same for everybody."""

from datetime import date
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext

from kelisim.charter.models import Provision
from kelisim.charter.queries import lineage
from kelisim.portal import queries, sitemaps
from kelisim.portal.rendering import kept
from kelisim.search.queries import find
from kelisim.territory.maps import Words, tile_map
from kelisim.territory.queries import regions
from kelisim.territory.tables import shown as shown_units

NAMES = dict(settings.LANGUAGES)
ASKED_AT_MOST = 200


def tongue() -> str:
    return (get_language() or settings.LANGUAGE_CODE)[:2]


def found(slug: str, number: int | None = None) -> queries.Head:
    """A published version as it stands today, or 404."""
    head = queries.head(slug, number=number, on=timezone.localdate(), language=tongue())
    if head is None:
        raise Http404(slug)
    return head


def tiles(on: date) -> str:
    """Today's regions, each a link; nothing before the facts of the territory are loaded."""
    rows = shown_units(regions(on), on, tongue())
    if not rows:
        return ""
    words = Words(gettext("Regions of today"), gettext("Each square is a region and leads to it."))
    return tile_map([row.mark for row in rows], words)


def home(request: HttpRequest) -> HttpResponse:
    """One sentence, one box, the doors that exist, a few figures, what is new."""
    on = timezone.localdate()

    def context() -> dict[str, object]:
        volumes = queries.shelf(on=on, language=tongue())
        return {
            "figures": queries.figures(volumes, on),
            "news": queries.news(volumes),
            "standing": queries.standing(),
            "tiles": tiles(on),
        }

    return kept(request, "portal/home.html", queries.last_act(on), context)


def promised(request: HttpRequest) -> HttpResponse:
    """Every charter; the only one is opened at once."""
    volumes = queries.shelf(on=timezone.localdate(), language=tongue())
    if len(volumes) == 1:
        return redirect(volumes[0].href)
    return render(request, "portal/promised.html", {"charters": volumes, "section": "promised"})


def search(request: HttpRequest) -> HttpResponse:
    """One box for everything."""
    asked = request.GET.get("q", "").strip()[:ASKED_AT_MOST]
    after = request.GET.get("after", "")
    answer = find(asked, language=tongue(), after=after)
    following = f"?{urlencode({'q': asked, 'after': answer.next})}" if answer.next else ""
    context = {
        "section": "search",
        "asked": asked,
        "found": answer,
        "following": following,
        "continued": bool(after),
    }
    return render(request, "portal/search.html", context)


def about(request: HttpRequest) -> HttpResponse:
    """What this is, how it can be used, where the data are."""
    return render(request, "portal/about.html", {"section": "about", "api": reverse("api-docs")})


def show(
    request: HttpRequest, slug: str, number: int | None = None, begins: str | None = None
) -> HttpResponse:
    """A version or a part of it, kept ready: it never changes, only what it is worth does."""
    imprint = queries.imprint(slug, on=timezone.localdate(), number=number)
    if imprint is None:
        raise Http404(slug)
    # The current version shows how each promise stands; a version that is asked for stays as it is.
    now = number is None
    if now:
        imprint = f"{imprint}\n{queries.newest_standing()}"

    def context() -> dict[str, object]:
        head = found(slug, number)
        glances = queries.glances(head.version) if now else {}
        return {
            "doc": queries.document(head, NAMES, begins=begins, glances=glances),
            "section": "promised",
        }

    try:
        return kept(request, "portal/charter.html", imprint, context)
    except Provision.DoesNotExist as missing:
        raise Http404(begins) from missing


def charter(request: HttpRequest, slug: str) -> HttpResponse:
    """The current version as one reads it."""
    return show(request, slug)


def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A version that stays what it was."""
    return show(request, slug, number)


def part(request: HttpRequest, slug: str, number: int, eid: str) -> HttpResponse:
    """A part of a long version, from the provision that it begins with."""
    return show(request, slug, number, begins=eid)


def provision(request: HttpRequest, slug: str, eid: str) -> HttpResponse:
    """A provision of the current version; an older eId leads to what it became."""
    try:
        return shown(request, slug, eid)
    except Provision.DoesNotExist as missing:
        later = lineage.find(slug, eid, on=timezone.localdate())
        if later is None:
            raise Http404(eid) from missing
        if later.now:
            return redirect("portal:provision", slug, later.now[0].eid)
        return redirect("portal:provision-of-version", slug, later.last.version.number, eid)


def provision_of_version(request: HttpRequest, slug: str, number: int, eid: str) -> HttpResponse:
    """A provision as it stood in one version."""
    try:
        return shown(request, slug, eid, number)
    except Provision.DoesNotExist as missing:
        raise Http404(eid) from missing


def shown(request: HttpRequest, slug: str, eid: str, number: int | None = None) -> HttpResponse:
    """The page of a provision, kept until the next official act."""

    def context() -> dict[str, object]:
        head = found(slug, number)
        page = queries.provision_page(head, eid, NAMES)
        doings = queries.doings(head.version, page.rows[page.spot.place].pk)
        return {
            "doc": page,
            "crumbs": page.crumbs,
            "doings": doings,
            "now": number is None,
            "section": "promised",
        }

    return kept(request, "portal/provision.html", queries.last_act(timezone.localdate()), context)


def robots(request: HttpRequest) -> HttpResponse:
    """What a visiting program may read: everything public."""
    return render(request, "portal/robots.txt", {"codes": NAMES}, content_type="text/plain")


def sitemap_index(request: HttpRequest) -> HttpResponse:
    """The sections of the map of the site."""
    context = {"sections": sitemaps.sections()}
    return render(request, "portal/sitemap_index.xml", context, content_type="application/xml")


def sitemap_section(request: HttpRequest, section: str) -> HttpResponse:
    """The addresses of one section, each in every language."""
    places = sitemaps.places(section)
    if places is None:
        raise Http404(section)
    context = {"places": places, "codes": NAMES}
    return render(request, "portal/sitemap.xml", context, content_type="application/xml")
