"""Who comes to the papers' pages of the desk."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache

from kelisim.bodies.models import Body
from kelisim.bodies.queries.powers import Powers, powers
from kelisim.pages.sentences import sentences
from kelisim.papers import rights
from kelisim.people.models import Person
from kelisim.refusals import Refused


class PersonRequest(HttpRequest):
    user: Person
    held: Powers


type View = Callable[..., HttpResponseBase]


def tongue() -> str:
    return (get_language() or "kk")[:2]


def desk(*any_of: str) -> Callable[[View], View]:
    """For those who hold one of these rights over some body."""

    def decorate(view: View) -> View:
        @wraps(view)
        @never_cache
        @login_required
        def guarded(request: PersonRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            request.held = powers(request.user, timezone.localdate())
            if not any(request.held.may(right) for right in any_of):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def done(
    request: HttpRequest, act: Callable[[], object], *, form: Form | None = None, said: str = ""
) -> bool:
    """Do it and say True, or say why not: at the fields of the form, or above the next page."""
    try:
        act()
    except Refused as refused:
        for refusal, words in zip(refused.refusals, sentences(refused), strict=True):
            if form is None:
                messages.error(request, words)
            else:
                form.add_error(refusal.place if refusal.place in form.fields else None, words)
        return False
    if said:
        messages.success(request, said)
    return True


def kept_bodies(held: Powers, right: str = rights.KEEP) -> list[Body]:
    """The bodies whose papers somebody keeps, in the page's order; the register is left out."""
    found = Body.objects.filter(held.reached(right), dissolved_on=None, merged_into=None)
    return list(
        found.filter(association=None)
        .select_related("kind", "unit__parent", "parent")
        .order_by(f"order_{tongue()}", "pk")
    )
