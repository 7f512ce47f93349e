"""Days are moved by acts; a table of them is brought in, all or nothing."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from kelisim.bodies.queries.powers import powers_at
from kelisim.calendar import rights, rules
from kelisim.calendar.models import DayChange
from kelisim.calendar.queries import country
from kelisim.calendar.states import DayKind
from kelisim.calendar.trees import Change
from kelisim.ledger.actions import record
from kelisim.refusals import require

if TYPE_CHECKING:
    from kelisim.people.models import Person


def kind(change: Change) -> DayKind:
    return DayKind.WORKING if change.working else DayKind.FREE


@transaction.atomic
def change_day(change: Change, *, by: "Person | None", at: datetime) -> DayChange:
    """Make a day working or free. The same again changes nothing."""
    held = powers_at(by, at)
    require(rules.may_keep(held), *rules.faults(change))
    was = DayChange.objects.select_for_update().filter(country=country(), day=change.day).first()
    if was and (was.kind, was.name, was.act) == (kind(change), dict(change.name), dict(change.act)):
        return was
    row, _made = DayChange.objects.update_or_create(
        country=country(),
        day=change.day,
        defaults={
            "kind": kind(change),
            "name": dict(change.name),
            "act": dict(change.act),
            "entered_at": at,
            "entered_by": by,
        },
    )
    record(
        "calendar.day_changed",
        subject=row,
        by=by,
        mandate=held.mandate(rights.KEEP),
        before={"kind": was.kind} if was else None,
        after={
            "day": change.day.isoformat(),
            "kind": kind(change).value,
            "act": str(change.act.get("number", "")),
        },
        at=at,
    )
    return row


@transaction.atomic
def withdraw_change(day: date, *, by: "Person | None", at: datetime) -> None:
    """Take a change back: the day is again what the law says in general."""
    held = powers_at(by, at)
    row = DayChange.objects.select_for_update().filter(country=country(), day=day).first()
    require(rules.may_withdraw(held, there=row is not None, day=day))
    if row is None:
        return
    record(
        "calendar.change_withdrawn",
        subject=row,
        by=by,
        mandate=held.mandate(rights.KEEP),
        before={"day": day.isoformat(), "kind": row.kind},
        at=at,
    )
    row.delete()


@transaction.atomic
def bring_in(changes: Sequence[Change], *, by: "Person | None", at: datetime) -> int:
    """Enter a whole table, all or nothing; gives how many days changed."""
    require(rules.may_keep(powers_at(by, at)))
    require(*(fault for change in changes for fault in rules.faults(change, place=str(change.day))))
    before = dict(DayChange.objects.filter(country=country()).values_list("day", "entered_at"))
    for change in changes:
        change_day(change, by=by, at=at)
    after = dict(DayChange.objects.filter(country=country()).values_list("day", "entered_at"))
    return sum(1 for day, moment in after.items() if before.get(day) != moment)
