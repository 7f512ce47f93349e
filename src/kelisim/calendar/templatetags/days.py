"""Names of months and days of the week, by CLDR."""

from datetime import date

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
