"""A draft's table is edited: each edit is a step that can be undone."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max

from kelisim.bodies.queries.powers import powers_at
from kelisim.commitments import rights
from kelisim.commitments.models import Edit, Edition, Line
from kelisim.commitments.rules import plans as rules
from kelisim.commitments.trees.table import Entry, Heading, Row, Table, as_json
from kelisim.ledger.actions import record
from kelisim.refusals import Refusal, require

if TYPE_CHECKING:
    from kelisim.people.models import Person

type Kept = dict[str, Any]


def locked(edition_id: int) -> Edition:
    return (
        Edition.objects.select_for_update(of=("self",))
        .select_related("plan__body__kind", "plan__body__unit__parent", "plan__body__parent")
        .get(pk=edition_id)
    )


def new_key() -> str:
    return uuid.uuid4().hex


def keyed(entry: Entry, key: str) -> Kept:
    """An entry's content; a row knows its key."""
    return as_json(replace(entry, key=key) if isinstance(entry, Row) else entry)


def snapshot(lines: Iterable[Line]) -> list[Kept]:
    return [{"key": line.key, "position": line.position, "content": line.content} for line in lines]


def step(  # noqa: PLR0917  (one row of the journal)
    edition: Edition,
    verb: str,
    before: list[Kept],
    after: list[Kept],
    by: "Person | None",
    at: datetime,
) -> Edit:
    """Keep an edit and note it in the ledger. What was undone can no longer be redone."""
    Edit.objects.filter(edition=edition, undone_at__isnull=False).delete()
    last = Edit.objects.filter(edition=edition).aggregate(last=Max("number"))["last"] or 0
    edit = Edit.objects.create(
        edition=edition, number=last + 1, verb=verb, before=before, after=after, by=by, at=at
    )
    note(edition, verb, len({kept["key"] for kept in (*before, *after)}), by, at)
    return edit


def note(edition: Edition, verb: str, rows: int, by: "Person | None", at: datetime) -> None:
    record(
        "commitments.edited",
        subject=edition,
        by=by,
        mandate=powers_at(by, at).mandate(rights.DRAFT, edition.plan.body),
        after={"verb": verb, "rows": rows},
        at=at,
    )


def editable(edition_id: int, by: "Person | None", at: datetime) -> Edition:
    edition = locked(edition_id)
    require(rules.may_edit(powers_at(by, at), edition))
    return edition


def ordered(edition: Edition) -> list[Line]:
    return list(Line.objects.filter(edition=edition).order_by("position", "pk"))


def place(lines: Sequence[Line]) -> list[Line]:
    """Number lines in this order; gives those that moved."""
    moved = []
    for position, line in enumerate(lines, 1):
        if line.position != position:
            line.position = position
            moved.append(line)
    return moved


def index_after(lines: Sequence[Line], key: str | None) -> int:
    """The place behind a line; None is before all."""
    if key is None:
        return 0
    return next((n for n, line in enumerate(lines, 1) if line.key == key), len(lines))


@transaction.atomic
def add(
    edition_id: int,
    *,
    entries: Sequence[Entry],
    after: str | None = None,
    by: "Person | None",
    at: datetime,
) -> list[Line]:
    """Put rows or headings behind a line (None: at the beginning)."""
    edition = editable(edition_id, by, at)
    lines = ordered(edition)
    new = []
    for entry in entries:
        key = new_key()
        new.append(Line(edition=edition, position=0, key=key, content=keyed(entry, key)))
    where = index_after(lines, after)
    rearranged = [*lines[:where], *new, *lines[where:]]
    before = snapshot(lines)
    moved = [line for line in place(rearranged) if line.pk]
    Line.objects.bulk_create(new)
    Line.objects.bulk_update(moved, ["position"], batch_size=500)
    gone = {line.key for line in moved}
    was = [kept for kept in before if kept["key"] in gone]
    step(edition, "add", was, snapshot([*new, *moved]), by, at)
    return new


@transaction.atomic
def change(
    edition_id: int, *, rows: Mapping[str, Entry], by: "Person | None", at: datetime
) -> list[Line]:
    """Change lines by their keys: a cell, a row, a pasted block. One step for all of them."""
    edition = editable(edition_id, by, at)
    lines = list(Line.objects.filter(edition=edition, key__in=rows))
    require(
        *(
            Refusal("commitments.row_gone", place=key)
            for key in sorted(rows.keys() - {line.key for line in lines})
        )
    )
    before = {kept["key"]: kept for kept in snapshot(lines)}
    changed = []
    for line in lines:
        content = keyed(rows[line.key], line.key)
        if content != line.content:
            line.content = content
            changed.append(line)
    if changed:
        Line.objects.bulk_update(changed, ["content"], batch_size=200)
        was = [before[line.key] for line in changed]
        step(edition, "change", was, snapshot(changed), by, at)
    return changed


