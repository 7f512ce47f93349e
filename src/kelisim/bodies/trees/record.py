"""An association's record as values: what a form, a table and an API read and write alike.

`Facts` is one record; `FIELDS` names its parts as the register keeps them, each with a source, a
day and a state. Nothing here knows the database.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any

from kelisim.bodies.states import Level, OfferingKind

type Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Offer:
    """A Sunday school, a course, a collective or a room; `language` is the key of a tag."""

    kind: OfferingKind
    name: Words
    language: str = ""
    place: Words = field(default_factory=dict)
    seats: int | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What the register knows of an association.

    `unit` is the KATO code of its district or region (none: the whole country); `parent` the slug
    of the association that it is a branch of; `communities`, `languages`, `activities` are keys
    of tags in alphabetical order; `members` maps years to counts.
    """

    name: Words
    short: Words = field(default_factory=dict)
    level: Level = Level.LOCAL
    legal_form: Words = field(default_factory=dict)
    bin: str = ""
    justice: bool = False
    record_number: str = ""
    recorded_on: date | None = None
    recorded_where: Words = field(default_factory=dict)
    parent: str = ""
    unit: str = ""
    communities: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()
    offers: tuple[Offer, ...] = ()
    address: Words = field(default_factory=dict)
    phone: str = ""
    email: str = ""
    site: str = ""
    office_phone: str = ""
    office_email: str = ""
    leader: str = ""
    leader_since: date | None = None
    members: Mapping[int, int] = field(default_factory=dict)


FIELDS: dict[str, tuple[str, ...]] = {
    "name": ("name", "short"),
    "level": ("level",),
    "legal_form": ("legal_form",),
    "bin": ("bin",),
    "registration": ("justice", "record_number", "recorded_on", "recorded_where"),
    "parent": ("parent",),
    "territory": ("unit",),
    "communities": ("communities",),
    "languages": ("languages",),
    "activities": ("activities",),
    "offerings": ("offers",),
    "contacts": ("address", "phone", "email", "site"),
    "office": ("office_phone", "office_email"),
    "leader": ("leader", "leader_since"),
    "members": ("members",),
}
"""Each fact of the register, and the values that it is made of."""

FACT_OF = {value: fact for fact, values in FIELDS.items() for value in values}


def changed(was: Facts, becomes: Facts) -> list[str]:
    """The facts (keys of FIELDS) in which two records differ, in order."""
    different = {
        FACT_OF[each.name]
        for each in fields(Facts)
        if getattr(was, each.name) != getattr(becomes, each.name)
    }
    return [name for name in FIELDS if name in different]


def plain(facts: Facts) -> dict[str, Any]:
    """As JSON can hold it."""
    found: dict[str, Any] = {each.name: getattr(facts, each.name) for each in fields(Facts)}
    found["level"] = facts.level.value
    for name in ("recorded_on", "leader_since"):
        day = found[name]
        found[name] = day.isoformat() if day else ""
    for name in ("communities", "languages", "activities"):
        found[name] = list(found[name])
    found["members"] = {str(year): count for year, count in sorted(facts.members.items())}
    found["offers"] = [
        {
            "kind": offer.kind.value,
            "name": dict(offer.name),
            "language": offer.language,
            "place": dict(offer.place),
            "seats": offer.seats,
        }
        for offer in facts.offers
    ]
    return found


def read(values: Mapping[str, Any], onto: Facts | None = None) -> Facts:
    """The record that `plain` wrote; names that are missing are taken from `onto`."""
    read_values = {name: read_value(name, value) for name, value in values.items()}
    return replace(onto, **read_values) if onto else Facts(**read_values)


def read_value(name: str, value: Any) -> Any:
    if name == "level":
        return Level(value)
    if name in {"recorded_on", "leader_since"}:
        return date.fromisoformat(value) if value else None
    if name in {"communities", "languages", "activities"}:
        return tuple(value)
    if name == "members":
        return {int(year): count for year, count in value.items()}
    if name == "offers":
        return tuple(Offer(**{**offer, "kind": OfferingKind(offer["kind"])}) for offer in value)
    return value
