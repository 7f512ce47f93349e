"""A table of the register as it was understood: rows, what each speaks of, what is wrong where.

A table speaks only of its columns. Of words it speaks in the languages of its columns, of members
in the years of its columns, of offers in the kinds of its columns; everything else stays.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from kelisim.bodies.states import OfferingKind
from kelisim.bodies.trees.record import FACT_OF, FIELDS, Facts, Offer
from kelisim.refusals import Refusal

WORDS = frozenset({"name", "short", "legal_form", "recorded_where", "address"})
TAGS: Mapping[str, str] = {
    "communities": "community",
    "languages": "language",
    "activities": "activity",
}
TONGUES = ("kk", "ru", "en")
LETTERS = 26


@dataclass(frozen=True, slots=True)
class Where:
    """A place in a table as its reader sees it: a row of 0 is the whole sheet, or the file."""

    sheet: str = ""
    row: int = 0
    column: str = ""
    letter: str = ""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong (or only to be known) and where."""

    where: Where
    why: Refusal

    @property
    def why_alone(self) -> Refusal:
        """The reason without the place that its rule named."""
        facts: dict[str, Any] = dict(self.why.facts)
        return Refusal(self.why.code, **facts)


@dataclass(frozen=True, slots=True)
class Row:
    """What one row says of an association.

    `values` by the names of Facts: of `name` and other words {language: text}, of `members`
    {year: count or None}, of `offers` all of them or {kind: offers}, of `parent` whatever stands
    there.
    `columns` says in which column each value stood; `whole`: it tells of every year there is.
    """

    where: Where
    key: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    columns: Mapping[str, Where] = field(default_factory=dict)
    whole: bool = False

    @property
    def speaks_of(self) -> list[str]:
        """The facts (keys of FIELDS) that the row says something of."""
        said = {FACT_OF[name] for name in self.values}
        return [name for name in FIELDS if name in said]

    def place(self, name: str) -> Where:
        """Where a value stood; the row itself when no column is about it."""
        return self.columns.get(name, self.where)


@dataclass(frozen=True, slots=True)
class Table:
    """Every row that was read, every fault, and what is to be known (`notes`)."""

    rows: tuple[Row, ...] = ()
    faults: tuple[Fault, ...] = ()
    notes: tuple[Fault, ...] = ()


def onto(row: Row, was: Facts | None) -> Facts:
    """The record that comes of a row: what it does not speak of stays as it was."""
    base = was or Facts(name={})
    values: dict[str, Any] = {}
    for name, said in row.values.items():
        if name in WORDS:
            values[name] = laid(getattr(base, name), said)
        elif name == "members":
            counts = said if row.whole else {**base.members, **said}
            values[name] = {year: n for year, n in sorted(counts.items()) if n is not None}
        elif name == "offers":
            values[name] = offered(base.offers, said)
        elif said or name not in LED:
            values[name] = said
    return led(base, replace(base, **values), told="leader_since" in values)


LED = frozenset({"leader", "leader_since"})


def led(was: Facts, becomes: Facts, *, told: bool) -> Facts:
    """Nobody ceases to lead by an empty cell; and the first day of one is not another's."""
    if not becomes.leader:
        return replace(becomes, leader_since=None)
    if becomes.leader != was.leader and not told:
        return replace(becomes, leader_since=None)
    return becomes


def laid(was: Mapping[str, str], said: Mapping[str, str]) -> dict[str, str]:
    """Words with those of some languages replaced; an empty text takes a language away."""
    return {tongue: text for tongue, text in {**was, **said}.items() if text}


type Offered = tuple[Offer, ...] | Mapping[OfferingKind, tuple[Offer, ...] | bool]


def offered(was: tuple[Offer, ...], said: Offered) -> tuple[Offer, ...]:
    """Offers of the kinds that are spoken of; one that is known by its name keeps what is known.

    `True`: there is one, and no more is said; what is known of that kind stays.
    """
    if isinstance(said, tuple):
        return said
    found = [offer for offer in was if offer.kind not in said]
    for kind, offers in said.items():
        known = [offer for offer in was if offer.kind is kind]
        if isinstance(offers, bool):
            found += known or ([Offer(kind, {})] if offers else [])
        else:
            found += [recognised(offer, known) for offer in offers]
    order = {offer: place for place, offer in enumerate(map(identity, was))}
    return tuple(sorted(found, key=lambda offer: order.get(identity(offer), len(order))))


def identity(offer: Offer) -> tuple[object, ...]:
    words = (tuple(sorted(offer.name.items())), tuple(sorted(offer.place.items())))
    return (offer.kind, *words, offer.language, offer.seats)


def recognised(offer: Offer, known: list[Offer]) -> Offer:
    """The known offer of that very name, when a table gives no more than the name."""
    if offer.language or offer.place or offer.seats is not None:
        return offer
    names = set(offer.name.values())
    return next((one for one in known if names & set(one.name.values())), offer)


def letter_of(index: int) -> str:
    """The letter of a column as a spreadsheet counts them: 0 is A, 26 is AA."""
    found = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, LETTERS)
        found = chr(ord("A") + rest) + found
    return found
