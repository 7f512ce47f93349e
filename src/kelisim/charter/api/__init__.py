"""Charters for programs: the same reads as the pages, over JSON. Everything is public."""

from typing import Any

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext_noop
from ninja import Path, Query, Router
from ninja.errors import HttpError

from kelisim.charter.api.shapes import (
    ChangePage,
    Changes,
    CharterOut,
    CharterPage,
    Charters,
    Of,
    OfProvision,
    OfTwo,
    OfVersion,
    ProvisionPage,
    Provisions,
    ProvisionWhole,
    VersionOut,
)
from kelisim.charter.exports import JSON
from kelisim.charter.exports.addresses import Place
from kelisim.charter.exports.citations import provision_cited, state_facts
from kelisim.charter.exports.serving import FORMATS, Asked, stamp, write_version
from kelisim.charter.models import Charter, Version
from kelisim.charter.queries import comparing, corresponding, lineage, listing, reading
from kelisim.charter.rules.standing import worth
from kelisim.pages.api import Problem, page

router = Router()
NONE = {404: Problem}


def place(request: HttpRequest) -> Place:
    return Place(f"{request.scheme}://{request.get_host()}")


def version_of(given: OfVersion) -> Version:
    found = reading.version(given.slug, given.number)
    if found is None:
        raise HttpError(404, "Not Found")
    return found


def charter_out(charter: Charter, versions: list[Version], where: Place) -> dict[str, Any]:
    today = timezone.localdate()
    return {
        "slug": charter.slug,
        "type": charter.type,
        "title": charter.title,
        "fields": charter.fields,
        "adopted_by": reading.act_facts(charter.adopted_by),
        "in_force_from": charter.in_force_from.isoformat(),
        "standing": state_facts(worth(charter, today)),
        "versions": [one.number for one in versions],
        "current": reading.holding(versions, today).number,
        "permanent": where.charter(charter.slug),
        "invented": charter.invented,
    }


def provision_out(version: Version, row: reading.Row, where: Place) -> dict[str, Any]:
    return {
        "position": row.position,
        **reading.provisions_facts([row])[0],
        "permanent": where.provision(version.charter.slug, version.number, row.eid),
    }


@router.get("/charters", response=CharterPage, summary=gettext_noop("Charters that were published"))
def charters(request: HttpRequest, asked: Query[Charters]) -> dict[str, Any]:
    """By address; each with its state today."""
    found = page(
        listing.charters(after=asked.after, limit=asked.limit + 1),
        limit=asked.limit,
        key=lambda pair: pair[0].slug,
    )
    where = place(request)
    items = [charter_out(charter, versions, where) for charter, versions in found["items"]]
    return {"items": items, "next": found["next"]}


@router.get(
    "/charters/{slug}", response={200: CharterOut, **NONE}, summary=gettext_noop("One charter")
)
def charter(request: HttpRequest, given: Path[Of]) -> dict[str, Any]:
    current = reading.current(given.slug, timezone.localdate())
    if current is None:
        raise HttpError(404, "Not Found")
    versions = reading.history(current.charter_id)
    return charter_out(current.charter, versions, place(request))


@router.get(
    "/charters/{slug}/versions/{number}",
    response={200: VersionOut, **NONE},
    summary=gettext_noop("One version of a charter, with its seal and its files"),
)
def version(request: HttpRequest, given: Path[OfVersion]) -> dict[str, Any]:
    """A published version never changes."""
    found = version_of(given)
    stem = place(request).version(given.slug, given.number)
    published = found.published_at
    return {
        "charter": found.charter.slug,
        "number": found.number,
        "act": reading.act_facts(found.by_act),
        "in_force_from": found.in_force_from.isoformat(),
        "published_at": published.isoformat() if published else "",
        "digest": found.digest,
        "editions": list(found.editions.all()),
        "kinds": listing.kinds(found),
        "permanent": stem,
        "files": {form.media_type: f"{stem}.{ending}" for ending, form in FORMATS.items()},
    }


