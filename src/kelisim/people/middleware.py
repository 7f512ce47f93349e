"""What is remembered between two pages: the language chosen, and which device is signed in."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language_from_path, get_language_from_request

from kelisim.people.sessions import VISIT

type Answer = Callable[[HttpRequest], HttpResponse]

# A visit is written down at most so often: the list of sessions needs no finer clock.
SEEN_EVERY = timedelta(hours=1)
BROWSERS = (
    ("Edge", r"Edg(e|A|iOS)?/"),
    ("Opera", r"OPR/|Opera"),
    ("Yandex", r"YaBrowser/"),
    ("Samsung Internet", r"SamsungBrowser/"),
    ("Firefox", r"Firefox/|FxiOS/"),
    ("Chrome", r"Chrome/|CriOS/|Chromium/"),
    ("Safari", r"Safari/"),
)
SYSTEMS = (
    ("Android", r"Android"),
    ("iPhone", r"iPhone"),
    ("iPad", r"iPad"),
    ("Windows", r"Windows"),
    ("macOS", r"Mac OS X|Macintosh"),
    ("Linux", r"Linux|X11"),
)


def device(agent: str) -> str:
    """A browser's long string as a person would say it: «Firefox, Windows»."""
    found = [
        next((name for name, pattern in table if re.search(pattern, agent)), "")
        for table in (BROWSERS, SYSTEMS)
    ]
    return ", ".join(name for name in found if name)


class KeepLanguage:
    """Remember a language that was chosen by its address, when the browser would choose another.

    Whoever reads in the language that their browser asks for gets no cookie at all.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        chosen = get_language_from_path(request.path_info)
        if (
            chosen
            and response.status_code == 200  # noqa: PLR2004
            and response.get("Content-Type", "").startswith("text/html")
            and chosen != get_language_from_request(request)
            # A page that stands in another site's frame leaves nothing with its reader.
            and not getattr(response, "xframe_options_exempt", False)
        ):
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                chosen,
                max_age=settings.LANGUAGE_COOKIE_AGE,
                secure=settings.LANGUAGE_COOKIE_SECURE,
                samesite="Lax",
                httponly=True,
            )
        return response


class KnowTheDevice:
    """Write into a signed-in session what its person may want to know of it, once an hour."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        session = request.session
        # Only a session that the page itself has read: a public page stays without a query.
        if session.accessed and session.get("_auth_user_id"):
            now = timezone.now()
            visit = session.get(VISIT)
            if not visit or now - datetime.fromisoformat(visit["seen"]) >= SEEN_EVERY:
                session[VISIT] = {
                    "device": device(request.headers.get("User-Agent", "")),
                    "began": visit["began"] if visit else now.isoformat(),
                    "seen": now.isoformat(),
                }
        return response
