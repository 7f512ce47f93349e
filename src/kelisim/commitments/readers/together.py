"""The sheets of all languages as one table: what each says, and where they contradict."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from kelisim.bodies.readers.table.files import clean
from kelisim.commitments.readers.official import Found, Head, Official
from kelisim.commitments.states import CostNote
from kelisim.commitments.trees import sheet, terms
from kelisim.commitments.trees.sheet import Ground, folded
from kelisim.commitments.trees.table import Entry, Heading, Row, Table
from kelisim.refusals import Refusal

GROUPS: Mapping[str, tuple[str, ...]] = {
    "executors": ("lead", "others"),
    "term": ("term",),
    "costs": ("costs", "cost_note", "sources"),
}
type Key = tuple[str, object]
type Met = tuple["Sheet", Found]


@dataclass(frozen=True, slots=True)
class Period:
    """The days of the plan that a table is read into."""

    starts: date
    ends: date

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(range(self.starts.year, self.ends.year + 1))


@dataclass(slots=True)
class Sheet:
    """An official table in one language, its lines by what they are told apart by."""

    of: Official
    ground: Ground
    lines: dict[Key, Found] = field(default_factory=dict)
    faults: list[Refusal] = field(default_factory=list)

    @property
    def head(self) -> Head:
        return self.of.head

    def arrange(self) -> None:
        """Rows by their numbers; those without, and sections, by their order."""
        counts = {"row": 0, "section": 0}
        for found in self.of.lines:
            number = found.texts.get("number", "").strip()
            key: Key = ("number", number)
            if found.level or not number:
                kind = "section" if found.level else "row"
                counts[kind] += 1
                key = (kind, counts[kind])
            if key in self.lines:
                place = found.place(self.head, "number")
                self.faults.append(
                    Refusal("commitments.number_twice", place=place, number=number[:20])
                )
            else:
                self.lines[key] = found


def table(
    sheets: Sequence[Sheet], kept: Sequence[Entry], period: Period
) -> tuple[Table, list[Refusal]]:
    """One table of all the sheets, and every fault of them."""
    for one in sheets:
        one.arrange()
    return Joining(sheets, kept, period).run()


class Joining:
    """One pass over the lines of the first sheet, with the same lines of the others."""

    def __init__(self, sheets: Sequence[Sheet], kept: Sequence[Entry], period: Period) -> None:
        self.sheets, self.period = sheets, period
        self.faults = [fault for one in sheets for fault in one.faults]
        rows = [entry for entry in kept if isinstance(entry, Row)]
        self.rows: dict[object, Row] = {}
        for row in rows:
            for name in (row.number, *(titled(code, text) for code, text in row.title.items())):
                self.rows.setdefault(name, row)
        self.sections = {
            titled(code, text): entry
            for entry in kept
            if isinstance(entry, Heading)
            for code, text in entry.title.items()
        }

    def run(self) -> tuple[Table, list[Refusal]]:
        first, *others = self.sheets
        for other in others:
            for here, there in ((first, other), (other, first)):
                self.faults += [
                    Refusal("commitments.sheets_rows_differ", place=found.line.place())
                    for key, found in here.lines.items()
                    if key not in there.lines
                ]
        entries = []
        for key in first.lines:
            met = [(one, one.lines[key]) for one in self.sheets if key in one.lines]
            entry = self.section(met) if key[0] == "section" else self.row(met)
            if isinstance(entry, Row) or entry.title:
                entries.append(entry)
        return Table(tuple(entries)), self.faults

    def section(self, met: Sequence[Met]) -> Heading:
        said = {one.head.language: found.texts["title"] for one, found in met}
        was = next(
            (h for c, t in said.items() if t and (h := self.sections.get(titled(c, t)))), None
        )
        title = {**(was.title if was else {}), **said}
        for one, found in met:
            title = self.same(was.title if was else {}, title, one.head.language)
            if len(found.texts["title"]) > sheet.LONGEST["title"]:
                self.fault(
                    Refusal("commitments.cell_long", most=sheet.LONGEST["title"]),
                    found.line.place(),
                )
        return Heading(title, was.level if was else met[0][1].level)

    def same(self, was: Mapping[str, str], now: dict[str, str], code: str) -> dict[str, str]:
        """The words as they were kept, where the file says the same with other spaces."""
        if clean(was.get(code, "")) == now.get(code, ""):
            now[code] = was.get(code, "")
        return {language: text for language, text in now.items() if text}

    def base(self, met: Sequence[Met]) -> Row:
        """The row as the file keeps it whole; an empty one where the file does not know it."""
        number = met[0][1].texts.get("number", "").strip()
        if number:
            return self.rows.get(number) or Row(number=number)
        for one, found in met:
            if kept := self.rows.get(titled(one.head.language, found.texts.get("title", ""))):
                return kept if not kept.number else Row()
        return Row()

    def row(self, met: Sequence[Met]) -> Row:
        was = self.base(met)
        now = was
        if len(was.number) > sheet.LONGEST["number"]:
            one, found = met[0]
            refusal = Refusal("commitments.cell_long", most=sheet.LONGEST["number"])
            self.fault(refusal, found.place(one.head, "number"))
        changed: dict[str, Any] = {}
        for one, found in met:
            now = self.words(was, now, one, found)
            for group, names in GROUPS.items():
                read = getattr(self, group)(was, one, found)
                if read is None:
                    continue
                value = tuple(getattr(read, name) for name in names)
                if value == tuple(getattr(was, name) for name in names):
                    continue
                if changed.setdefault(group, value) != value:
                    place = found.place(one.head, place_of(one.head, group))
                    self.fault(Refusal("commitments.sheets_differ"), place)
        for group, value in changed.items():
            now = replace(now, **dict(zip(GROUPS[group], value, strict=True)))
        return now

    def words(self, was: Row, now: Row, one: Sheet, found: Found) -> Row:
        """Title and form in the sheet's language."""
        for name in sheet.WORDS:
            column, text = f"{name}_{one.head.language}", found.texts.get(name)
            if text is None or text == clean(getattr(was, name).get(one.head.language, "")):
                continue
            made = self.put(now, column, text, one, found, name)
            now = made or now
        return now

    def executors(self, was: Row, one: Sheet, found: Found) -> Row | None:
        return self.plain(was, one, found, "executors")

    def term(self, was: Row, one: Sheet, found: Found) -> Row | None:
        return self.plain(was, one, found, "term")

    def plain(self, was: Row, one: Sheet, found: Found, name: str) -> Row | None:
        text = found.texts.get(name)
        if text is None or text == clean(sheet.texts(was, one.ground)[name]):
            return None
        return self.put(was, name, text, one, found, name)

    def costs(self, was: Row, one: Sheet, found: Found) -> Row | None:
        """Sums and sources anew, where any of their cells says another thing than was kept."""
        columns = [name for name in one.head.columns.values() if name.startswith("cost")]
        texts = sheet.texts(was, one.ground)
        texts["cost"] = texts.get(f"cost_{self.year(was, found)}", "")
        names = [*columns, "sources"]
        if all(
            alike(found.texts[name], texts.get(name, "")) for name in names if name in found.texts
        ):
            return None
        fresh = replace(was, costs=(), cost_note=CostNote.AMOUNTS)
        said = found.texts.get("sources", texts["sources"])
        row = self.put(
            replace(fresh, sources=()),
            "sources",
            "" if sheet.note_of(said) else said,
            one,
            found,
            "sources",
        )
        notes, sums = 0, 0
        for name in columns:
            text = found.texts.get(name, "")
            note = sheet.note_of(text)
            notes, sums = notes + bool(note), sums + (not note and text not in sheet.NOTHING)
            year = name.partition("_")[2] or (self.year(row, found) if text else "")
            if row and text and not year:
                self.fault(Refusal("commitments.cost_year_unknown"), found.place(one.head, name))
                row = None
            elif row and text:
                if int(year) not in one.ground.years and text not in sheet.NOTHING and not note:
                    refusal = Refusal("commitments.cost_outside", number=was.number, year=year)
                    self.fault(refusal, found.place(one.head, name))
                    continue
                row = self.put(row, f"cost_{year}", text, one, found, name)
        if row and notes and sums:
            refusal = Refusal("commitments.costs_and_none", number=was.number)
            self.fault(refusal, found.place(one.head, columns[0]))
        return row

    def year(self, row: Row | None, found: Found) -> str:
        """The year of a sum whose heading names none: the plan's only one, else the term's."""
        if len(self.period.years) == 1:
            return str(self.period.years[0])
        text = found.texts.get("term", "")
        if sheet.note_of(found.texts.get("cost", "")):
            return str(self.period.years[0])
        try:
            term = terms.read(text) if text else row.term if row else None
        except terms.Unreadable:
            return ""
        if term is None:
            return ""
        days = terms.dues(term, starts=self.period.starts, ends=self.period.ends)
        years = {day.year for day in days}
        return str(years.pop()) if len(years) == 1 else ""

    def put(  # noqa: PLR0917  (a cell, and where it stands)
        self, row: Row, column: str, text: str, one: Sheet, found: Found, name: str
    ) -> Row | None:
        made = sheet.put(row, column, text, one.ground)
        if isinstance(made, Refusal):
            facts: dict[str, Any] = {"number": row.number, **made.facts}
            self.fault(Refusal(made.code, **facts), found.place(one.head, name))
            return None
        return made if isinstance(made, Row) else None

    def fault(self, refusal: Refusal, place: str) -> None:
        self.faults.append(Refusal(refusal.code, place=place, **refusal.facts))


def titled(code: str, text: str) -> tuple[str, str]:
    return code, folded(clean(text))


def place_of(head: Head, group: str) -> str:
    """The column in which a group of fields begins."""
    if group != "costs":
        return group
    return next((name for name in head.columns.values() if name.startswith("cost")), "sources")


def alike(text: str, kept: str) -> bool:
    """The same cell, a number however it is written."""
    kept = clean(kept)
    if text == kept:
        return True
    value = sheet.number(text)
    return value is not None and value == sheet.number(kept)
