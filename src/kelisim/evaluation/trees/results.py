"""How far an expected result has come, and the chain that leads to it.

Pure. A path is told in words, never as a score: what is not known is said to be unknown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Way(StrEnum):
    """Where an indicator is between its baseline and its target."""

    UNMEASURED = "unmeasured"
    NO_TARGET = "no_target"
    REACHED = "reached"
    NEARER = "nearer"
    SAME = "same"
    AWAY = "away"
    NO_BASELINE = "no_baseline"


def way(
    up: bool,  # noqa: FBT001  (the direction of the indicator)
    baseline: Decimal | None,
    target: Decimal | None,
    value: Decimal | None,
) -> Way:
    """From the last value: reached, nearer to the target than the baseline was, or further."""
    if value is None:
        return Way.UNMEASURED
    if target is None:
        return Way.NO_TARGET
    if (value >= target) if up else (value <= target):
        return Way.REACHED
    if baseline is None:
        return Way.NO_BASELINE
    if value == baseline:
        return Way.SAME
    return Way.NEARER if abs(target - value) < abs(target - baseline) else Way.AWAY


@dataclass(frozen=True, slots=True)
class Edge:
    """A link between two provisions of the version that is shown."""

    below: int
    above: int
    known: str


def unlinked(measures: Sequence[int], edges: Sequence[Edge]) -> list[int]:
    """Measures of which nobody said what they serve."""
    there = {edge.below for edge in edges}
    return [one for one in measures if one not in there]


def circle(edges: Sequence[Edge], below: int, above: int) -> bool:
    """Whether one more link would lead back to where it began."""
    up: dict[int, list[int]] = {}
    for edge in edges:
        up.setdefault(edge.below, []).append(edge.above)
    seen, open_ones = set[int](), [above]
    while open_ones:
        one = open_ones.pop()
        if one == below:
            return True
        if one not in seen:
            seen.add(one)
            open_ones += up.get(one, [])
    return False


def through(edges: Sequence[Edge], forms: Mapping[int, Sequence[int]]) -> list[Edge]:
    """The links between what each provision is today; what is gone leaves its links behind."""
    found = {
        (now_below, now_above): Edge(now_below, now_above, edge.known)
        for edge in edges
        for now_below in forms.get(edge.below, (edge.below,))
        for now_above in forms.get(edge.above, (edge.above,))
    }
    return list(found.values())
