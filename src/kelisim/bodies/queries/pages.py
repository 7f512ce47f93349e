"""Everything that the page of one body shows, in a fixed number of queries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from kelisim.bodies.models import (
    Accreditation,
    Association,
    Body,
    Fact,
    FormerName,
    Kind,
    Mandate,
    Offering,
    Yearly,
)
from kelisim.bodies.queries.composition import Sitting, composition, history
from kelisim.bodies.queries.directory import Known, known_tags
from kelisim.bodies.queries.record import facts_of
from kelisim.bodies.queries.tree import Group, Node, grouped, names_on, standing
from kelisim.bodies.states import FactState, OfferingKind
from kelisim.bodies.trees.numbers import band
from kelisim.bodies.trees.record import FIELDS, Facts
from kelisim.territory.models import Unit

OFFICE = "office"
WORDS = {
    "name": _("Names"),
    "level": _("Level"),
    "legal_form": _("Legal form"),
    "bin": _("BIN"),
    "registration": _("Registration"),
    "parent": _("Branch of"),
    "territory": _("Territory"),
    "communities": _("Communities whose culture it keeps"),
    "languages": _("Languages taught"),
    "activities": _("Activities"),
    "offerings": _("Schools, courses, collectives"),
    "contacts": _("Contacts"),
    OFFICE: _("Contacts for the office"),
    "leader": _("Leader"),
    "members": _("Members, by year"),
}
UNDER = 200
"""So many bodies under one are named on its page; of more, the number beyond is told."""
RECENT = 10


def body(slug: str) -> Body | None:
    """The body at an address; one query."""
    return (
        Body.objects.select_related("kind", "unit__parent", "parent", "merged_into")
        .filter(slug=slug)
        .first()
    )


def remaining(double: Body) -> Body:
    """What a merged body became, however often that was merged again."""
    seen = {double.pk}
    while double.merged_into and double.merged_into_id not in seen:
        double = double.merged_into
        seen.add(double.pk)
    return double


@dataclass(frozen=True, slots=True)
class Line:
    """A fact of a record as everybody may see it."""

    key: str
    fact: Fact | None
    state: FactState | None
    told: bool
    """Whether the record says anything of it."""

    @property
    def words(self) -> str:
        return str(WORDS[self.key])


@dataclass(frozen=True, slots=True)
class Record:
    """A record as everybody may see it: no contacts of the office, bands of members."""

    association: Association
    facts: Facts
    lines: Sequence[Line]
    bands: Sequence[tuple[int, tuple[int, int | None]]]
    accreditations: Sequence[Accreditation]
    yearly: Sequence[Yearly]
    known: Known


@dataclass(frozen=True, slots=True)
class Page:
    """A body on a day."""

    body: Body
    on: date
    name: Mapping[str, str]
    existed: bool
    former: Sequence[FormerName]
    under: Sequence[Group]
    beyond: int
    sittings: Sequence[Sitting]
    past: Sequence[Mandate]
    offerings: Sequence[Offering]
    record: Record | None

    @property
    def recent(self) -> Sequence[Mandate]:
        return self.past[:RECENT]

    @property
    def more_past(self) -> bool:
        return len(self.past) > RECENT

    @property
    def rooms(self) -> list[Offering]:
        return [offer for offer in self.offerings if offer.kind == OfferingKind.ROOM]


def page(found: Body, on: date, today: date, language: str) -> Page:
    """A body on a day; its record, if it has one, is today's."""
    former = list(FormerName.objects.filter(body=found).order_by("until", "pk"))
    below = standing(Body.objects.filter(parent=found), on)
    children = list(below.order_by(f"order_{language}", "pk")[:UNDER])
    beyond = below.count() - len(children)
    names = names_on([found, *children], on)
    kinds = {kind.key: kind for kind in Kind.objects.all()}
    return Page(
        body=found,
        on=on,
        name=names[found.pk],
        existed=existed(found, on),
        former=former,
        under=grouped([Node(child, names[child.pk]) for child in children], kinds),
        beyond=beyond,
        sittings=composition(found, on),
        past=history(found, today, limit=RECENT),
        offerings=list(Offering.objects.filter(body=found).select_related("language")),
        record=record(found, today) if found.kind.registered else None,
    )


def existed(found: Body, on: date) -> bool:
    """Whether a body is known to have existed on a day."""
    begun = found.founded_on is None or found.founded_on <= on
    return begun and (found.dissolved_on is None or found.dissolved_on > on)


def record(found: Body, on: date) -> Record | None:
    """What the register publishes of an association on a day."""
    association = (
        Association.objects.select_related("body__unit", "body__parent").filter(pk=found.pk).first()
    )
    if association is None:
        return None
    facts = facts_of([association], on)[association.pk]
    sure = {fact.field: fact for fact in Fact.objects.filter(association=association)}
    return Record(
        association=association,
        facts=facts,
        lines=[
            Line(key, sure.get(key), state(sure.get(key), on), says(facts, key))
            for key in FIELDS
            if key != OFFICE
        ],
        bands=[(year, band(count)) for year, count in sorted(facts.members.items(), reverse=True)],
        accreditations=list(Accreditation.objects.filter(association=association)),
        yearly=list(
            Yearly.objects.filter(association=association).defer("file").order_by("-year", "kind")
        ),
        known=known_tags(),
    )


def says(facts: Facts, key: str) -> bool:
    """Whether a record says anything of a fact; of its territory and level each does."""
    return key == "territory" or any(getattr(facts, value) for value in FIELDS[key])


def state(fact: Fact | None, on: date) -> FactState | None:
    """How sure a fact is on a day: one whose day has come is due, marked or not."""
    if fact is None:
        return None
    if fact.state == FactState.VERIFIED and fact.due_on and fact.due_on <= on:
        return FactState.DUE
    return FactState(fact.state)


@dataclass(frozen=True, slots=True)
class House:
    """A house with its rooms."""

    body: Body
    rooms: Sequence[Offering]


def houses(on: date, language: str) -> list[House]:
    """Houses of friendship, and other organisations that offer rooms; three queries."""
    rooms = Offering.objects.filter(kind=OfferingKind.ROOM, body__kind__registered=False)
    letting = rooms.values("body_id")
    bodies = standing(
        Body.objects.filter(kind="house") | Body.objects.filter(pk__in=letting), on
    ).select_related("kind", "unit__parent")
    found = list(bodies.order_by(f"order_{language}", "pk"))
    offered: dict[int, list[Offering]] = {one.pk: [] for one in found}
    for room in Offering.objects.filter(kind=OfferingKind.ROOM, body__in=offered).order_by("pk"):
        offered[room.body_id].append(room)
    return [House(one, offered[one.pk]) for one in found]


def region_of(unit: Unit | None) -> str:
    """The code of the region that a territory is or lies in; nothing for the whole country."""
    if unit is None:
        return ""
    return unit.parent.kato if unit.parent else unit.kato
