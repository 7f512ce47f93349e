"""Whether figures of two days may stand beside each other."""

from collections.abc import Collection

from kelisim.refusals import Refusal


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
