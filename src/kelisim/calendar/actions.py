"""Days are moved by acts; a table of them is brought in, all or nothing."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from kelisim.bodies.queries.powers import Powers, powers_at
from kelisim.calendar import queries, rights, rules
from kelisim.calendar.models import DayChange
from kelisim.calendar.states import DayKind
from kelisim.calendar.trees import Change, Plan, plan
from kelisim.ledger.actions import record
from kelisim.refusals import require

if TYPE_CHECKING:
    from kelisim.people.models import Person


def facts(row: DayChange) -> dict[str, str]:
    """What the ledger tells of a change."""
    number = str(row.act.get("number", ""))
    return {"day": row.day.isoformat(), "kind": str(row.kind), "act": number}


def locked(days: Iterable[date]) -> dict[date, DayChange]:
    """The changes that hold for these days, for this act alone."""
    held = queries.standing().select_for_update().filter(day__in=list(days))
    return {row.day: row for row in held}


def end(row: DayChange, *, by: "Person | None", at: datetime) -> None:
    row.ended_at, row.ended_by = at, by
    row.save(update_fields=["ended_at", "ended_by"])


def enter(
    change: Change, was: DayChange | None, *, held: Powers, by: "Person | None", at: datetime
) -> DayChange:
    """Write one change in the place of another, with its entry in the ledger."""
    if was:
        end(was, by=by, at=at)
    row = DayChange.objects.create(
        country=queries.country(),
        day=change.day,
        kind=DayKind.WORKING if change.working else DayKind.FREE,
        name=dict(change.name),
        act=dict(change.act),
        entered_at=at,
        entered_by=by,
    )
    record(
        "calendar.day_changed",
        subject=row,
        by=by,
        mandate=held.mandate(rights.KEEP),
        before=facts(was) if was else None,
        after=facts(row),
        at=at,
    )
    return row


@transaction.atomic
def change_day(change: Change, *, by: "Person | None", at: datetime) -> DayChange:
    """Make a day working or free. The same again changes nothing."""
    held = powers_at(by, at)
    require(rules.may_keep(held), *rules.faults(change))
    was = locked([change.day]).get(change.day)
    if was and queries.change(was) == change:
        return was
    return enter(change, was, held=held, by=by, at=at)


@transaction.atomic
def withdraw_change(day: date, *, by: "Person | None", at: datetime) -> None:
    """Take a change back: the day is again what the law says in general."""
    held = powers_at(by, at)
    row = locked([day]).get(day)
    require(rules.may_withdraw(held, there=row is not None, day=day))
    if row is None:
        return
    end(row, by=by, at=at)
    record(
        "calendar.change_withdrawn",
        subject=row,
        by=by,
        mandate=held.mandate(rights.KEEP),
        before=facts(row),
        at=at,
    )


@transaction.atomic
def bring_in(changes: Sequence[Change], *, by: "Person | None", at: datetime) -> Plan:
    """Enter a whole table, all or nothing; what stands already is left as it is."""
    held = powers_at(by, at)
    require(rules.may_keep(held))
    require(*(fault for change in changes for fault in rules.faults(change)))
    rows = locked(change.day for change in changes)
    found = plan(changes, {day: queries.change(row) for day, row in rows.items()})
    for change in found.different:
        enter(change, rows.get(change.day), held=held, by=by, at=at)
    return found
