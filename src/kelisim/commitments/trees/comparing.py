"""Two tables side by side: what was added, taken out, changed, and in which fields."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from kelisim.commitments.trees.table import Row, Table

LINKS = frozenset({"key", "parent", "after"})
FIELDS = tuple(one.name for one in fields(Row) if one.name not in LINKS)


@dataclass(frozen=True, slots=True)
class Pair:
    """A row before and after; one may be missing. `changed` names the fields that differ."""

    before: Row | None
    after: Row | None
    changed: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        if self.before is None:
            return "added"
        if self.after is None:
            return "removed"
        return "changed" if self.changed else "same"


def differing(before: Row, after: Row) -> tuple[str, ...]:
    return tuple(name for name in FIELDS if getattr(before, name) != getattr(after, name))


def compare(before: Table, after: Table, links: Mapping[str, str] | None = None) -> list[Pair]:
    """Every row of both tables, in the order of the later one.

    `links` gives the key that a row of the later table had in the earlier; without it keys are the
    same in both. What was taken out stands behind the row that it stood behind.
    """
    old = {row.key: row for row in before.rows()}
    met: dict[str, Pair] = {}
    pairs = []
    for row in after.rows():
        key = row.key if links is None else links.get(row.key, "")
        was = old.get(key) if key not in met else None
        pair = Pair(was, row, differing(was, row) if was else ())
        pairs.append(pair)
        if was:
            met[key] = pair
    return placed(list(old.values()), met, pairs)


def placed(old: list[Row], met: Mapping[str, Pair], pairs: list[Pair]) -> list[Pair]:
    """The pairs with every row that is no longer there behind its former neighbour."""
    behind: dict[int, list[Pair]] = {}
    last = 0
    for row in old:
        if row.key in met:
            last = id(met[row.key])
        else:
            behind.setdefault(last, []).append(Pair(row, None))
    found = list(behind.get(0, ()))
    for pair in pairs:
        found += [pair, *behind.get(id(pair), ())]
    return found


def same_words(before: Table, after: Table) -> dict[str, str]:
    """For each row of the later table the key of the earlier one with the same words, if one."""
    spoken: dict[tuple[str, str], str] = {}
    for row in before.rows():
        for code, text in row.title.items():
            spoken.setdefault((code, " ".join(text.casefold().split())), row.key)
    found = {}
    for row in after.rows():
        for code, text in row.title.items():
            key = spoken.get((code, " ".join(text.casefold().split())))
            if key and text.strip():
                found[row.key] = key
                break
    return found


def laid_over(present: Table, read: Table) -> Table:
    """A table that was read, with what its file has no column for as the present rows have it.

    Rows belong together by their key, else by their number. What a file leaves out is kept: another
    language, provisions, indicators, milestones, risks, where a row arose from.
    """
    by_key = {row.key: row for row in present.rows()}
    by_number = {row.number: row for row in present.rows() if row.number}

    def whole(row: Row) -> Row:
        old = by_key.get(row.key) or by_number.get(row.number)
        return completed(old, row) if old else row

    return Table(tuple(whole(entry) if isinstance(entry, Row) else entry for entry in read.entries))


def completed(old: Row, row: Row) -> Row:
    words: dict[str, Any] = {
        name: {**getattr(old, name), **getattr(row, name)}
        for name in ("title", "description", "form", "risks", "origin_note")
    }
    kept: dict[str, Any] = {
        name: getattr(row, name) or getattr(old, name)
        for name in ("provisions", "indicators", "milestones", "origin_point", "parent", "after")
    }
    origin = row.origin if row.origin_point else old.origin
    return replace(row, key=old.key, origin=origin, **words, **kept)
