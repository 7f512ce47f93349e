"""How far a measure has come: counts of commitments, the six steps, the state of a cell.

Pure: numbers in, words' keys out. A cell that is empty is a state of its own, as visible as any.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from itertools import groupby


class Step(StrEnum):
    """What may be said of a measure, from nothing to everything."""

    PLANNED = "planned"
    FUNDED = "funded"
    UNDER_WAY = "under_way"
    EVIDENCED = "evidenced"
    MEASURED = "measured"
    DONE = "done"


class State(StrEnum):
    """How a cell fares; the order is that of the legend."""

    NOTHING = "nothing"
    PLANNED = "planned"
    UNDER_WAY = "under_way"
    AT_RISK = "at_risk"
    OVERDUE = "overdue"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many commitments stand behind a cell, and how many of them came how far."""

    planned: int = 0
    funded: int = 0
    under_way: int = 0
    evidenced: int = 0
    measured: int = 0
    done: int = 0
    overdue: int = 0
    at_risk: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*(getattr(self, n) + getattr(other, n) for n in NAMES))

    def reached(self, step: Step) -> int:
        """How many came as far as a step."""
        found: int = getattr(self, step.value)
        return found

    @property
    def state(self) -> State:
        """What is most to be known of them: what is overdue first, what is done last."""
        if not self.planned:
            return State.NOTHING
        if self.overdue:
            return State.OVERDUE
        if self.done == self.planned:
            return State.DONE
        if self.at_risk:
            return State.AT_RISK
        return State.UNDER_WAY if self.under_way else State.PLANNED

    def share(self, step: Step) -> State:
        """The state of a step's own cell: reached by none, by some or by all."""
        reached = self.reached(step)
        if not self.planned or not reached:
            return State.NOTHING
        return State.DONE if reached == self.planned else State.UNDER_WAY


NAMES = tuple(field.name for field in fields(Counts))
NOTHING = Counts()


def total(counts: Iterable[Counts]) -> Counts:
    """Their sum, column by column."""
    return Counts(*map(sum, zip(*(astuple(one) for one in (NOTHING, *counts)), strict=True)))


def astuple(counts: Counts) -> tuple[int, ...]:
    return tuple(getattr(counts, name) for name in NAMES)


@dataclass(frozen=True, slots=True)
class Place:
    """A provision of the charter in reading order: a heading, or a row of the matrix."""

    pk: int
    eid: str
    cite: str
    depth: int
    heading: bool
    counted: bool


@dataclass(frozen=True, slots=True)
class Part[P: Place]:
    """Rows under one heading; `heading` is none for what stands under none."""

    heading: P | None
    rows: tuple[P, ...]


def parts[P: Place](places: Iterable[P]) -> Iterator[Part[P]]:
    """Counted provisions under the heading that they stand under, in the charter's order."""
    above: list[P] = []
    for heading, group in groupby(standing(places, above), key=lambda pair: pair[0]):
        yield Part(heading, tuple(place for _heading, place in group))


def standing[P: Place](places: Iterable[P], above: list[P]) -> Iterator[tuple[P | None, P]]:
    """Each counted provision with its heading; a heading that is counted stands under itself."""
    for place in places:
        while above and above[-1].depth >= place.depth:
            above.pop()
        if place.heading:
            above.append(place)
        if place.counted:
            yield (above[-1] if above else None), place


@dataclass(frozen=True, slots=True)
class Tally:
    """How many measures of a part are in each state, and how many reached each step."""

    rows: int
    states: Mapping[State, int]
    steps: Mapping[Step, int]


def tally(counts: Sequence[Counts]) -> Tally:
    """Measures, not commitments: one that serves two measures would be counted twice."""
    return Tally(
        len(counts),
        {state: sum(one.state == state for one in counts) for state in State},
        {step: sum(bool(one.reached(step)) for one in counts) for step in Step},
    )


def descend(
    rows: Mapping[tuple[int, int | None], Counts], forms: Mapping[int, Sequence[int]]
) -> dict[tuple[int, int | None], Counts]:
    """Counts of every form of a provision, brought to its form of today.

    `forms` leads from a provision of any version to what it is in the version that is shown; what
    leads nowhere keeps its own number.
    """
    found: dict[tuple[int, int | None], Counts] = {}
    for (provision, column), counts in rows.items():
        for now in forms.get(provision, (provision,)):
            key = (now, column)
            found[key] = found[key] + counts if key in found else counts
    return found
