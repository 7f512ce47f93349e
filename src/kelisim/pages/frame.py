"""What every page knows: its language, its twins in the others, whether it is a demonstration."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language, get_language_from_path


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context for `pages/base.html`. No query: a public page looks the same for everybody."""
    here = request.get_full_path()
    tongues = [
        {"code": code, "name": name, "url": translate_url(here, code)}
        for code, name in settings.LANGUAGES
    ]
    code = get_language_from_path(request.path_info)
    return {
        "demonstration": settings.DEMONSTRATION,
        "tongues": tongues,
        "tongue": get_language() or settings.LANGUAGE_CODE,
        # The address without a language: whoever has none of ours is led to what they read.
        "anywhere": request.path.removeprefix(f"/{code}") if code else request.path,
        "origin": f"{request.scheme}://{request.get_host()}",
    }