@transaction.atomic
def move(
    edition_id: int, *, key: str, after: str | None, by: "Person | None", at: datetime
) -> None:
    """Put a line behind another (None: at the beginning)."""
    edition = editable(edition_id, by, at)
    lines = ordered(edition)
    mine = next((line for line in lines if line.key == key), None)
    require(None if mine else Refusal("commitments.row_gone", place=key))
    before = {kept["key"]: kept for kept in snapshot(lines)}
    rest = [line for line in lines if line.key != key]
    where = index_after(rest, after)
    moved = place([*rest[:where], *([mine] if mine else []), *rest[where:]])
    if moved:
        Line.objects.bulk_update(moved, ["position"], batch_size=500)
        was = [before[line.key] for line in moved]
        step(edition, "move", was, snapshot(moved), by, at)


@transaction.atomic
def remove(edition_id: int, *, keys: Iterable[str], by: "Person | None", at: datetime) -> None:
    """Take lines out. In an amendment this excludes their commitments when it is approved."""
    edition = editable(edition_id, by, at)
    gone = list(Line.objects.filter(edition=edition, key__in=set(keys)))
    if gone:
        Line.objects.filter(pk__in=[line.pk for line in gone]).delete()
        step(edition, "remove", snapshot(gone), [], by, at)


@transaction.atomic
def take(edition_id: int, *, table: Table, by: "Person | None", at: datetime) -> list[Line]:
    """An imported table replaces the draft's. A row with a known key or number keeps its key.

    The same table a second time changes nothing.
    """
    edition = editable(edition_id, by, at)
    lines = ordered(edition)
    new = fitted(edition, lines, table)
    if snapshot(new) == snapshot(lines):
        return lines
    Line.objects.filter(edition=edition).delete()
    Line.objects.bulk_create(new, batch_size=200)
    step(edition, "take", snapshot(lines), snapshot(new), by, at)
    return new


def fitted(edition: Edition, lines: Sequence[Line], table: Table) -> list[Line]:
    """The table's entries as lines; each keeps the key of the line that it stands for."""
    by_key = {line.key for line in lines}
    by_number = {line.content["number"]: line.key for line in lines if line.content.get("number")}
    headings = [line for line in lines if "heading" in line.content]
    used: set[str] = set()

    def key_of(entry: Entry) -> str:
        if isinstance(entry, Heading):
            same = (line.key for line in headings if line.content == as_json(entry))
            wanted = next((key for key in same if key not in used), "")
        else:
            wanted = entry.key if entry.key in by_key else by_number.get(entry.number, "")
        key = wanted if wanted and wanted not in used else new_key()
        used.add(key)
        return key

    found = []
    for position, entry in enumerate(table.entries, 1):
        key = key_of(entry)
        found.append(Line(edition=edition, position=position, key=key, content=keyed(entry, key)))
    return found


def put_back(edition: Edition, now: list[Kept], then: list[Kept]) -> None:
    """Make the lines that were `now` what they were `then`."""
    Line.objects.filter(edition=edition, key__in=[kept["key"] for kept in now]).delete()
    Line.objects.bulk_create((Line(edition=edition, **kept) for kept in then), batch_size=200)


@transaction.atomic
def undo(edition_id: int, *, by: "Person | None", at: datetime) -> Edit | None:
    """Undo the last edit that stands; None when there is none."""
    edition = editable(edition_id, by, at)
    edit = Edit.objects.filter(edition=edition, undone_at=None).order_by("-number").first()
    if edit:
        put_back(edition, edit.after, edit.before)
        edit.undone_at = at
        edit.save(update_fields=["undone_at"])
        note(edition, "undo", len(edit.after), by, at)
    return edit


@transaction.atomic
def redo(edition_id: int, *, by: "Person | None", at: datetime) -> Edit | None:
    """Do again what was undone last; None when there is nothing."""
    edition = editable(edition_id, by, at)
    undone = Edit.objects.filter(edition=edition, undone_at__isnull=False)
    edit = undone.order_by("number").first()
    if edit:
        put_back(edition, edit.before, edit.after)
        edit.undone_at = None
        edit.save(update_fields=["undone_at"])
        note(edition, "redo", len(edit.after), by, at)
    return edit
