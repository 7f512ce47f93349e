"""Load the facts of the territory, and its outlines."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Manager

from kelisim.ledger.actions import record
from kelisim.ledger.mandates import Mandate
from kelisim.refusals import Refusal, Refused, require
from kelisim.territory import rules
from kelisim.territory.models import Lineage, Name, Shape, Unit, UnitKind

OPERATOR = Mandate("territory.operator", "operator of the server")
LANGUAGES = ("kk", "ru", "en")
Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Facts:
    """The rows of the five tables of facts."""

    regions: Sequence[Row]
    names: Sequence[Row]
    lineage: Sequence[Row]
    acts: Sequence[Row]
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
    changed = load_regions(facts.regions)
    changed += load_names([*facts.names, *facts.districts])
    changed += load_districts(facts.districts)
    changed += load_lineage(facts.lineage, facts.acts)
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


type Key = tuple[str, date | None]


def put[Fact: (Unit, Name, Lineage)](
    rows: Manager[Fact], known: Mapping[Any, Fact], wanted: Mapping[Any, Fact], *fields: str
) -> int:
    """Make what is missing and mend what differs, each in one statement; how many rows."""
    new, changed = [], []
    for key, fact in wanted.items():
        found = known.get(key)
        if found is None:
            new.append(fact)
        elif any(getattr(found, field) != getattr(fact, field) for field in fields):
            fact.pk = found.pk
            changed.append(fact)
    rows.bulk_create(new)
    rows.bulk_update(changed, fields)
    return len(new) + len(changed)


def load_regions(rows: Iterable[Row]) -> int:
    wanted: dict[Key, Unit] = {
        (row["kato"], day(row["exists_from"])): Unit(
            kato=row["kato"],
            kind=row["kind"],
            exists_from=day(row["exists_from"]),
            exists_to=day(row["exists_to"]),
            known_on=day(row["known_on"]),
            column=int(row["column"]),
            row=int(row["row"]),
        )
        for row in rows
    }
    known = {(unit.kato, unit.exists_from): unit for unit in Unit.objects.all()}
    return put(Unit.objects, known, wanted, "kind", "exists_to", "known_on", "column", "row")


def load_names(rows: Iterable[Row]) -> int:
    """Names of regions have their days; those of districts hold until another is known."""
    wanted: dict[Key, Name] = {
        (row["kato"], day(row.get("from", ""))): Name(
            kato=row["kato"],
            used_from=day(row.get("from", "")),
            used_to=day(row.get("to", "")),
            words={code: row[code] for code in LANGUAGES},
            full={code: row[f"{code}_full"] for code in LANGUAGES},
        )
        for row in rows
    }
    known = {(name.kato, name.used_from): name for name in Name.objects.all()}
    return put(Name.objects, known, wanted, "used_to", "words", "full")


def load_districts(rows: Iterable[Row]) -> int:
    """Districts stand under the region that existed on the day for which they are known."""
    above: defaultdict[str, list[Unit]] = defaultdict(list)
    for unit in Unit.objects.exclude(kind=UnitKind.DISTRICT):
        above[unit.kato].append(unit)
    wanted = {}
    for row in rows:
        known_on = date.fromisoformat(row["known_on"])
        parent = next(unit for unit in above[row["region"]] if unit.existed(known_on))
        wanted[row["kato"]] = Unit(
            kato=row["kato"], kind=UnitKind.DISTRICT, parent=parent, known_on=known_on
        )
    known = {unit.kato: unit for unit in Unit.objects.filter(kind=UnitKind.DISTRICT)}
    return put(Unit.objects, known, wanted, "known_on", "parent_id")


def load_lineage(rows: Iterable[Row], acts: Iterable[Row]) -> int:
    """Each row joins the unit that ended on a day to one that began on it. Raises Refused."""
    by_number = {act["number"]: act for act in acts}
    ended = {(unit.kato, unit.exists_to): unit for unit in Unit.objects.all()}
    begun = {(unit.kato, unit.exists_from): unit for unit in Unit.objects.all()}
    wanted, refusals = {}, []
    for number, row in enumerate(rows, 1):
        on, act = date.fromisoformat(row["on"]), by_number[row["act"]]
        old, new = ended.get((row["old"], on)), begun.get((row["new"], on))
        if not old or not new:
            refusals.append(rules.may_descend(None, on, None, place=f"lineage[{number}]"))
            continue
        wanted[old.pk, new.pk] = Lineage(
            old=old,
            new=new,
            on=on,
            act_kind={code: act[code] for code in LANGUAGES},
            act_number=act["number"],
            act_signed=day(act["signed"]),
        )
    require(*refusals)
    known = {(edge.old_id, edge.new_id): edge for edge in Lineage.objects.all()}
    return put(Lineage.objects, known, wanted, "on", "act_kind", "act_number", "act_signed")


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
