"""A place in a table, in the language of whoever reads it."""

from django.utils.translation import gettext as _

from kelisim.bodies.trees.table import Fault, Where
from kelisim.refusals import Refusal


def place(where: Where) -> str:
    """«Sheet “Almaty”, row 14, column E “BIN”»; what is not known of a place is not said."""
    parts = []
    if where.sheet:
        parts.append(_("sheet “%(sheet)s”") % {"sheet": where.sheet})
    if where.row:
        parts.append(_("row %(row)s") % {"row": where.row})
    if where.column and where.letter:
        parts.append(
            _("column %(letter)s “%(column)s”") % {"letter": where.letter, "column": where.column}
        )
    elif where.column:
        parts.append(_("column “%(column)s”") % {"column": where.column})
    said = ", ".join(parts)
    return f"{said[:1].upper()}{said[1:]}"


def placed(fault: Fault) -> Refusal:
    """The refusal with its place in words."""
    return Refusal(fault.why.code, place=place(fault.where), **dict(fault.why.facts))
