"""Who comes to the papers' pages of the desk."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model
from django.forms import Form
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache

from kelisim.bodies.models import Body
from kelisim.bodies.queries.powers import Powers, powers
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
    """Do it whole and say True, or say why not: at the form's fields, or above the next page."""
    try:
        with transaction.atomic():
            act()
    except Refused as refused:
        for refusal in refused.refusals:
            # The page shows the place; the sentence does not say it again.
            words = gettext(refusal.code) % dict(refusal.facts)
            if form is None:
                messages.error(request, words)
            else:
                form.add_error(refusal.place if refusal.place in form.fields else None, words)
        return False
    if said:
        messages.success(request, said)
    return True


def older_than(request: HttpRequest) -> int | None:
    """The key below which the list goes on; nonsense begins it anew."""
    said = request.GET.get("before", "")
    return int(said) if said.isdecimal() and len(said) < 16 else None  # noqa: PLR2004


def further(request: HttpRequest, rows: Sequence[Model], page: int) -> str:
    """The address of the next page of a list, of whose rows one more than a page was read."""
    if len(rows) <= page:
        return ""
    asked = {name: words for name, words in request.GET.items() if words and name != "before"}
    return f"?{urlencode({**asked, 'before': rows[page - 1].pk})}"


def whole(slug: str) -> Body:
    """A body with all that rights are judged by."""
    return get_object_or_404(
        Body.objects.select_related("kind", "unit__parent", "parent"), slug=slug
    )


def kept_bodies(held: Powers, right: str = rights.KEEP) -> list[Body]:
    """The bodies whose papers somebody keeps, in the page's order; the register is left out."""
    found = Body.objects.filter(held.reached(right), dissolved_on=None, merged_into=None)
    return list(
        found.filter(association=None)
        .select_related("kind", "unit__parent", "parent")
        .order_by(f"order_{tongue()}", "pk")
    )
