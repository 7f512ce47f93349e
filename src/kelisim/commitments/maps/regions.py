"""What became of a commitment in the regions to which it was handed down."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kelisim.commitments.states import Status
from kelisim.territory import queries
from kelisim.territory.maps import Mark, State, Words, tile_map
from kelisim.territory.tables import shown

if TYPE_CHECKING:
    from kelisim.commitments.models import Commitment

PATTERNS = {
    Status.NOT_STARTED: State.PLAIN,
    Status.UNDER_WAY: State.FEW,
    Status.AT_RISK: State.SOME,
    Status.OVERDUE: State.SOME,
    Status.DONE: State.MANY,
    Status.DONE_LATE: State.MANY,
    Status.CANCELLED: State.UNKNOWN,
}
"""How far it has come, as a pattern; the word stands in every square."""


def regional(children: Iterable["Commitment"], on: date, language: str) -> SafeString:
    """The regions of a day, each with its own commitment's status; two queries.

    Empty where no child belongs to a region. A region without one is as visible as any other.
    """
    mine = {child.unit.kato: child for child in children if child.unit}
    if not mine:
        return SafeString("")
    marks = []
    for row in shown(queries.regions(on), on, language):
        child = mine.get(row.unit.kato)
        status = Status(child.status) if child else None
        marks.append(
            Mark(
                name=row.called.short.text,
                full=row.called.full.text,
                href=reverse("commitments:commitment", args=[child.pk]) if child else "",
                state=PATTERNS[status] if status else State.UNKNOWN,
                note=str(status.label) if status else "—",
                column=row.unit.column or 0,
                row=row.unit.row or 0,
            )
        )
    words = Words(
        _("The regions’ own commitments"),
        _("Each region is a link to its own; the table below says the same."),
        "regions",
    )
    return tile_map(marks, words) if marks else SafeString("")
