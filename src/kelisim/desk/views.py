"""The desk: what waits for me, by date."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kelisim.bodies.queries.powers import Powers
from kelisim.desk import queries
from kelisim.desk.queries.doors import doors
from kelisim.people.models import Person


class PersonRequest(HttpRequest):
    """A request whose person is known to be signed in."""

    user: Person
    powers: Powers


@never_cache
@login_required
@require_safe
def waiting(request: PersonRequest) -> HttpResponse:
    """What waits for me, each with its one next act; below it what I wait for."""
    today = timezone.localdate()
    context = {
        "desk": queries.desk(request.user, request.powers, today),
        "doors": list(doors(request.powers)),
        "today": today,
        "section": "desk",
        "place": "waiting",
    }
    return TemplateResponse(request, "desk/waiting.html", context)
