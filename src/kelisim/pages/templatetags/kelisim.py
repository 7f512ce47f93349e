"""Filters that every template has: dates, numbers and texts as CLDR and our readers expect."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from kelisim.pages import languages
from kelisim.pages import sentences as refusal_sentences
from kelisim.refusals import Refusal

register = template.Library()


def tongue() -> str:
    return (get_language() or "kk")[:2]


@register.filter
def day(value: date | None) -> str:
    """A date in full, by CLDR: «18 апреля 2013 г.», «2013 ж. 18 сәуір»."""
    return format_date(value, "long", locale=tongue()) if value else ""


# What Kazakh adds to a month in «2013 жылғы 18 сәуірдегі»: CLDR has no such form.
DAGY, DEGI, TEGI = "дағы", "дегі", "тегі"
OF_MONTH = [DAGY] * 3 + [DEGI] + [DAGY] * 2 + [DEGI, DAGY, TEGI] + [DAGY] * 3


@register.filter
def dated(value: date | None) -> str:
    """A date as it stands inside an act's citation: Kazakh declines it."""
    if value is None or tongue() != "kk":
        return day(value)
    month = format_date(value, "MMMM", locale="kk")
    return f"{value.year} жылғы {value.day} {month}{OF_MONTH[value.month - 1]}"


def act_cited(kind: str, number: str, on: date) -> str:
    """An act as its language cites it: «Указ Президента № 552 от 18 апреля 2013 г.».

    In Kazakh the day and the number stand before the last word of the kind.
    """
    facts = {"kind": kind, "number": number, "day": dated(on)}
    if tongue() == "kk":
        whose, _space, facts["kind"] = kind.rpartition(" ")
        return f"{whose} {facts['day']} №\N{NO-BREAK SPACE}{number} {facts['kind']}".strip()
    return gettext("%(kind)s No. %(number)s of %(day)s") % facts


@register.filter
def moment(value: datetime | None) -> str:
    """A date with its time, local."""
    if not value:
        return ""
    return format_datetime(timezone.localtime(value), "d MMMM y, HH:mm", locale=tongue())


@register.filter
def figure(value: float | Decimal | None) -> str:
    """A number with the separators of the page's language."""
    return format_decimal(value, locale=tongue()) if value is not None else ""


@register.filter
def spoken(texts: Mapping[str, str] | None) -> SafeString:
    """A trilingual text in the page's language; one borrowed from another carries a mark."""
    found = languages.spoken(texts or {}, tongue())
    if not found.borrowed:
        return format_html("{}", found.text)
    return format_html(
        '<span lang="{}">{}</span> <abbr class="borrowed" translate="no" title="{}">{}</abbr>',
        found.language,
        found.text,
        gettext("No translation yet: shown in another language."),
        found.language,
    )


@register.filter
def plainly(texts: Mapping[str, str] | None) -> str:
    """The same without the mark, for titles and attributes."""
    return languages.spoken(texts or {}, tongue()).text


@register.filter
def sentence(refusal: Refusal) -> str:
    return refusal_sentences.sentence(refusal)
