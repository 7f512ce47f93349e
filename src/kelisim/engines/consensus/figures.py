"""What the votes on a statement say: counts, what a group stands for, what all share.

After Polis (Small, Bjorkegren, Erkkilä, Shaw, Megill: "Polis: Scaling deliberation by mapping high
dimensional opinion spaces", Recerca 26(2), 2021): every share is smoothed by one imagined vote on
each side, a group is compared with everybody outside it.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kelisim.engines.consensus.votes import AGREE, DISAGREE, PASS, Floats, Integers, Votes

Z90 = 1.2816
"""One-sided 90 % point of the normal distribution."""
Z95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Counts:
    """How often each statement was agreed to, disagreed with and passed, by group.

    Three arrays of integers, groups × statements.
    """

    agree: Integers
    disagree: Integers
    passed: Integers

    @property
    def seen(self) -> Integers:
        """Votes of any kind."""
        return self.agree + self.disagree + self.passed

    @property
    def total(self) -> "Counts":
        """All groups together: one row."""
        return Counts(
            *(part.sum(axis=0, keepdims=True) for part in (self.agree, self.disagree, self.passed))
        )


def counted(votes: Votes, groups: npt.NDArray[np.int32] | None = None, size: int = 1) -> Counts:
    """Counts by group; who is in none (−1) is counted nowhere. Without groups: of all."""
    columns = len(votes.statements)
    cells = votes.columns.astype(np.int64) * 3 + (votes.values + 1)
    if groups is not None:
        of = groups[votes.rows].astype(np.int64)
        there = of >= 0
        cells = (cells + 3 * columns * of)[there]
    found = np.bincount(cells, minlength=3 * columns * size).reshape(size, columns, 3)
    return Counts(found[:, :, AGREE + 1], found[:, :, DISAGREE + 1], found[:, :, PASS + 1])


def share(part: Integers, seen: Integers) -> Floats:
    """With one imagined vote on each side: (part + 1) / (seen + 2)."""
    return (part + 1) / (seen + 2)


def against_half(part: Integers, seen: Integers) -> Floats:
    """How far a share lies above one half, in standard errors; one imagined success more."""
    n = seen + 1
    return 2 * np.sqrt(n) * ((part + 1) / n - 0.5)


def against_rest(part: Integers, seen: Integers, rest: Integers, rest_seen: Integers) -> Floats:
    """How far a share inside lies above the one outside, in standard errors, both smoothed."""
    inside, outside = (part + 1) / (seen + 1), (rest + 1) / (rest_seen + 1)
    pooled = (part + rest + 2) / (seen + rest_seen + 2)
    spread = pooled * (1 - pooled) * (1 / (seen + 1) + 1 / (rest_seen + 1))
    with np.errstate(invalid="ignore", divide="ignore"):
        found = (inside - outside) / np.sqrt(spread)
    return np.where(spread > 0, found, 0.0)


@dataclass(frozen=True, slots=True)
class Standing:
    """How strongly each group stands for one side of each statement; groups × statements.

    `ratio`: the group's share over that of the rest; `order`: the larger, the more the group stands
    for it; `firm`: both tests pass at 90 %.
    """

    share: Floats
    ratio: Floats
    test: Floats
    ratio_test: Floats

    @property
    def order(self) -> Floats:
        return self.ratio * self.ratio_test * self.share * self.test

    @property
    def firm(self) -> npt.NDArray[np.bool_]:
        return (self.test > Z90) & (self.ratio_test > Z90)


def standing(counts: Counts, *, agree: bool) -> Standing:
    """What each group stands for: agreeing (or disagreeing) with each statement."""
    part, seen = (counts.agree if agree else counts.disagree), counts.seen
    rest, rest_seen = part.sum(axis=0) - part, seen.sum(axis=0) - seen
    own = share(part, seen)
    return Standing(
        own,
        own / share(rest, rest_seen),
        against_half(part, seen),
        against_rest(part, seen, rest, rest_seen),
    )


def group_informed(counts: Counts, *, agree: bool) -> tuple[Floats, Floats]:
    """The product of the groups' smoothed shares, and its geometric mean.

    The mean can be compared between conversations with other numbers of groups.
    """
    part = counts.agree if agree else counts.disagree
    shares = share(part, counts.seen)
    product = shares.prod(axis=0)
    return product, product ** (1 / len(shares))


def majority(counts: Counts) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Statements with which most agree, and most disagree, firmly; over all groups."""
    whole = counts.total
    found = []
    for part in (whole.agree, whole.disagree):
        above = share(part, whole.seen) > 0.5  # noqa: PLR2004  (one half)
        found.append((above & (against_half(part, whole.seen) > Z90))[0])
    return found[0], found[1]


def divisive(counts: Counts) -> Floats:
    """How far apart the groups are: the widest difference of their smoothed shares of agreement."""
    shares = share(counts.agree, counts.seen)
    apart: Floats = shares.max(axis=0) - shares.min(axis=0)
    return apart


def wilson(part: Integers, seen: Integers, z: float = Z95) -> tuple[Floats, Floats]:
    """Wilson's interval of a share; from nought to one where nobody voted."""
    n = np.maximum(seen, 1)
    p = part / n
    centre, spread = p + z * z / (2 * n), z * np.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    low, high = (centre - spread) / (1 + z * z / n), (centre + spread) / (1 + z * z / n)
    return np.where(seen > 0, low, 0.0), np.where(seen > 0, high, 1.0)


def priority(counts: Counts, extremity: Floats) -> Floats:
    """What is shown next, after Polis: what is agreed to, not passed, far out, and seen little."""
    whole = counts.total
    agree, passed, seen = whole.agree[0], whole.passed[0], whole.seen[0]
    importance = (1 - share(passed, seen)) * (1 + extremity) * share(agree, seen)
    found: Floats = (importance * (1 + 8 * np.exp2(-seen / 5))) ** 2
    return found
