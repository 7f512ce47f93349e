"""Addresses that stay, and files: the same thing as a page, as XML, as JSON, as Word."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_language

from kelisim.charter import exports
from kelisim.charter.exports import Format
from kelisim.charter.exports.addresses import Place
from kelisim.charter.exports.serving import (
    FORMATS,
    Asked,
    Written,
    stamp,
    write_provision,
    write_version,
)
from kelisim.charter.models import Version
from kelisim.charter.queries import lineage, reading

NAMED = {"akn": exports.AKN, "json": exports.JSON, "docx": exports.DOCX}
PAGE = "text/html"
LANGUAGES = dict(settings.LANGUAGES)


class SeeOther(HttpResponseRedirect):
    """The thing itself is no page: here is one about it."""

    status_code = 303


def asked(request: HttpRequest, form: Format) -> Asked:
    language = request.GET.get("lang", "")
    return Asked(
        form=form,
        language=language if language in LANGUAGES else (get_language() or "kk")[:2],
        place=Place(f"{request.scheme}://{request.get_host()}"),
        country=settings.COUNTRY,
        on=timezone.localdate(),
    )


def wanted(request: HttpRequest, *, whole: bool) -> Format | None:
    """The format asked for by name or by Accept; None for a page."""
    offered = [exports.AKN, exports.JSON, *([exports.DOCX] if whole else [])]
    if named := NAMED.get(request.GET.get("format", "")):
        return named if named in offered else None
    best = request.get_preferred_type([PAGE, *(form.media_type for form in offered)])
    return next((form for form in offered if form.media_type == best), None)


def file(request: HttpRequest, slug: str, number: int, ending: str) -> HttpResponse:
    """A version as a file."""
    return whole(request, published(slug, number), FORMATS[ending])


def charter(request: HttpRequest, slug: str, number: int | None = None) -> HttpResponse:
    """A charter, or one version of it."""
    form = wanted(request, whole=True)
    if form is None:
        name, given = ("portal:version", [slug, number]) if number else ("portal:charter", [slug])
        published(slug, number)
        return negotiated(SeeOther(reverse(name, args=given)))
    return negotiated(whole(request, published(slug, number), form))


def provision(request: HttpRequest, slug: str, eid: str, number: int | None = None) -> HttpResponse:
    """A provision; without a version the form that it has now, or had last."""
    if "\x00" in eid:
        raise Http404
    form = wanted(request, whole=False)
    version, now = (published(slug, number), eid) if number else later(slug, eid)
    if form is None:
        if number or now != eid or not is_current(version):
            return negotiated(
                SeeOther(reverse("portal:provision-of-version", args=[slug, version.number, now]))
            )
        return negotiated(SeeOther(reverse("portal:provision", args=[slug, now])))
    return negotiated(part(request, version, now, form))


def is_current(version: Version) -> bool:
    found = reading.current(version.charter.slug, timezone.localdate())
    return found is not None and found.pk == version.pk


def later(slug: str, eid: str) -> tuple[Version, str]:
    """Follow the mapping to the current version; what was repealed is shown as it stood last."""
    found = lineage.find(slug, eid, on=timezone.localdate())
    if found is None:
        raise Http404(eid)
    if found.now:
        return found.version, found.now[0].eid
    return published(slug, found.last.version.number), found.last.eid


def published(slug: str, number: int | None) -> Version:
    version = (
        reading.version(slug, number) if number else reading.current(slug, timezone.localdate())
    )
    if version is None:
        raise Http404(slug)
    return version


def whole(request: HttpRequest, version: Version, form: Format) -> HttpResponse:
    wish = asked(request, form)
    etag = stamp(version, wish)
    if unchanged := get_conditional_response(request, etag=etag):
        return unchanged
    written = write_version(version, wish)
    name = f"{version.charter.slug}-v{version.number}-{written.language}.{form.ending}"
    response = answer(written, form)
    response["Content-Disposition"] = f'{disposition(form)}; filename="{name}"'
    return lasting(response, etag)


def disposition(form: Format) -> str:
    return "attachment" if form is exports.DOCX else "inline"


def part(request: HttpRequest, version: Version, eid: str, form: Format) -> HttpResponse:
    branch = reading.branch(version, eid)
    if branch is None:
        raise Http404(eid)
    wish = asked(request, form)
    response = answer(write_provision(branch, wish), form)
    response["Content-Location"] = wish.place.provision(version.charter.slug, version.number, eid)
    if form is exports.JSON:
        # Remarks beside a provision may come later, so these bytes are known by themselves.
        return response
    etag = stamp(version, wish, eid)
    return get_conditional_response(request, etag=etag) or lasting(response, etag)


def answer(written: Written, form: Format) -> HttpResponse:
    """Files say which language they are really in; it may be another than the reader's."""
    headers = {"Content-Language": written.language}
    return HttpResponse(written.data, content_type=form.media_type, headers=headers)


def lasting(response: HttpResponse, etag: str) -> HttpResponse:
    """Kept as long as one likes, but asked for again: what a charter is worth may change."""
    response["ETag"] = etag
    response["Cache-Control"] = "no-cache"
    return response


def negotiated(response: HttpResponse) -> HttpResponse:
    patch_vary_headers(response, ["Accept", "Accept-Language", "Cookie"])
    return response
