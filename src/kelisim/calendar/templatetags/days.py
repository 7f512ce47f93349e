"""Names of months and days of the week, by CLDR; what act moved a day."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from babel.dates import format_date
from django import template

from kelisim.pages.templatetags.kelisim import tongue

register = template.Library()


@register.filter
def month(value: date) -> str:
    """The month as it stands alone: «қаңтар», «январь»."""
    return format_date(value, "LLLL", locale=tongue())


@register.filter
def weekday(value: date) -> str:
    return format_date(value, "EEEE", locale=tongue())


@register.filter
def weekday_short(value: date) -> str:
    return format_date(value, "EEEEEE", locale=tongue())


@register.filter
def of_day(known: Mapping[date, Any], day: date) -> Any:
    """What is known of a day; nothing where nothing is."""
    return known.get(day)
