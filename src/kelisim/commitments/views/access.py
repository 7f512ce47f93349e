"""Who comes to the pages of plans and control on the desk, and how a refusal is shown there."""

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest
from django.utils.translation import gettext

from kelisim.meetings.views.access import PersonRequest, View, signed_in, tongue, with_right
from kelisim.refusals import Refusal, Refused

__all__ = ["PersonRequest", "View", "done", "signed_in", "tell", "tongue", "with_right", "words"]


def words(refusal: Refusal) -> str:
    """A refusal in words, without its place: that is where it is shown."""
    return gettext(refusal.code) % dict(refusal.facts)


def tell(
    request: HttpRequest,
    refused: Refused,
    form: Form | None = None,
    places: Mapping[str, str] | None = None,
) -> None:
    """Say every reason: at the field that it concerns, at the top of the form, or of the page.

    `places` gives the field where it is called otherwise than the rule's place.
    """
    for refusal in refused.refusals:
        place = (places or {}).get(refusal.place, refusal.place)
        if form is None:
            messages.error(request, words(refusal))
        else:
            form.add_error(place if place in form.fields else None, words(refusal))


def done(
    request: HttpRequest,
    act: Callable[[], object],
    *,
    form: Form | None = None,
    said: str = "",
    places: Mapping[str, str] | None = None,
) -> bool:
    """Do it whole and say True, or tell why not."""
    try:
        with transaction.atomic():
            act()
    except Refused as refused:
        tell(request, refused, form, places)
        return False
    if said:
        messages.success(request, said)
    return True
