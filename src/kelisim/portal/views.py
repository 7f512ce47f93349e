"""The public pages: ask, one call, show. The same for everybody."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse


def home(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/home.html", {"section": "home"})


def promised(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/promised.html", {"section": "promised"})


def search(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("q", "").strip()[:200]
    return render(request, "portal/search.html", {"section": "search", "asked": asked})


def about(request: HttpRequest) -> HttpResponse:
    """What this is, how it can be used, where the data are."""
    return render(request, "portal/about.html", {"section": "about", "api": reverse("api-docs")})


def charter(request: HttpRequest, slug: str) -> HttpResponse:
    raise Http404(slug)


def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    raise Http404(slug)


def part(request: HttpRequest, slug: str, number: int, eid: str) -> HttpResponse:
    raise Http404(slug)


def provision(request: HttpRequest, slug: str, eid: str) -> HttpResponse:
    raise Http404(slug)


def provision_of_version(request: HttpRequest, slug: str, number: int, eid: str) -> HttpResponse:
    raise Http404(slug)


def robots(request: HttpRequest) -> HttpResponse:
    """What a visiting program may read: everything public."""
    codes = [code for code, _name in settings.LANGUAGES]
    return render(request, "portal/robots.txt", {"codes": codes}, content_type="text/plain")


def sitemap_index(request: HttpRequest) -> HttpResponse:
    raise Http404


def sitemap_section(request: HttpRequest, section: str) -> HttpResponse:
    raise Http404(section)
