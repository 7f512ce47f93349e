"""A page of what never changes is rendered once: its bytes are kept, ready to be sent.

A published version does not change, and a public page is the same for everybody. So the page is
known by its key: the facts that it shows, its address, its language and the fingerprint of the
templates, words and sheet that it was made with. The key is also its ETag.
"""

import gzip
import hashlib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_language

KEPT_FOR = 24 * 3600
MADE_OF = ("templates/**/*.html", "templatetags/*.py", "locale/*/LC_MESSAGES/*.mo", "static/**/*")


@cache
def fingerprint() -> str:
    """The templates, words and sheet of this installation, as one short hash."""
    made = hashlib.sha256()
    rooms = [Path(room.path) for room in apps.get_app_configs() if room.name.startswith("kelisim.")]
    for room in sorted(rooms):
        for pattern in MADE_OF:
            for path in sorted(room.glob(pattern)):
                if path.is_file():
                    made.update(path.name.encode() + path.read_bytes())
    return made.hexdigest()[:16]


def key_of(request: HttpRequest, facts: str) -> str:
    """What one page is known by."""
    parts = [
        facts,
        request.scheme or "",
        request.get_host(),
        request.path,
        get_language() or "",
        str(settings.DEMONSTRATION),
        fingerprint(),
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def kept(
    request: HttpRequest, template: str, facts: str, context: Callable[[], Mapping[str, Any]]
) -> HttpResponse:
    """The page of `template` for these `facts`; `context` is only asked when it is not kept yet.

    `facts` names everything that the page shows. An address with a query is answered, not kept.
    """
    key = key_of(request, facts)
    etag = f'W/"{key[:32]}"'
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return answer(unchanged, etag)
    ours = not request.META.get("QUERY_STRING")
    packed = caches["rendered"].get(key) if ours else None
    if packed is None:
        # No message and no person: the same bytes go to everybody.
        html = render_to_string(template, {**context(), "messages": ()}, request)
        packed = gzip.compress(html.encode(), compresslevel=6, mtime=0)
        if ours:
            caches["rendered"].set(key, packed, KEPT_FOR)
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        response = HttpResponse(packed, headers={"Content-Encoding": "gzip"})
    else:
        response = HttpResponse(gzip.decompress(packed))
    return answer(response, etag)


def answer(response: HttpResponse, etag: str) -> HttpResponse:
    """With what lets a reader's browser ask again for nothing."""
    response["ETag"] = etag
    response["Cache-Control"] = "no-cache"
    patch_vary_headers(response, ("Accept-Encoding",))
    return response
