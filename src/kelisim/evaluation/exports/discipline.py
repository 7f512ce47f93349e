"""Executive discipline of a quarter as a table."""

from django.utils.translation import gettext as _

from kelisim.evaluation.exports.tables import Cell, separated, workbook
from kelisim.evaluation.queries.discipline import FIGURES, Discipline, Row
from kelisim.evaluation.words import FIGURES as CALLED
from kelisim.pages.templatetags.kelisim import plainly


def headings() -> list[str]:
    return [_("Body"), *(str(CALLED[name]) for name in FIGURES), _("In time, of those decided on")]


def cells(row: Row) -> list[Cell]:
    share = None if row.share is None else round(row.share, 4)
    name = plainly(row.body.name) if row.body else _("All")
    return [name, *(row.figures[each] for each in FIGURES), share]


def write(found: Discipline, form: str) -> bytes:
    """`csv` or `xlsx`, the sum in the last row."""
    rows = [cells(row) for row in (*found.rows, found.total)]
    if form == "csv":
        return separated(headings(), rows)
    return workbook(str(found.quarter), headings(), rows)
