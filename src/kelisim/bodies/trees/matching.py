"""Which record each row of a table is about: by code, by BIN, by name and territory."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kelisim.bodies.trees.names import sorting
from kelisim.bodies.trees.record import Facts
from kelisim.bodies.trees.table import Fault, Row, onto
from kelisim.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Record:
    """A record of the register: the body's number, its code, what is known."""

    pk: int
    slug: str
    facts: Facts


@dataclass(frozen=True, slots=True)
class Match:
    """A row, the record that it is about (None: a new one), and what the record becomes."""

    row: Row
    record: Record | None
    facts: Facts


def plain_name(text: str) -> str:
    """A name without case, quotation signs, signs between words and ё."""
    return sorting(text.replace("ё", "е").replace("Ё", "Е"), "ru")


@dataclass(slots=True)
class Register:
    """Records by all that a row can say of them."""

    records: Sequence[Record]
    slugs: dict[str, Record] = field(default_factory=dict)
    bins: dict[str, Record] = field(default_factory=dict)
    names: defaultdict[str, list[Record]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for record in self.records:
            self.slugs[record.slug] = record
            if record.facts.bin:
                self.bins[record.facts.bin] = record
            for name in {plain_name(text) for text in record.facts.name.values()}:
                self.names[name].append(record)

    def find(self, row: Row) -> tuple[Record | None, Fault | None]:
        """The record of a row, or what hinders to tell."""
        number = row.values.get("bin", "")
        by_bin = self.bins.get(number) if number else None
        if row.key:
            found = self.slugs.get(row.key)
            if found is None:
                return None, Fault(
                    row.place("slug"), Refusal("bodies.row_no_record", value=row.key)
                )
            if by_bin and by_bin is not found:
                return None, Fault(
                    row.place("bin"),
                    Refusal("bodies.row_two_records", one=found.slug, other=by_bin.slug),
                )
            return found, None
        if by_bin:
            return by_bin, None
        return self.by_name(row, number)

    def by_name(self, row: Row, number: str) -> tuple[Record | None, Fault | None]:
        said = {plain_name(text) for text in row.values.get("name", {}).values() if text}
        found = {record.pk: record for name in said for record in self.names.get(name, ())}
        near = [record for record in found.values() if self.same_ground(row, record)]
        if len(near) > 1:
            slugs = ", ".join(record.slug for record in near)
            return None, Fault(row.place("name"), Refusal("bodies.row_ambiguous", records=slugs))
        if not near:
            return None, None
        if number and near[0].facts.bin:
            return None, Fault(
                row.place("bin"),
                Refusal("bodies.row_other_bin", record=near[0].slug, bin=near[0].facts.bin),
            )
        return near[0], None

    def same_ground(self, row: Row, record: Record) -> bool:
        """Whether the row says the record's territory, or says none."""
        return "unit" not in row.values or row.values["unit"] == record.facts.unit


def match(rows: Sequence[Row], register: Register) -> tuple[list[Match], list[Fault]]:
    """Each row with its record; rows that are about the same association are faults."""
    matches, faults = [], []
    first: dict[object, Row] = {}
    for row in rows:
        record, wrong = register.find(row)
        if wrong:
            faults.append(wrong)
            continue
        looked, told = keys(row, record)
        twice = next((first[key] for key in looked if key in first), None)
        if twice:
            faults.append(
                Fault(
                    row.where,
                    twice_over(row, twice),
                )
            )
            continue
        for key in told:
            first.setdefault(key, row)
        matches.append(Match(row, record, onto(row, record.facts if record else None)))
    return matches, faults


def twice_over(row: Row, first: Row) -> Refusal:
    """What to say of a row whose association stands in another one too."""
    if row.where.sheet == first.where.sheet:
        return Refusal("bodies.row_twice", row=first.where.row)
    return Refusal("bodies.row_twice_in", sheet=first.where.sheet, row=first.where.row)


def keys(row: Row, record: Record | None) -> tuple[list[object], list[object]]:
    """By what a row is looked for among those before it, and by what later ones find it.

    Two associations may bear one name where both have a BIN, which tells them apart.
    """
    if record:
        return [record.pk], [record.pk]
    number, unit = row.values.get("bin", ""), row.values.get("unit", "")
    names = [(plain_name(text), unit) for text in row.values.get("name", {}).values() if text]
    everyone: list[object] = [("named", *name) for name in names]
    without: list[object] = [("without", *name) for name in names]
    if number:
        return [("bin", number), *without], [("bin", number), *everyone]
    return everyone, [*everyone, *without]


def parents(
    matches: Sequence[Match], rows: Sequence[Row], register: Register
) -> tuple[Mapping[str, str], list[Fault]]:
    """What is written as a parent → its code (of new records: the place of their row).

    A parent is named by its code, its BIN or its name; it may stand in the same table, where a
    row that has a fault of its own is no second fault of its branches.
    """
    own = codes_of(matches, rows, register)
    found: dict[str, str] = {}
    faults = []
    for one in matches:
        said = one.row.values.get("parent", "")
        if not said or said in register.slugs:
            found[said] = said
            continue
        codes = own.get(said) or own.get(plain_name(said)) or set()
        if len(codes) == 1:
            found[said] = next(iter(codes))
        elif codes:
            faults.append(
                Fault(one.row.place("parent"), Refusal("bodies.parent_several", value=said[:80]))
            )
        else:
            faults.append(
                Fault(one.row.place("parent"), Refusal("bodies.no_such_parent", parent=said[:80]))
            )
    return found, faults


def codes_of(
    matches: Sequence[Match], rows: Sequence[Row], register: Register
) -> Mapping[str, set[str]]:
    """Names and numbers → codes of whoever bears them; of a row with a fault an empty one."""
    own: defaultdict[str, set[str]] = defaultdict(set)
    for index, one in enumerate(matches):
        code = one.record.slug if one.record else f"#{index}"
        for word in spoken_of(one.facts):
            own[word].add(code)
    understood = {one.row.where for one in matches}
    for row in rows:
        if row.where not in understood:
            for word in spoken_of(onto(row, None)):
                own[word].add("")
    for record in register.records:
        for word in spoken_of(record.facts):
            own[word].add(record.slug)
    return own


def spoken_of(facts: Facts) -> set[str]:
    return {plain_name(text) for text in facts.name.values()} | ({facts.bin} - {""})
