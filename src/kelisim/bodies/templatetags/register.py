"""How bodies, posts and acts are named on a page."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from kelisim.bodies.models import Mandate, Seat
from kelisim.bodies.states import Role
from kelisim.pages.languages import spoken
from kelisim.pages.templatetags.kelisim import act_cited, figure, tongue
from kelisim.pages.templatetags.kelisim import spoken as told
from kelisim.people.states import PersonState

register = template.Library()


@register.filter
def cited(act: Mapping[str, Any] | None) -> str:
    """An act as its language cites it, with its title where it has one."""
    if not act:
        return ""
    kind = spoken(act.get("kind") or {}, tongue()).text
    number, signed = act.get("number", ""), act.get("date", "")
    named = f"{kind} {number}".strip()
    if number and signed:
        named = act_cited(kind, number, date.fromisoformat(signed))
    title = spoken(act.get("title") or {}, tongue()).text
    return f"{named} «{title}»" if title else named


@register.filter
def post(seat: Seat) -> SafeString:
    """A post in its body's own words, else in the words of the house."""
    return told(seat.words) if seat.words else format_html("{}", Role(seat.role).label)


@register.filter
def holder(mandate: Mandate) -> str:
    """Whoever holds a mandate, by name alone: an address of theirs is nobody's business."""
    person = mandate.person
    if person is None:
        return mandate.holder
    if person.state == PersonState.ERASED:
        return str(person)
    return person.name or gettext("a holder who gave no name")


@register.filter
def banded(band: tuple[int, int | None]) -> str:
    """A band of members in words: never a number."""
    least, most = band
    if most is None:
        return gettext("%(number)s and more") % {"number": figure(least)}
    if least == 0:
        return gettext("fewer than %(number)s") % {"number": figure(most + 1)}
    return f"{figure(least)}–{figure(most)}"
