"""Who comes to the register's pages of the desk, and how a refusal is shown there."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache

from kelisim.bodies.queries.powers import Powers, powers
from kelisim.people.models import Person
from kelisim.refusals import Refused


class PersonRequest(HttpRequest):
    """A request whose person is known to be signed in, with what they may do today."""

    user: Person
    held: Powers


type View = Callable[..., HttpResponseBase]


def signed_in(view: View) -> View:
    """For whoever has an account; what they may do is read once."""

    @wraps(view)
    @never_cache
    @login_required
    def guarded(request: PersonRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        request.held = powers(request.user, timezone.localdate())
        return view(request, *args, **kwargs)

    return guarded


def with_right(right: str) -> Callable[[View], View]:
    """For those who hold a right over some body."""

    def decorate(view: View) -> View:
        @wraps(view)
        @signed_in
        def guarded(request: PersonRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.held.may(right):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def page_asked(request: HttpRequest) -> int:
    said = request.GET.get("page", "1")
    return int(said) if said.isdecimal() and len(said) < 7 else 1  # noqa: PLR2004


def tongue() -> str:
    return (get_language() or "kk")[:2]


def done(
    request: HttpRequest, act: Callable[[], object], *, form: Form | None = None, said: str = ""
) -> bool:
    """Do it and say True, or say why not: at the fields of the form, or above the next page."""
    try:
        act()
    except Refused as refused:
        for refusal in refused.refusals:
            # A place here is a field's name, never a word for people.
            words = gettext(refusal.code) % dict(refusal.facts)
            if form is None:
                messages.error(request, words)
            else:
                place = getattr(form, "places", {}).get(refusal.place, refusal.place)
                form.add_error(place if place in form.fields else None, words)
        return False
    if said:
        messages.success(request, said)
    return True
