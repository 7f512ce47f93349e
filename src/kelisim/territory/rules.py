"""What can be said of a day, and whether figures of two days may stand beside each other."""

from collections.abc import Collection
from datetime import date

from kelisim.refusals import Refusal


def may_ask(on: date, begins: date | None, today: date) -> Refusal | None:
    """Of days before the record begins, and of days to come, nothing is claimed."""
    if begins and on < begins:
        return Refusal("territory.before_record", begins=begins)
    if on > today:
        return Refusal("territory.day_to_come", on=on)
    return None


def may_descend(
    ended: date | None, on: date, begun: date | None, *, place: str = ""
) -> Refusal | None:
    """A unit comes only from one that ended on the very day on which it began."""
    if ended == on == begun:
        return None
    return Refusal("territory.no_succession", place=place, on=on)


def may_compare(one: Collection[int], other: Collection[int]) -> Refusal | None:
    """Only within the same units: a figure of 17 regions is no figure of 20.

    Takes the keys of the units of two days; a unit with other borders has another key.
    """
    if set(one) == set(other):
        return None
    return Refusal("territory.other_borders", ours=len(one), theirs=len(other))


def may_carry(unknown: Collection[str], missing: Collection[str]) -> Refusal | None:
    """Figures can be carried over when every unit has one and no other is named."""
    if unknown:
        return Refusal("territory.unknown_units", codes=", ".join(sorted(unknown)))
    if missing:
        return Refusal("territory.missing_units", codes=", ".join(sorted(missing)))
    return None


def may_meet(alone: Collection[str]) -> Refusal | None:
    """Every unit of one day has a territory of the other day to stand beside."""
    if alone:
        return Refusal("territory.no_counterpart", codes=", ".join(sorted(alone)))
    return None
