"""What goes into a comparison and what comes out of it: frozen, named, in one unit each."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Sequence

type Floats = npt.NDArray[np.float64]
type Flags = npt.NDArray[np.bool_]
type Places = npt.NDArray[np.intp]
type Dice = np.random.Generator  # noqa: TID251  # the type alone: nothing is thrown here


def dice(seed: int) -> Dice:
    """A generator that throws the same again for the same seed: PCG64 through a SeedSequence."""
    return np.random.Generator(np.random.PCG64(seed))  # noqa: TID251  # the one place: seeded


class Rule(StrEnum):
    """How components become one score."""

    ARITHMETIC = "arithmetic"
    GEOMETRIC = "geometric"


class Scale(StrEnum):
    """What a component is measured against."""

    GOALPOSTS = "goalposts"
    RANKS = "ranks"


@dataclass(frozen=True, slots=True)
class Component:
    """One component of a score: where it is worst and best, its weight, its fewest cases.

    `worst` and `best` are the published goalposts, in the component's own unit; where less is
    better, `worst` is the greater. A cell with fewer than `least` cases counts as not known.
    """

    key: str
    worst: float
    best: float
    weight: float
    least: int = 10

    def __post_init__(self) -> None:
        if not (np.isfinite([self.worst, self.best]).all() and self.worst != self.best):
            raise ValueError(f"{self.key}: goalposts must be two different numbers")
        if not (np.isfinite(self.weight) and self.weight >= 0):
            raise ValueError(f"{self.key}: a weight is a number from nought up")


@dataclass(frozen=True, slots=True)
class Proportion:
    """Hits among cases of each body; shape (bodies,). None of no cases is not known."""

    hits: Floats
    cases: Floats

    def __post_init__(self) -> None:
        if ((self.hits < 0) | (self.hits > self.cases)).any():
            raise ValueError("hits lie between nought and the cases")

    @property
    def value(self) -> Floats:
        """The share itself, NaN where there are no cases."""
        return quotient(self.hits, self.cases)

    def draw(self, draws: int, by: Dice) -> Floats:
        """Shares that the cases leave possible, shape (draws, bodies).

        From Beta(hits + 1/2, cases - hits + 1/2), the posterior under Jeffreys' prior, whose
        quantiles are the interval that Brown, Cai and DasGupta (2001, Statistical Science 16)
        recommend beside Wilson's. It is never a point, not even where every case was a hit.
        """
        found = by.beta(
            self.hits + 0.5, self.cases - self.hits + 0.5, (draws, len(self.cases))
        ).astype(np.float64)
        return np.where(self.cases > 0, found, np.nan)


@dataclass(frozen=True, slots=True)
class Measured:
    """A mean or a ratio of each body with its standard error; shape (bodies,), in any unit."""

    value: Floats
    error: Floats
    cases: Floats

    def draw(self, draws: int, by: Dice) -> Floats:
        """Values that the error leaves possible, shape (draws, bodies): value + error t(n-1)."""
        spread = by.standard_t(np.maximum(self.cases - 1, 1), (draws, len(self.cases)))
        return self.value + self.error * spread


type Column = Proportion | Measured


@dataclass(frozen=True, slots=True)
class Interval:
    """From where to where; NaN where nothing is known."""

    low: Floats
    high: Floats


@dataclass(frozen=True, slots=True)
class Enough:
    """What there is enough of to compare: cells, bodies, and the comparison at all."""

    known: Flags
    ranked: Flags
    least_bodies: int
    needed: int

    @property
    def refused(self) -> bool:
        """Too few bodies remain: no rank is given to any."""
        return int(self.ranked.sum()) < self.least_bodies


@dataclass(frozen=True, slots=True)
class Scored:
    """Scores from 0 to 1 of each body, and where they come from; NaN where not known.

    `normal` (bodies, components) is each component between its goalposts, `weights` what it
    weighed for that body, `lost` what it took from the full score: `score + lost.sum() == 1`.
    """

    normal: Floats
    weights: Floats
    score: Floats
    lost: Floats


@dataclass(frozen=True, slots=True)
class Ranking:
    """Ranks of bodies with all that is doubtful in them; 1 is best, ties share a mean rank.

    `low` and `high` bound the rank in 90 % of the draws, `first` is the share of draws in which
    a body came first, `better[i, j]` that in which i stood above j (a tie counts one half).
    `groups` are the longest runs of bodies, in the order of ranks, no two of which can be told
    apart. Bodies that were not ranked have NaN and stand in no group. Shape (bodies,).
    """

    rank: Floats
    low: Floats
    high: Floats
    first: Floats
    better: Floats
    score: Interval
    groups: tuple[tuple[int, ...], ...]
    draws: int


@dataclass(frozen=True, slots=True)
class Index:
    """Sobol' indices of one factor, each with its standard error."""

    first: float
    first_error: float
    total: float
    total_error: float


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """How far ranks shift when choices and cases vary, and which choice moves them.

    `shift` is the mean of |rank - reference rank| over bodies and draws, in places.
    """

    shift: float
    factors: tuple[tuple[str, Index], ...]


def quotient(top: Floats, bottom: Floats) -> Floats:
    """Top by bottom, NaN where the bottom is nought."""
    found = np.full(np.broadcast(top, bottom).shape, np.nan)
    np.divide(top, bottom, out=found, where=bottom > 0)
    return found


def weights(components: "Sequence[Component]") -> Floats:
    """Their weights, brought to a sum of 1; ValueError where all are nought."""
    found = np.array([one.weight for one in components], dtype=np.float64)
    if not found.sum() > 0:
        raise ValueError("something must weigh")
    return found / found.sum()
