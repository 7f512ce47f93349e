"""The columns of an exported register: heading, width, and what stands in each cell."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import override

from kelisim.bodies.queries.table import Words
from kelisim.bodies.trees.matching import Record
from kelisim.bodies.trees.notation import escaped
from kelisim.bodies.trees.numbers import band
from kelisim.bodies.trees.record import Facts, Offer
from kelisim.bodies.trees.spelling import facts as spellings
from kelisim.bodies.trees.table import TAGS, TONGUES

type Value = str | int | date | None
NARROW, MIDDLE, WIDE = 12, 20, 40


@dataclass(frozen=True, slots=True)
class Column:
    """One column of an export."""

    heading: str
    width: int
    value: Callable[[Record], Value]


def title(language: str) -> str:
    """What the sheet is called."""
    with override(language):
        return _("Register of associations")


def heading(column: str, language: str) -> str:
    said: str = spellings()["columns"][column][language][0]
    return said


def first(of: str, language: str) -> str:
    """The word of an export for a value."""
    said: str = spellings()["values"][of][language][0]
    return said


@dataclass(frozen=True, slots=True)
class Made:
    """Makes columns in one language."""

    words: Words
    language: str

    def plain(self, name: str, width: int = MIDDLE) -> Column:
        def value(record: Record) -> Value:
            found: Value = getattr(record.facts, name)
            return found

        return Column(heading(name, self.language), width, value)

    def spoken(self, name: str, width: int = MIDDLE) -> list[Column]:
        """Words in three languages, a column for each."""
        marks: Mapping[str, str] = spellings()["marks"][self.language]

        def reads(tongue: str) -> Callable[[Record], Value]:
            return lambda record: getattr(record.facts, name).get(tongue, "")

        return [
            Column(f"{heading(name, self.language)} ({marks[tongue]})", width, reads(tongue))
            for tongue in TONGUES
        ]

    def told(self, name: str, width: int, say: Callable[[Facts], Value]) -> Column:
        return Column(heading(name, self.language), width, lambda record: say(record.facts))

    def tags(self, name: str) -> Column:
        kind = TAGS[name]

        def say(facts: Facts) -> str:
            return "; ".join(self.words.tags.get((kind, key), key) for key in getattr(facts, name))

        return self.told(name, MIDDLE, say)

    def place(self, facts: Facts, part: int) -> str:
        return self.words.places.get(facts.unit, ("", ""))[part]

    def offer(self, offer: Offer) -> str:
        """One offer in a line, as `readers.table.cells.offer` reads it."""
        language = self.words.tags.get(("language", offer.language), offer.language)
        parts = [
            first(offer.kind.value, self.language),
            *(offer.name.get(tongue, "") for tongue in TONGUES),
            language,
            *(offer.place.get(tongue, "") for tongue in TONGUES),
            "" if offer.seats is None else str(offer.seats),
        ]
        return " | ".join(escaped(part) for part in parts).rstrip()

    def known(self) -> list[Column]:
        """What stands in both exports, in order."""
        return [
            Column(heading("slug", self.language), MIDDLE, lambda record: record.slug),
            *self.spoken("name", WIDE),
            *self.spoken("short"),
            self.told("level", NARROW, lambda facts: first(facts.level.value, self.language)),
            *self.spoken("legal_form"),
            self.plain("bin", 14),
            self.told(
                "justice",
                NARROW,
                lambda facts: first("yes" if facts.justice else "no", self.language),
            ),
            self.plain("record_number"),
            self.plain("recorded_on", NARROW),
            *self.spoken("recorded_where"),
            self.plain("parent"),
            self.told("kato", NARROW, lambda facts: facts.unit),
            self.told("region", MIDDLE, lambda facts: self.place(facts, 0)),
            self.told("district", MIDDLE, lambda facts: self.place(facts, 1)),
            *(self.tags(name) for name in TAGS),
            self.told(
                "offers", WIDE, lambda facts: "\n".join(self.offer(one) for one in facts.offers)
            ),
            *self.spoken("address", WIDE),
            self.plain("phone"),
            self.plain("email"),
            self.plain("site"),
            self.plain("leader", WIDE),
        ]

    def members(self, year: int) -> Column:
        return Column(
            f"{heading('members', self.language)} {year}",
            NARROW,
            lambda record: record.facts.members.get(year),
        )


def office(records: Sequence[Record], words: Words, language: str) -> list[Column]:
    """Every fact; a column for each year in which anybody counted members."""
    made = Made(words, language)
    years = sorted({year for record in records for year in record.facts.members})
    return [
        *made.known(),
        made.plain("leader_since", NARROW),
        made.plain("office_phone"),
        made.plain("office_email"),
        *(made.members(year) for year in years),
    ]


def public(records: Sequence[Record], words: Words, language: str) -> list[Column]:
    """What everybody may see."""
    del records  # the columns are the same whatever is known
    made = Made(words, language)
    with override(language):
        members = Column(_("Members, band and year"), MIDDLE, banded)
    return [*made.known(), members]


def banded(record: Record) -> str:
    """The newest count of members as a band; a number never leaves the office."""
    if not record.facts.members:
        return ""
    year = max(record.facts.members)
    least, most = band(record.facts.members[year])
    return f"{least}–{most} ({year})" if most is not None else f"≥ {least} ({year})"
