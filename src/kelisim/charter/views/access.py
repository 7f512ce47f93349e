"""Who comes to the desk's pages, and how a refusal is shown there."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache

from kelisim.bodies.queries.powers import Powers
from kelisim.charter.models import Step, Version
from kelisim.charter.queries import drafting as queries
from kelisim.charter.rules import editing, publishing
from kelisim.charter.states import VersionState
from kelisim.pages.sentences import sentences
from kelisim.people.models import Person
from kelisim.refusals import Refused


class PersonRequest(HttpRequest):
    """A request whose person is known to be signed in, with what they may do today."""

    user: Person
    powers: Powers
    htmx: Any


type View = Callable[..., HttpResponseBase]


def desk(view: View) -> View:
    """For people who prepare or publish charters."""

    @wraps(view)
    @never_cache
    @login_required
    def guarded(request: PersonRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if editing.may_look(request.powers):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def found(slug: str, number: int) -> Version:
    """A version in any state, or 404."""
    version = queries.version(slug, number)
    if version is None:
        raise Http404(slug)
    return version


def page_asked(request: PersonRequest) -> int:
    said = request.GET.get("page", "1")
    return int(said) if said.isdecimal() and len(said) < 7 else 1  # noqa: PLR2004


def tongue() -> str:
    return (get_language() or "kk")[:2]


def done(request: HttpRequest, act: Callable[[], object], *, form: Form | None = None) -> bool:
    """Do it and say True, or say why not: in the form, or at the top of the next page."""
    try:
        act()
    except Refused as refused:
        for said in sentences(refused):
            if form is None:
                messages.error(request, said)
            else:
                form.add_error(None, said)
        return False
    return True


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with, however empty; None when the page is only looked at."""
    return request.POST if request.method == "POST" else None


def address(version: Version, step: Step | None) -> str:
    """The place of the draft where a step was done."""
    index = step.arguments.get("eye", 0) if step else 0
    own = [version.charter.slug, version.number]
    return reverse("charter:draft", args=own) + queries.where(index)


def shell(request: PersonRequest, version: Version, tab: str, **more: Any) -> dict[str, Any]:
    """What every page of a draft shows above its own matter. No query."""
    by, held = request.user, request.powers
    own = [version.charter.slug, version.number]
    tabs = [
        ("draft", reverse("charter:draft", args=own)),
        ("problems", reverse("charter:problems", args=own)),
        ("leavings", reverse("charter:leavings", args=own)),
        ("titles", reverse("charter:titles", args=own)),
        ("passport", reverse("charter:passport", args=own)),
        ("editions", reverse("charter:editions", args=own)),
        ("corresponding", reverse("charter:corresponding", args=own)),
        *([("mapping", reverse("charter:mapping", args=own))] if version.number > 1 else []),
        ("review", reverse("charter:review", args=own)),
    ]
    return {
        "section": "desk",
        "place": "drafts",
        "version": version,
        "charter": version.charter,
        "tabs": tabs,
        "tab": tab,
        "locked": editing.may_edit(version, by, held),
        "may_submit": not publishing.may_submit(version, by, held, provisions=1),
        "may_discard": not publishing.may_discard(version, by, held),
        "may_decide": not publishing.may_decide(version, by, held, VersionState.PUBLISHED),
        **more,
    }
