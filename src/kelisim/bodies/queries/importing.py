"""What a table would change: looked at as often as one likes, nothing is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kelisim.bodies.models import Body
from kelisim.bodies.queries.known import Known, known, problems
from kelisim.bodies.queries.powers import Powers
from kelisim.bodies.queries.record import leaders_of
from kelisim.bodies.queries.table import records
from kelisim.bodies.rules import record as rules
from kelisim.bodies.rules import table as of_tables
from kelisim.bodies.trees.matching import Match, Register, match, parents, twice_over
from kelisim.bodies.trees.names import free, wanted_slug
from kelisim.bodies.trees.record import Facts, changed
from kelisim.bodies.trees.table import Fault, Table
from kelisim.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Planned:
    """A row, what comes of it, and which facts of a record it changes (a new one: none)."""

    match: Match
    slug: str
    facts: Facts
    different: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """All that a table would do, and everything that hinders it."""

    new: Sequence[Planned]
    changed: Sequence[Planned]
    unchanged: int
    faults: Sequence[Fault]
    notes: Sequence[Fault]
    there: Known

    @property
    def counts(self) -> dict[str, int]:
        return {
            "new": len(self.new),
            "changed": len(self.changed),
            "unchanged": self.unchanged,
            "faults": len(self.faults),
        }


def preview(table: Table, *, held: Powers, on: date) -> Preview:
    """Set a table beside the register. The queries are as many for one row as for thousands."""
    there = known(on)
    register = Register(records(on))
    matches, faults = match(table.rows, register)
    branches, strangers = parents(matches, table.rows, register)
    planned = named(matches, branches)
    new = [one for one in planned if one.match.record is None]
    other = [one for one in planned if one.different]
    faults += strangers
    faults += wrong([*new, *other], register, there, held)
    faults = [*table.faults, *unheard(faults, table)]
    return Preview(
        new=new,
        changed=other,
        unchanged=len(planned) - len(new) - len(other),
        faults=in_order(faults, table),
        notes=table.notes,
        there=there,
    )


def named(matches: Sequence[Match], branches: Mapping[str, str]) -> list[Planned]:
    """Each row with its code; a new one is given a code that is free."""
    taken = set(Body.objects.values_list("slug", flat=True))
    codes = {}
    for index, one in enumerate(matches):
        if one.record:
            codes[f"#{index}"] = one.record.slug
        else:
            codes[f"#{index}"] = free(wanted_slug(one.facts.name), taken)
            taken.add(codes[f"#{index}"])
    planned = []
    for index, one in enumerate(matches):
        said = one.row.values.get("parent")
        parent = one.facts.parent if said is None else branches.get(said, "")
        facts = replace(one.facts, parent=codes.get(parent, parent))
        different = changed(one.record.facts, facts) if one.record else ()
        planned.append(Planned(one, codes[f"#{index}"], facts, different))
    return planned


def wrong(
    planned: Sequence[Planned],
    register: Register,
    there: Known,
    held: Powers,
) -> list[Fault]:
    """Everything that the rules say against new and changed records, each at its cell."""
    new = [one.slug for one in planned if one.match.record is None]
    for slug in new:
        # A branch may stand in the table above the association that it is a branch of.
        there.parents.setdefault(slug, Body(slug=slug))
    above = {record.slug: record.facts.parent for record in register.records}
    above |= {one.slug: one.facts.parent for one in planned}
    led = leaders_of([one.match.record.pk for one in planned if one.match.record], there.on)
    found: list[Fault] = []
    bins: dict[str, Planned] = {}
    for one in planned:
        row, record = one.match.row, one.match.record
        own = record.pk if record else None
        said = [*problems(one.facts, there, own=own), of_tables.circle(one.slug, above)]
        if "leader" in one.different and own in led and led[own].called != one.facts.leader:
            said.append(rules.may_lead(led[own], since=one.facts.leader_since or there.on))
        said.append(kept(one, there, held))
        found += [Fault(row.place(why.place), why) for why in said if why]
        if one.facts.bin and (first := bins.setdefault(one.facts.bin, one)) is not one:
            found.append(Fault(row.place("bin"), twice_over(row, first.match.row)))
    for slug in new:
        there.parents.pop(slug, None)
    return found


def kept(one: Planned, there: Known, held: Powers) -> Refusal | None:
    """Whether it lies in the territory of whoever imports, before and after."""
    record = one.match.record
    becomes = Body(path="", unit=there.units.get(one.facts.unit))
    if refusal := rules.may_keep(held, becomes):
        return Refusal(refusal.code, place="unit", **refusal.facts)
    if record and record.slug in there.parents:
        return rules.may_keep(held, there.parents[record.slug])
    return None


FOLLOWS: Mapping[str, Sequence[str]] = {
    "bodies.unit_needed": ("level", "unit"),
    "bodies.bin_needed": ("justice", "bin"),
}
"""What is said only because another cell could not be read, and which cells may be the reason."""


def unheard(found: Sequence[Fault], table: Table) -> list[Fault]:
    """Without what only follows from a cell that could not be read: one fault, one line."""
    heard = {fault.where for fault in table.faults}
    rows = {(row.where.sheet, row.where.row): row for row in table.rows}
    kept = []
    for fault in found:
        row = rows[fault.where.sheet, fault.where.row]
        reasons = {row.place(name) for name in FOLLOWS.get(fault.why.code, ())}
        if not heard & ({fault.where, *reasons} - {row.where}):
            kept.append(fault)
    return kept


def in_order(faults: Sequence[Fault], table: Table) -> list[Fault]:
    """By sheet, row and column, as somebody goes through the file."""
    sheets = list(dict.fromkeys(row.where.sheet for row in table.rows))

    def place(fault: Fault) -> tuple[int, int, int, str]:
        at = fault.where
        sheet = sheets.index(at.sheet) if at.sheet in sheets else len(sheets)
        return sheet, at.row, len(at.letter), at.letter

    return sorted(faults, key=place)
