"""Units as the page shows them: their names on the day, their place on the map."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from kelisim.territory import queries
from kelisim.territory.maps import Mark
from kelisim.territory.models import Shape, Unit


@dataclass(frozen=True, slots=True)
class Shown:
    """A unit and what it was called on the day."""

    unit: Unit
    called: queries.Called
    href: str

    @property
    def mark(self) -> Mark:
        return Mark(
            name=self.called.short.text,
            full=self.called.full.text,
            href=self.href,
            column=self.unit.column or 0,
            row=self.unit.row or 0,
        )


def shown(units: Sequence[Unit], on: date, language: str) -> list[Shown]:
    """Units with their names; one query."""
    called = queries.names((unit.kato for unit in units), on, language)
    return [
        Shown(unit, called[unit.kato], f"{reverse('territory:unit', args=[unit.kato])}?on={on}")
        for unit in units
        if unit.kato in called
    ]


def outlined(rows: Sequence[Shown]) -> list[Mark]:
    """Marks with their outlines, where every region of the day has one; one query."""
    shapes = {s.unit_id: s for s in Shape.objects.filter(unit__in=[row.unit.pk for row in rows])}
    if len(shapes) < len(rows):
        return []
    return [
        Mark(
            name=row.called.short.text,
            full=row.called.full.text,
            href=row.href,
            path=shapes[row.unit.pk].path,
            x=shapes[row.unit.pk].x,
            y=shapes[row.unit.pk].y,
        )
        for row in rows
    ]
