"""What records refer to, read once for any number of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from kelisim.bodies.models import Association, Body, Kind, Tag
from kelisim.bodies.rules import record as rules
from kelisim.bodies.trees.record import Facts
from kelisim.refusals import Refusal
from kelisim.territory.models import Unit
from kelisim.territory.queries import on_day


@dataclass(frozen=True, slots=True)
class Known:
    """What records refer to, read once for any number of them; five queries."""

    on: date
    units: Mapping[str, Unit]
    tags: Mapping[tuple[str, str], Tag]
    parents: dict[str, Body]
    bins: dict[str, int]
    kinds: Mapping[str, Kind]
    keys: Mapping[str, frozenset[str]] = field(default_factory=dict)


def known(on: date) -> Known:
    tags = {(tag.kind, tag.key): tag for tag in Tag.objects.all()}
    bodies = Body.objects.filter(association__isnull=False, merged_into=None)
    return Known(
        on=on,
        units={unit.kato: unit for unit in on_day(Unit.objects.select_related("parent"), on)},
        tags=tags,
        parents={body.slug: body for body in bodies.select_related("unit__parent")},
        bins=dict(Association.objects.exclude(bin="").values_list("bin", "pk")),
        kinds={kind.key: kind for kind in Kind.objects.filter(registered=True)},
        keys={
            kind: frozenset(key for of, key in tags if of == kind)
            for kind in ("community", "language", "activity")
        },
    )


def problems(facts: Facts, there: Known, *, own: int | None = None) -> list[Refusal]:
    """Everything wrong with a record, asked of what is known."""
    return rules.problems(
        facts,
        on=there.on,
        units=there.units,
        tags=there.keys,
        parents=there.parents,
        bins=there.bins,
        own=own,
    )
