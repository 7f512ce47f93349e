"""What every room's part of the public API shares: pages by key, limits, errors in words."""

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from ninja import NinjaAPI, Schema
from ninja.errors import Throttled
from ninja.openapi.docs import DocsBase
from ninja.throttling import AnonRateThrottle

from kelisim.pages.sentences import sentence
from kelisim.refusals import Refused

MOST = 100


class Problem(Schema):
    """Why a request was not answered; one line a reason, in the language of Accept-Language."""

    detail: str
    reasons: list[str] = []


def page[Row](
    rows: Iterable[Row], *, limit: int, key: Callable[[Row], str | int]
) -> dict[str, Any]:
    """One page by key. `rows` is already filtered by `after` and cut to `limit` + 1.

    Gives `items` (at most `limit`) and `next`: the value for `after` of the next page, or null.
    """
    found = list(rows)
    items = found[:limit]
    return {"items": items, "next": str(key(items[-1])) if len(found) > limit else None}


class Docs(DocsBase):
    """The API in words: a page of ours from the same OpenAPI document; no script, no third host."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **_kwargs: Any) -> HttpResponse:
        schema = api.get_openapi_schema(path_prefix="/api/v1/")
        operations = [
            {"method": method.upper(), "path": path, **operation}
            for path, methods in schema["paths"].items()
            for method, operation in methods.items()
        ]
        tongues = [
            {"code": code, "name": name, "url": f"/{code}/api/"}
            for code, name in settings.LANGUAGES
        ]
        context = {
            "operations": operations,
            "openapi": reverse("api:openapi-json"),
            "tongues": tongues,
            "section": "api",
        }
        return render(request, "pages/api.html", context)


class PerAddress(AnonRateThrottle):
    """A limit for each address; the address is kept hashed, and only for that minute."""

    def __init__(self) -> None:
        super().__init__(settings.API_RATE)


def public_api() -> NinjaAPI:
    """The one API, read only: limits, errors and documentation are the same in every room."""
    api = NinjaAPI(
        title="Kelisim",
        version="1",
        description="What was promised, by whom it is done, and what came of it.",
        docs=Docs(),
        urls_namespace="api",
        throttle=[PerAddress()],
    )

    @api.exception_handler(Throttled)
    def too_many(request: HttpRequest, exc: Throttled) -> HttpResponse:
        wait = max(1, int(exc.wait or 60))
        detail = gettext("Too many requests. Try again in %(wait)s seconds.") % {"wait": wait}
        response = api.create_response(request, {"detail": detail, "reasons": []}, status=429)
        response["Retry-After"] = str(wait)
        return response

    @api.exception_handler(Refused)
    def refused(request: HttpRequest, exc: Refused) -> HttpResponse:
        reasons = [sentence(refusal) for refusal in exc.refusals]
        return api.create_response(
            request, {"detail": " ".join(reasons), "reasons": reasons}, status=409
        )

    return api
