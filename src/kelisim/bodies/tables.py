"""Bodies as the page shows them: their places by name, tags in words, a map of counts."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from kelisim.bodies.models import Body
from kelisim.bodies.queries.directory import Known, Row
from kelisim.bodies.queries.pages import House
from kelisim.bodies.states import TagKind
from kelisim.bodies.trees.record import Facts, Offer
from kelisim.pages.languages import Spoken
from kelisim.pages.templatetags.kelisim import figure
from kelisim.territory.maps import State, Words, tile_map
from kelisim.territory.models import Unit
from kelisim.territory.queries import names
from kelisim.territory.tables import Shown

FEW, SOME = 1 / 3, 2 / 3


@dataclass(frozen=True, slots=True)
class Place:
    """A territory by name, and the region that it lies in."""

    name: Spoken
    region: Spoken | None
    href: str


def places(units: Iterable[Unit | None], on: date, language: str) -> dict[int, Place]:
    """Where bodies are, by the number of their unit; one query. Its parent must be read."""
    there = {unit.pk: unit for unit in units if unit is not None}
    katos = {unit.kato for unit in there.values()}
    katos |= {unit.parent.kato for unit in there.values() if unit.parent}
    called = names(katos, on, language)
    return {
        pk: Place(
            called[unit.kato].full,
            called[unit.parent.kato].short if unit.parent and unit.parent.kato in called else None,
            reverse("territory:unit", args=[unit.kato]),
        )
        for pk, unit in there.items()
        if unit.kato in called
    }


@dataclass(frozen=True, slots=True)
class Listed:
    """An association in a list, in words."""

    row: Row
    place: Place | None
    communities: Sequence[Mapping[str, str]]
    languages: Sequence[Mapping[str, str]]


def words_of(known: Known, kind: TagKind, keys: Iterable[str]) -> list[Mapping[str, str]]:
    """Tags in words; one that is no longer known is left out."""
    tags = known.tags.get(kind, {})
    return [tags[key] for key in keys if key in tags]


def listed(rows: Sequence[Row], known: Known, on: date, language: str) -> list[Listed]:
    """Rows of the register in words; one query."""
    there = places((row.body.unit for row in rows), on, language)
    return [
        Listed(
            row,
            there.get(row.body.unit_id or 0),
            words_of(known, TagKind.COMMUNITY, row.communities),
            words_of(known, TagKind.LANGUAGE, row.languages),
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class Offered:
    """What is offered, with its language in words."""

    offer: Offer
    language: Mapping[str, str] | None

    @property
    def words(self) -> str:
        return str(self.offer.kind.label)


@dataclass(frozen=True, slots=True)
class Entry:
    """An association in the booklet, with all that is public of it."""

    body: Body
    facts: Facts
    place: Place | None
    communities: Sequence[Mapping[str, str]]
    languages: Sequence[Mapping[str, str]]
    activities: Sequence[Mapping[str, str]]
    offers: Sequence[Offered]


def entry(body: Body, facts: Facts, place: Place | None, known: Known) -> Entry:
    """A record in words."""
    languages = known.tags.get(TagKind.LANGUAGE, {})
    return Entry(
        body,
        facts,
        place,
        words_of(known, TagKind.COMMUNITY, facts.communities),
        words_of(known, TagKind.LANGUAGE, facts.languages),
        words_of(known, TagKind.ACTIVITY, facts.activities),
        [Offered(offer, languages.get(offer.language)) for offer in facts.offers],
    )


@dataclass(frozen=True, slots=True)
class Lodging:
    """A house in a list, with where it is."""

    house: House
    place: Place | None


def lodgings(houses: Sequence[House], on: date, language: str) -> list[Lodging]:
    """Houses with the names of their places; one query."""
    there = places((house.body.unit for house in houses), on, language)
    return [Lodging(house, there.get(house.body.unit_id or 0)) for house in houses]


def counted_map(
    rows: Sequence[Shown],
    counts: Mapping[str, int],
    href: Callable[[str], str],
    title: str,
) -> SafeString | str:
    """Regions with how many are in each; each square leads to those."""
    if not rows:
        return ""
    most = max(counts.values(), default=0)
    marks = [
        replace(
            row.mark,
            href=href(row.unit.kato),
            note=figure(counts.get(row.unit.kato, 0)),
            state=density(counts.get(row.unit.kato, 0), most),
        )
        for row in rows
    ]
    told = gettext("Each square is a region with its number; it leads to them.")
    return tile_map(marks, Words(title, told))


def density(number: int, most: int) -> State:
    """How much of the most a region has."""
    if not number:
        return State.PLAIN
    part = number / most
    return State.FEW if part <= FEW else State.SOME if part <= SOME else State.MANY