@router.get(
    "/charters/{slug}/versions/{number}/provisions",
    response={200: ProvisionPage, **NONE},
    summary=gettext_noop("Provisions of a version, in reading order"),
)
def provisions(
    request: HttpRequest,
    response: HttpResponse,
    given: Path[OfVersion],
    asked: Query[Provisions],
) -> dict[str, Any] | HttpResponse:
    """Page by page: give `next` back as `after`. The answer of a version never changes."""
    found = version_of(given)
    etag = f'"{found.digest[:32]}-p"'
    if unchanged := get_conditional_response(request, etag=etag):
        return unchanged
    response["ETag"] = etag
    where = Q(position__gt=asked.after)
    if asked.kind:
        where &= Q(kind=asked.kind)
    if asked.part:
        where &= Q(eid=asked.part) | Q(eid__startswith=f"{asked.part}__")
    part = page(
        listing.rows(found, where, limit=asked.limit + 1),
        limit=asked.limit,
        key=lambda row: row.position,
    )
    site = place(request)
    return {**part, "items": [provision_out(found, row, site) for row in part["items"]]}


@router.get(
    "/charters/{slug}/versions/{number}/provisions/{eid}",
    response={200: ProvisionWhole, **NONE},
    summary=gettext_noop(
        "One provision: words, citation, what became of it, what stands beside it"
    ),
)
def provision(request: HttpRequest, given: Path[OfProvision]) -> dict[str, Any]:
    found = version_of(given)
    one = found.provisions.filter(eid=given.eid).select_related("parent").first()
    if one is None:
        raise HttpError(404, "Not Found")
    row = listing.row(found, one)
    kinds = listing.type_of(found)
    ended = lineage.ended_in(one)
    return {
        **provision_out(found, row, place(request)),
        "citation": {
            code: provision_cited(found, row, kinds, code) for code, _name in settings.LANGUAGES
        },
        "standing": state_facts(worth(found.charter, timezone.localdate())),
        "forms": [
            {
                "version": form.provision.version.number,
                "eId": form.provision.eid,
                "cite": form.provision.cite,
                "relation": form.relation,
                "text_changed": form.text_changed,
            }
            for form in lineage.forms(one)
        ],
        "repealed_in": ended.number if ended else None,
        "correspondences": [
            {
                "instrument": other.instrument.slug,
                "title": other.instrument.title,
                "place": other.place,
                "relation": other.relation,
                "note": other.note,
            }
            for other in corresponding.of_version(found).filter(provision=one)
        ],
    }


@router.get(
    "/charters/{slug}/compare/{a}/{b}",
    response={200: ChangePage, **NONE},
    summary=gettext_noop("What changed from one version to another"),
)
def compare(
    request: HttpRequest,  # noqa: ARG001
    given: Path[OfTwo],
    asked: Query[Changes],
) -> dict[str, Any]:
    """What is the same is only counted; the older version is always the first."""
    found = comparing.compared(
        given.slug,
        (given.a, given.b),
        asked.language,
        start=asked.after,
        limit=asked.limit,
    )
    if found is None or given.a == given.b:
        raise HttpError(404, "Not Found")
    return {
        "counts": found.counts,
        "items": [
            {
                "old": change.fate.old.eid if change.fate.old else None,
                "new": change.fate.new.eid if change.fate.new else None,
                "relation": change.fate.relation,
                "text_changed": change.fate.text_changed,
                "language": change.language,
                "words": [{"mark": part.mark, "text": part.text} for part in change.stretches],
            }
            for change in found.changes
        ],
        "next": str(found.next) if found.next is not None else None,
    }


@router.get(
    "/charters/{slug}/versions/{number}/export",
    response={200: dict[str, Any], **NONE},
    summary=gettext_noop("A whole version as JSON, by which its seal can be proved"),
)
def export(request: HttpRequest, given: Path[OfVersion]) -> HttpResponse:
    """The other formats are at the addresses that a version names."""
    found = version_of(given)
    wish = Asked(JSON, "kk", place(request), settings.COUNTRY, timezone.localdate())
    etag = stamp(found, wish)
    if unchanged := get_conditional_response(request, etag=etag):
        return unchanged
    return HttpResponse(
        write_version(found, wish).data, content_type=JSON.media_type, headers={"ETag": etag}
    )
