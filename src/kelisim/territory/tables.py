"""Units as the page shows them: their names on the day, their place on the map."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.urls import reverse

from kelisim.pages.languages import spoken
from kelisim.pages.templatetags.kelisim import act_cited
from kelisim.territory import queries
from kelisim.territory.maps import Mark
from kelisim.territory.models import Lineage, Shape, Unit


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
    return shown_then([(unit, on) for unit in units], language)


def shown_then(asked: Sequence[tuple[Unit, date]], language: str) -> list[Shown]:
    """Units, each as it was called on its own day; one query."""
    called = queries.naming(((unit.kato, on) for unit, on in asked), language)
    return [
        Shown(
            unit,
            called[unit.kato, on],
            f"{reverse('territory:unit', args=[unit.kato])}?on={on}",
        )
        for unit, on in asked
        if (unit.kato, on) in called
    ]


@dataclass(frozen=True, slots=True)
class Descent:
    """What a unit became on a day, each as it was called then, and the act that said so."""

    on: date
    old: Shown
    new: list[Shown]
    act: str


def descent(edges: Sequence[Lineage], language: str) -> list[Descent]:
    """Lineage in words, a line for each unit that ended; one query."""
    ends = [
        (unit, on)
        for edge in edges
        for unit, on in ((edge.old, edge.on - timedelta(days=1)), (edge.new, edge.on))
    ]
    rows = {row.unit.pk: row for row in shown_then(ends, language)}
    told = []
    for old, group in groupby(edges, key=lambda edge: edge.old_id):
        family = list(group)
        news = [rows[edge.new_id] for edge in family]
        told.append(Descent(family[0].on, rows[old], news, act_of(family[0], language)))
    return told


def act_of(edge: Lineage, language: str) -> str:
    """The act as the reader's language cites it."""
    if not edge.act_signed:
        return ""
    return act_cited(spoken(edge.act_kind, language).text, edge.act_number, edge.act_signed)


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
