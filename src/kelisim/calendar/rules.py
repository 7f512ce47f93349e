"""May a day be changed? Facts in, refusals out."""

from datetime import date
from typing import TYPE_CHECKING

from kelisim.calendar import rights
from kelisim.calendar.trees import Change
from kelisim.refusals import Refusal

if TYPE_CHECKING:
    from kelisim.bodies.queries.powers import Powers

FIRST, LAST = 1991, 2100


def may_keep(held: "Powers") -> Refusal | None:
    return None if held.may(rights.KEEP) else Refusal("calendar.not_keeper")


def faults(change: Change, *, place: str = "") -> list[Refusal]:
    """What is wrong with a change: it is of our time, and rests on an act."""
    found = []
    if not FIRST <= change.day.year <= LAST:
        found.append(Refusal("calendar.far_away", place=place or "day", first=FIRST, last=LAST))
    if not change.act.get("number"):
        found.append(Refusal("calendar.act_needed", place=place or "number"))
    return found


def may_withdraw(held: "Powers", *, there: bool, day: date) -> Refusal | None:
    if refusal := may_keep(held):
        return refusal
    return None if there else Refusal("calendar.not_changed", day=day.isoformat())
