"""Shares and places as a page's language writes them."""

from typing import TYPE_CHECKING

from babel.numbers import format_decimal, format_percent
from django import template

from kelisim.pages.templatetags.kelisim import tongue

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kelisim.evaluation.queries.discipline import Row
    from kelisim.evaluation.views.discipline import Heading

register = template.Library()


@register.filter
def percent(value: float | None) -> str:
    """A share in whole per cent; a dash where it is not known."""
    return "—" if value is None else format_percent(value, locale=tongue())


@register.filter
def place(value: float | None) -> str:
    """A rank: shared ones have a half."""
    return "—" if value is None else format_decimal(value, "0.#", locale=tongue())


@register.filter
def points(value: float | None) -> str:
    """A score or a share of one, with two digits."""
    return "—" if value is None else format_decimal(value, "0.00", locale=tongue())


@register.filter
def figures(row: "Row", columns: "Iterable[Heading]") -> "list[tuple[Heading, int]]":
    """The figures of a body in the order of columns."""
    return [(column, row.figures[column.key]) for column in columns]
