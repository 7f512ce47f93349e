"""Rows of a sheet to what they say of associations, each fault at its cell."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from kelisim.bodies.readers.table import cells
from kelisim.bodies.readers.table.files import Cell, Sheet
from kelisim.bodies.readers.table.layout import Column, Layout, again, layout, numbering
from kelisim.bodies.readers.table.places import Gazetteer
from kelisim.bodies.states import OfferingKind
from kelisim.bodies.trees.spelling import Heading, normal, tongue_of, words
from kelisim.bodies.trees.table import TAGS, WORDS, Fault, Row, Where
from kelisim.refusals import Refusal, Refused

PLACES = ("kato", "territory", "region", "district")
LOST = "?"
FEWEST_ROWS = 3
NOTE_WIDTH = 3


@dataclass(slots=True)
class Known:
    """What words may mean, made once for a file."""

    gazetteer: Gazetteer
    tags: dict[str, dict[str, str]]


@dataclass(slots=True)
class Reading:
    """What is read of one sheet so far."""

    sheet: Sheet
    known: Known
    region: str = ""
    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)
    noted: set[tuple[str, str]] = field(default_factory=set)

    def fault(self, where: Where, why: Refusal) -> None:
        self.faults.append(Fault(where, why))

    def note(self, where: Where, what: Refusal) -> None:
        """Something to be known; of each column and thing once."""
        key = (where.letter, f"{what.code}{dict(what.facts)}")
        if key not in self.noted:
            self.noted.add(key)
            self.notes.append(Fault(where, what))


def read_sheet(sheet: Sheet, known: Known) -> Reading:
    """Read a whole sheet: headings, rows, parts of the country, all that is left out."""
    reading = Reading(sheet, known)
    if not any(cell is not None for row in sheet.rows for cell in row):
        return reading
    if sheet.hidden:
        reading.note(Where(sheet.title), Refusal("bodies.sheet_hidden"))
        return reading
    found = layout(sheet)
    if found is None:
        without_headings(reading)
        return reading
    reading.region = known.gazetteer.region(sheet.title)
    headed(reading, found)
    index = found.below
    while index < len(sheet.rows):
        if new := again(sheet, index, found):
            if new.means() != found.means():
                headed(reading, new)
            found, index = new, new.below
            continue
        read_row(reading, found, index)
        index += 1
    return reading


def without_headings(reading: Reading) -> None:
    """A sheet with rows and no heading is a fault; one with a few words is only told."""
    sheet = reading.sheet
    full = sum(sum(cell is not None for cell in row) >= NOTE_WIDTH for row in sheet.rows)
    if full >= FEWEST_ROWS:
        reading.fault(Where(sheet.title), Refusal("bodies.sheet_no_headings"))
    else:
        reading.note(Where(sheet.title), Refusal("bodies.sheet_left_out"))


def headed(reading: Reading, found: Layout) -> None:
    """What is wrong with the headings themselves."""
    seen: dict[tuple[str, str, int | None], Column] = {}
    for column in found.columns:
        where = column.where(reading.sheet.title, found.first + 1)
        meaning = column.meaning
        if meaning is None:
            reading.note(where, Refusal("bodies.column_unknown"))
            continue
        if meaning.column == "members" and meaning.year is None:
            reading.fault(where, Refusal("bodies.members_no_year"))
        key = (meaning.column, meaning.tongue, meaning.year)
        if key in seen and meaning.column != "number":
            reading.fault(where, Refusal("bodies.column_twice", first=seen[key].words))
        seen.setdefault(key, column)


def read_row(reading: Reading, found: Layout, index: int) -> None:
    row = reading.sheet.rows[index]
    filled = [place for place, cell in enumerate(row) if cell is not None]
    if not filled or numbering(row) or total(row, filled):
        return
    if left_out(reading, found, index, filled):
        return
    where = Where(reading.sheet.title, index + 1)
    said = Saying(reading, where)
    for column in found.columns:
        if column.meaning and column.meaning.column != "number":
            value = row[column.index] if column.index < len(row) else None
            said.take(column, column.meaning, value)
    said.finish()
    reading.rows.append(Row(where, said.key, said.values, said.columns))


def total(row: Sequence[Cell], filled: Sequence[int]) -> bool:
    """Whether it is a sum of what stands above: its first words say so."""
    first = normal(cells.text(row[filled[0]]))
    return any(first == word or first.startswith(f"{word} ") for word in words("total"))


def left_out(reading: Reading, found: Layout, index: int, filled: Sequence[int]) -> bool:
    """A row of one cell is no record: it names a part of the country, or is a note."""
    if len(filled) != 1:
        return False
    said = cells.text(reading.sheet.rows[index][filled[0]])
    where = Where(reading.sheet.title, index + 1)
    if region := reading.known.gazetteer.region(said):
        reading.region = region
        return True
    merged = any(
        first[0] <= index <= last[0] and last[1] - first[1] + 1 >= NOTE_WIDTH
        for first, last in reading.sheet.merged
    )
    at = next((column for column in found.columns if column.index == filled[0]), None)
    of_record = at is not None and at.meaning is not None and at.meaning.column != "number"
    if of_record and not merged:
        return False
    reading.note(where, Refusal("bodies.row_left_out", said=said[:80]))
    return True


class Saying:
    """One row while it is read: each cell by its column, faults kept where they are."""

    def __init__(self, reading: Reading, where: Where) -> None:
        self.reading, self.where = reading, where
        self.key = ""
        self.values: dict[str, Any] = {}
        self.columns: dict[str, Where] = {}
        self.places: dict[str, tuple[Where, Cell]] = {}

    def take(self, column: Column, meaning: Heading, value: Cell) -> None:
        """Read one cell; what cannot be read is a fault at its place and says nothing."""
        where = column.where(self.where.sheet, self.where.row)
        if self.reading.sheet.lost_letters and isinstance(value, str) and lost(value):
            self.reading.fault(where, Refusal("bodies.cell_lost_letters", value=value[:60]))
            return
        if meaning.column in PLACES:
            self.places[meaning.column] = (where, value)
            return
        name = "offers" if meaning.column in set(OfferingKind) else meaning.column
        self.columns.setdefault(name, where)
        try:
            self.put(name, meaning, value)
        except Refused as refused:
            self.columns[name] = where
            for why in refused.refusals:
                self.reading.fault(where, why)

    def put(self, name: str, meaning: Heading, value: Cell) -> None:
        if name == "slug":
            self.key = cells.text(value)
        elif name in WORDS:
            said = cells.line(value, name)
            tongue = meaning.tongue or tongue_of(said, meaning.written_in)
            self.values.setdefault(name, {})[tongue] = said
        elif name == "members":
            if meaning.year is not None:
                self.values.setdefault(name, {})[meaning.year] = cells.count(value)
        elif name in TAGS:
            self.values[name] = cells.tags(value, self.reading.known.tags[TAGS[name]])
        elif meaning.column == "offers":
            self.values[name] = cells.offers(value, self.reading.known.tags["language"])
        elif name == "offers":
            self.offer(meaning, value)
        else:
            self.values[name] = SINGLE[name](value)

    def offer(self, meaning: Heading, value: Cell) -> None:
        kind = OfferingKind(meaning.column)
        tongue = meaning.tongue or tongue_of(cells.text(value), meaning.written_in)
        said = self.values.setdefault("offers", {})
        if isinstance(said, dict):  # a column of all offers says more than one of a kind
            said[kind] = cells.offers_of(value, kind, tongue)

    def finish(self) -> None:
        """The territory, from whichever of its columns the row fills."""
        if not self.places and not self.reading.region:
            return
        kato, within = "", self.reading.region
        shown = self.where
        for level in ("region", "district", "territory"):
            where, value = self.places.get(level, (self.where, None))
            if said := cells.text(value):
                try:
                    found = self.reading.known.gazetteer.find(
                        said,
                        within="" if level == "region" else kato or within,
                        level="" if level == "territory" else level,
                    )
                except Refused as refused:
                    self.columns["unit"] = where
                    for why in refused.refusals:
                        self.reading.fault(where, why)
                    return
                if found.old_name_of:
                    self.reading.note(
                        where, Refusal("bodies.place_old_name", name=said, now=found.old_name_of)
                    )
                kato, shown = found.kato, where
        self.coded(kato or within, shown)

    def coded(self, kato: str, shown: Where) -> None:
        """A code beside the names must say the same place."""
        where, value = self.places.get("kato", (shown, None))
        said = cells.text(value)
        if said and kato and kato not in {said, self.reading.region}:
            self.reading.fault(where, Refusal("bodies.place_disagrees", kato=said, name=kato))
        self.columns["unit"] = where if said or ("kato" in self.places and not kato) else shown
        self.values["unit"] = said or kato


def lost(said: str) -> bool:
    """Whether letters became question marks inside of words."""
    return any(
        LOST in word.strip(LOST) and any(sign.isalpha() for sign in word) for word in said.split()
    )


def single(name: str) -> Callable[[Cell], str]:
    return lambda value: "" if cells.is_nothing(cells.text(value)) else cells.line(value, name)


SINGLE: dict[str, Callable[[Cell], Any]] = {
    "level": cells.level,
    "bin": cells.bin_number,
    "justice": cells.yes_no,
    "record_number": single("record_number"),
    "recorded_on": cells.day,
    "parent": single("parent"),
    "phone": single("phone"),
    "office_phone": single("office_phone"),
    "email": lambda value: cells.email(value, "email"),
    "office_email": lambda value: cells.email(value, "office_email"),
    "site": cells.site,
    "leader": single("leader"),
    "leader_since": cells.day,
}


def rows_of(readings: Sequence[Reading]) -> Iterator[Row]:
    for reading in readings:
        yield from reading.rows
