"""Load the facts of the territory, and its outlines."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from kelisim.ledger.actions import record
from kelisim.ledger.mandates import Mandate
from kelisim.refusals import Refusal, Refused
from kelisim.territory.models import Lineage, Name, Shape, Unit, UnitKind

OPERATOR = Mandate("territory.operator", "operator of the server")
KNOWN_ON = date(2024, 1, 1)
Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Facts:
    """The rows of the four tables of facts."""

    regions: Sequence[Row]
    names: Sequence[Row]
    lineage: Sequence[Row]
    districts: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Drawing:
    """An outline for a code, in the map's units."""

    kato: str
    path: str
    x: float
    y: float


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@transaction.atomic
def load_facts(facts: Facts, *, at: datetime) -> int:
    """Bring units, names and lineage up to date; says how many rows changed.

    Loading the same facts again changes nothing and records nothing.
    """
    changed = sum(
        (load_regions(facts.regions), load_names(facts.names), load_districts(facts.districts))
    )
    changed += load_lineage(facts.lineage)
    first = Unit.objects.order_by("pk").first()
    if changed and first:
        record(
            "territory.facts_loaded",
            subject=first,
            by=None,
            mandate=OPERATOR,
            after={"rows": changed},
            at=at,
        )
    return changed


def put(model: type[Unit | Name], known: dict[str, object], now: dict[str, object]) -> bool:
    """A row as it should be; whether anything had to be written."""
    found, made = model._default_manager.get_or_create(**known, defaults=now)  # noqa: SLF001
    if made:
        return True
    if all(getattr(found, field) == value for field, value in now.items()):
        return False
    for field, value in now.items():
        setattr(found, field, value)
    found.save()
    return True


def load_regions(rows: Iterable[Row]) -> int:
    return sum(
        put(
            Unit,
            {"kato": row["kato"], "exists_from": day(row["exists_from"])},
            {
                "kind": row["kind"],
                "exists_to": day(row["exists_to"]),
                "column": int(row["column"]),
                "row": int(row["row"]),
            },
        )
        for row in rows
    )


def load_names(rows: Iterable[Row]) -> int:
    return sum(
        put(
            Name,
            {"kato": row["kato"], "used_from": day(row["from"])},
            {
                "used_to": day(row["to"]),
                "words": {code: row[code] for code in ("kk", "ru", "en")},
                "full": {code: row[f"{code}_full"] for code in ("kk", "ru", "en")},
            },
        )
        for row in rows
    )


def load_districts(rows: Iterable[Row]) -> int:
    """Districts stand under the region that existed on the day for which they are known."""
    rows = list(rows)
    above = {
        unit.kato: unit
        for unit in Unit.objects.exclude(kind=UnitKind.DISTRICT)
        if unit.existed(KNOWN_ON)
    }
    known = set(Unit.objects.filter(kind=UnitKind.DISTRICT).values_list("kato", flat=True))
    new = [row for row in rows if row["kato"] not in known]
    Unit.objects.bulk_create(
        [
            Unit(
                kato=row["kato"],
                kind=UnitKind.DISTRICT,
                parent=above[row["region"]],
                known_on=KNOWN_ON,
            )
            for row in new
        ]
    )
    Name.objects.bulk_create(
        [
            Name(kato=row["kato"], words={code: row[code] for code in ("kk", "ru", "en")})
            for row in new
        ]
    )
    return len(new)


def load_lineage(rows: Iterable[Row]) -> int:
    """Each row joins the unit that ended on a day to one that began on it."""
    changed = 0
    for row in rows:
        on = date.fromisoformat(row["on"])
        _lineage, made = Lineage.objects.get_or_create(
            old=Unit.objects.get(kato=row["old"], exists_to=on),
            new=Unit.objects.get(kato=row["new"], exists_from=on),
            defaults={"on": on, "act": row["act"]},
        )
        changed += made
    return changed


@transaction.atomic
def load_geometry(drawings: Sequence[Drawing], *, on: date, at: datetime) -> int:
    """Give units their outlines, all or none. Raises Refused naming every unknown code."""
    codes = {drawing.kato for drawing in drawings}
    units = {unit.kato: unit for unit in Unit.objects.filter(kato__in=codes) if unit.existed(on)}
    unknown = [
        Refusal("territory.unknown_code", place=f"features[{n}]", kato=drawing.kato)
        for n, drawing in enumerate(drawings, 1)
        if drawing.kato not in units
    ]
    if unknown:
        raise Refused(*unknown)
    for drawing in drawings:
        Shape.objects.update_or_create(
            unit=units[drawing.kato],
            defaults={"path": drawing.path, "x": drawing.x, "y": drawing.y},
        )
    record(
        "territory.geometry_loaded",
        subject=units[drawings[0].kato],
        by=None,
        mandate=OPERATOR,
        after={"outlines": len(drawings)},
        at=at,
    )
    return len(drawings)
