"""The register to take away: for the office whole, for everybody what is public."""

from datetime import date
from hashlib import sha256

from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from kelisim.bodies import exports, rights
from kelisim.bodies.models import Association, Body
from kelisim.bodies.queries import directory
from kelisim.bodies.queries.table import records, words
from kelisim.bodies.views.access import PersonRequest, tongue, with_right
from kelisim.bodies.views.directory import KEPT_FOR, Search
from kelisim.ledger.queries import checkpoint


@with_right(rights.REGISTER)
def office(request: PersonRequest, ending: str) -> HttpResponse:
    """Everything that is known of the associations in one's territory; it can be imported again."""
    form, on = asked(ending), timezone.localdate()
    reached = Body.objects.filter(request.held.reached(rights.REGISTER))
    found = records(on, Association.objects.filter(body__in=reached))
    language = tongue()
    data = exports.for_office(form, found, words=words(on, language), language=language, on=on)
    return answer(data, form, "register", on)


@require_safe
def public(request: HttpRequest, ending: str) -> HttpResponse:
    """What the directory shows, with the same filters; kept until the next official act."""
    form, on = asked(ending), timezone.localdate()
    search = Search(request, on)
    stamp = f"{ending} {on} {checkpoint().hash} {search.language} {search.asked}"
    key = f"export:{sha256(stamp.encode()).hexdigest()}"
    data = caches["rendered"].get(key)
    if data is None:
        matching = directory.matching(search.passes, on)
        found = records(on, Association.objects.filter(body__in=matching.values("pk")))
        data = exports.for_everybody(
            form, found, words=words(on, search.language), language=search.language, on=on
        )
        caches["rendered"].set(key, data, KEPT_FOR)
    return answer(data, form, "associations", on)


def asked(ending: str) -> exports.Form:
    form = exports.FORMS.get(ending)
    if form is None:
        raise Http404(ending)
    return form


def answer(data: bytes, form: exports.Form, name: str, on: date) -> HttpResponse:
    response = HttpResponse(data, content_type=form.type)
    response["Content-Disposition"] = f'attachment; filename="{name}-{on}.{form.ending}"'
    return response
