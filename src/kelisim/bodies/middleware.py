"""What the person behind a request may do today: `request.powers`, read once and when asked."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from kelisim.bodies.queries.powers import Powers, powers

type Answer = Callable[[HttpRequest], HttpResponse]


class KnowThePowers:
    """A page that never asks costs no query."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        def asked() -> Powers:
            return powers(request.user, timezone.localdate())

        request.powers = SimpleLazyObject(asked)  # type: ignore[attr-defined]
        return self.get_response(request)
