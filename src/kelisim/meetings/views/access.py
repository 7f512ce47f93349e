"""Who comes to the meetings' pages of the desk, and how a refusal is shown there."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache

from kelisim.bodies.models import Body
from kelisim.bodies.queries.powers import Powers, powers
from kelisim.meetings import rights
from kelisim.meetings.models import Attendance, Meeting
from kelisim.meetings.queries import office
from kelisim.meetings.queries.sitting import own_attendance
from kelisim.pages.sentences import sentences
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


def seen(request: PersonRequest, pk: int) -> tuple[Meeting, Attendance | None]:
    """A meeting that somebody may read on the desk, and their seat at it; 404, or 403."""
    meeting = office.meeting(pk)
    if meeting is None:
        raise Http404(pk)
    mine = own_attendance(meeting, request.user, timezone.localdate())
    if mine is None and not request.held.may(rights.READ, meeting.body):
        raise PermissionDenied
    return meeting, mine


def tongue() -> str:
    return (get_language() or "kk")[:2]


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


def page_asked(request: HttpRequest) -> int:
    said = request.GET.get("page", "1")
    return int(said) if said.isdecimal() and len(said) < 7 else 1  # noqa: PLR2004


def tabs(request: PersonRequest, meeting: Meeting) -> dict[str, Any]:
    """What every page of a meeting's desk shows above its own matter. No query."""
    own = request.held
    return {
        "section": "desk",
        "place": "meetings",
        "meeting": meeting,
        "body": meeting.body,
        "prepares": own.may(rights.PREPARE, meeting.body),
        "keeps": own.may(rights.KEEP, meeting.body),
        "presides": own.may(rights.PRESIDE, meeting.body),
        "minutes_it": own.may(rights.MINUTE, meeting.body),
        "publishes": own.may(rights.PUBLISH, meeting.body),
        "convenes": own.may(rights.CONVENE, meeting.body),
        "takes_part": own.may(rights.TAKE_PART, meeting.body),
        "counts": own.may(rights.COUNT, meeting.body),
    }


def bodies_of(held: Powers, right: str) -> list[Body]:
    """The deliberating bodies over which somebody holds a right, in the page's order."""
    found = Body.objects.filter(
        held.reached(right), kind__nature="council", dissolved_on=None, merged_into=None
    )
    return list(found.order_by(f"order_{tongue()}", "pk"))
