"""May a day be changed? Facts in, refusals out."""

from datetime import date
from typing import TYPE_CHECKING, Any

from kelisim.calendar import rights
from kelisim.calendar.trees import LONGEST, Change
from kelisim.refusals import Refusal

if TYPE_CHECKING:
    from kelisim.bodies.queries.powers import Powers

FIRST, LAST = 1991, 2100


def may_keep(held: "Powers") -> Refusal | None:
    return None if held.may(rights.KEEP) else Refusal("calendar.not_keeper")


def faults(change: Change, *, line: int | None = None) -> list[Refusal]:
    """What is wrong with a change, each with its column: it is of our time, and rests on an act.

    `line`: where it stands in a table.
    """
    found = []
    if not FIRST <= change.day.year <= LAST:
        found.append(Refusal("calendar.far_away", **where(line, "day"), first=FIRST, last=LAST))
    if not change.act.get("number"):
        found.append(Refusal("calendar.act_needed", **where(line, "act_number")))
    found.extend(
        Refusal("calendar.too_long", **where(line, column), most=LONGEST[column], given=len(said))
        for column, said in change.texts().items()
        if len(said) > LONGEST[column]
    )
    return found


def may_count_from(day: date) -> Refusal | None:
    """Terms are counted in our time alone."""
    if FIRST <= day.year <= LAST:
        return None
    return Refusal("calendar.far_away", first=FIRST, last=LAST)


def where(line: int | None, column: str) -> dict[str, Any]:
    """The place of a fault: a row and a column of a table, or the field of a form."""
    if line is None:
        return {"place": column}
    return {"place": f"{line}: {column}", "line": line, "column": column}


def may_withdraw(held: "Powers", *, there: bool, day: date) -> Refusal | None:
    if refusal := may_keep(held):
        return refusal
    return None if there else Refusal("calendar.not_changed", day=day.isoformat())
