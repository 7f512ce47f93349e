"""Groups of participants who vote alike: a mixture of vote profiles, found where the votes are.

How many groups there are is asked of votes that were held back: a number of groups must foretell
them better than any smaller one, beyond chance, and must come out again when only half of the
people are asked. Where none does, there are no clear groups, which is an answer too.

Everything begins from fixed seeds and is summed in one order: the same votes give the same groups
to the bit, in whatever order they came and whoever computes.
"""

from dataclasses import dataclass

import numpy as np

from kelisim.engines.consensus.blocks import ALONE, Blocks, Workers, blocks, shaping
from kelisim.engines.consensus.dice import drawn, thrown
from kelisim.engines.consensus.mixture import (
    Labels,
    Mixture,
    best,
    first,
    memberships,
    pooled,
    settled,
    told,
)
from kelisim.engines.consensus.spread import directions, means, places_along
from kelisim.engines.consensus.votes import Floats, Integers, Votes

MOST_GROUPS = 8
SAMPLE = 16_000
"""Participants among whom the number of groups is chosen; all of them are fitted afterwards."""
PARTS = 5
"""Parts of the votes, of which one is held back."""
FEW = 30_000
"""Votes up to which each of the parts is held back in turn; of more, the first alone."""
BEYOND = 2.0
"""Standard errors by which more groups must foretell better."""
HALVES = 6
FIRM = 0.6
"""Mean agreement (adjusted Rand index) of fits to halves below which groups are not clear."""
DISSOLVED = 0.5
"""Mean Jaccard index below which a group does not come out again (C. Hennig, "Cluster-wise
assessment of cluster stability", Computational Statistics & Data Analysis 52, 2007)."""
EMBEDDING, STEPS = 6, 150
"""Directions in which first groups are looked for, and steps in which these are found roughly."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A number of groups that was tried: how well it foretold a vote held back, its stability.

    `foretold` is in nats a vote, against no groups at all: nought for one group.
    """

    size: int
    foretold: float
    stability: float | None


@dataclass(frozen=True, slots=True)
class Groups:
    """Who is in which group: 0 is the largest, −1 is none; and how sure each membership is.

    `stability` is the mean adjusted Rand index of fits to halves of the people against this one;
    `firmness` says of each group how much of it comes out again (mean Jaccard index with the group
    that is most like it); `again` are the labels that each half's fit gives to everybody, so that
    any figure by group can be computed once more from them.
    """

    size: int
    labels: Labels
    sureness: Floats
    stability: float
    trials: tuple[Trial, ...]
    firmness: tuple[float, ...] = ()
    again: tuple[Labels, ...] = ()
    mixture: Mixture | None = None


def grouped(
    votes: Votes, *, seed: int = 0, most: int = MOST_GROUPS, workers: Workers = ALONE
) -> Groups:
    """The groups among all participants who voted often enough; the others are in none."""
    return grouped_of(blocks(votes, workers), votes, seed=seed, most=most)


def grouped_of(of: Blocks, votes: Votes, *, seed: int = 0, most: int = MOST_GROUPS) -> Groups:
    """The same for votes that were cut into blocks already."""
    chosen = np.flatnonzero(of.shaping)
    if len(chosen) < 2 * most:
        return nobody(of, 0.0, ())
    if len(chosen) > SAMPLE:
        chosen = chosen[drawn(len(chosen), SAMPLE, seed, 1)]
    some = votes.of(chosen)
    found, halves, trials = chosen_size(some, seed, most)
    if found.size == 1:
        return nobody(of, 0.0, trials)
    firm = next(one.stability for one in trials if one.size == found.size)
    return laid_out(of, settled(of, found), halves, firm or 0.0, trials)


def continued(of: Blocks, labels: Labels, size: int) -> Groups:
    """Groups fitted on from those of earlier votes; −1 for who was in none."""
    return laid_out(of, settled(of, first(of, labels, size, pooled(of))), (), 0.0, ())


def nobody(of: Blocks, firm: float, trials: tuple[Trial, ...]) -> Groups:
    """No clear groups."""
    none = np.full(of.people, -1, dtype=np.int32)
    return Groups(1, none, np.zeros(of.people), firm, trials)


def laid_out(
    of: Blocks,
    found: Mixture,
    halves: tuple[Mixture, ...],
    firm: float,
    trials: tuple[Trial, ...],
) -> Groups:
    """Everybody in their group, the largest group first."""
    labels, sureness = told(of, found)
    sizes = np.bincount(labels[of.shaping], minlength=found.size)
    found = reordered(found, np.argsort(-sizes, kind="stable"))
    labels, sureness = told(of, found)
    labels[~of.shaping], sureness[~of.shaping] = -1, 0.0
    again = []
    for half in halves:
        other, _sureness = told(of, half)
        other[~of.shaping] = -1
        again.append(matched(labels, other, found.size))
    return Groups(
        found.size,
        labels,
        sureness,
        firm,
        trials,
        tuple(overlap(labels, again, group) for group in range(found.size)),
        tuple(again),
        found,
    )


def reordered(found: Mixture, order: Integers) -> Mixture:
    return Mixture(found.shares[order], found.profiles[order], found.likelihood, found.moved)


def matched(labels: Labels, other: Labels, size: int) -> Labels:
    """The other's groups by the names of those that they are most like, one to one."""
    there = labels >= 0
    cells = np.bincount(labels[there] * size + other[there], minlength=size * size)
    left = cells.reshape(size, size).astype(np.float64)
    name = np.full(size, -1, dtype=np.int32)
    for _group in range(size):
        mine, its = divmod(int(left.argmax()), size)
        name[its] = mine
        left[mine], left[:, its] = -1, -1
    return np.where(other >= 0, name[other], -1).astype(np.int32)


def overlap(labels: Labels, again: list[Labels], group: int) -> float:
    """How much of a group comes out again: the mean Jaccard index."""
    inside = labels == group
    found = [
        float((inside & (other == group)).sum()) / max(float((inside | (other == group)).sum()), 1)
        for other in again
    ]
    return sum(found) / max(len(found), 1)


def chosen_size(
    votes: Votes, seed: int, most: int
) -> tuple[Mixture, tuple[Mixture, ...], tuple[Trial, ...]]:
    """The number of groups that foretells best and comes out again; one where none does."""
    likely = numbers(votes, seed, most)
    of = blocks(votes, everybody=True)
    places = embedded(of)
    firm: dict[int, float] = {}
    chosen, halves = best(of, places, 1, seed), tuple[Mixture, ...]()
    for size in range(preferred(likely), 1, -1):
        found = best(of, places, size, seed)
        again = resampled(votes, places, found, seed)
        mine = told(of, found)[0]
        others = [told(of, other)[0] for other in again]
        firm[size] = float(np.mean([rand_index(mine, other) for other in others]))
        named = [matched(mine, other, size) for other in others]
        least = min(overlap(mine, named, group) for group in range(size))
        if firm[size] >= FIRM and least >= DISSOLVED:
            chosen, halves = found, again
            break
    trials = tuple(
        Trial(size, float((one - likely[0]).sum()), firm.get(size))
        for size, one in enumerate(likely, start=1)
    )
    return chosen, halves, trials


def embedded(of: Blocks) -> Floats:
    """Where people stand in a few directions: rough, for first groups alone."""
    middle = means(of)
    count = min(EMBEDDING, of.statements)
    return places_along(of, middle, directions(of, middle, count, close=1e-3, steps=STEPS))


def numbers(votes: Votes, seed: int, most: int) -> list[Floats]:
    """How well each number of groups foretells, in nats a vote, one row a participant's part.

    Ends when two numbers in a row foretell worse than the best.
    """
    part = (thrown(len(votes.rows), seed, 2) * PARTS).astype(np.int64)
    turns = PARTS if len(votes.rows) <= FEW else 1
    held = [
        (
            blocks(votes.where(part != turn), everybody=True),
            blocks(votes.where(part == turn), everybody=True),
        )
        for turn in range(turns)
    ]
    places = [embedded(of) for of, _asked in held]
    total = max(int((part < turns).sum()), 1)
    likely: list[Floats] = []
    for size in range(1, most + 1):
        turned = [
            foretold(of, asked, best(of, there, size, seed))
            for (of, asked), there in zip(held, places, strict=True)
        ]
        likely.append(np.add.reduce(turned) / total)
        sums = [float(one.sum()) for one in likely]
        if len(sums) > 2 and max(sums[-2:]) < max(sums[:-2]):  # noqa: PLR2004  (twice in a row)
            break
    return likely


def foretold(of: Blocks, asked: Blocks, found: Mixture) -> Floats:
    """How likely each participant's held-back votes are, by the group that the others tell."""
    likely = []
    for block, other in zip(of.kept, asked.kept, strict=True):
        inside, _likely = memberships(block, found.shares, found.profiles)
        with np.errstate(divide="ignore"):
            scores = np.asarray(other.table @ found.profiles.T) + np.log(inside)
        top = scores.max(axis=1)
        likely.append(np.log(np.exp(scores - top[:, None]).sum(axis=1)) + top)
    return np.concatenate(likely)


def preferred(likely: list[Floats]) -> int:
    """The smallest number of groups than which none foretells better beyond chance."""
    top = max(range(len(likely)), key=lambda place: float(likely[place].sum()))
    for size, one in enumerate(likely[: top + 1], start=1):
        more = likely[top] - one
        error = float(more.std()) * len(more) ** 0.5
        if float(more.sum()) <= BEYOND * error:
            return size
    return top + 1


def resampled(votes: Votes, places: Floats, found: Mixture, seed: int) -> tuple[Mixture, ...]:
    """Fits to random halves of the people, each from first groups of its own."""
    people = len(places)
    made = []
    for half in range(HALVES):
        some = drawn(people, people // 2, seed, 3, half)
        of = blocks(votes.of(some), everybody=True)
        made.append(best(of, places[some], found.size, seed + half))
    return tuple(made)


def rand_index(one: Labels, other: Labels) -> float:
    """The adjusted Rand index of two partitions (Hubert and Arabie, 1985); 1 where both are one."""
    size = int(other.max(initial=0)) + 1
    cells = np.bincount(one.astype(np.int64) * size + other)
    rows, columns = np.bincount(one), np.bincount(other)

    def pairs(counts: Integers) -> float:
        found = counts.astype(np.float64)
        return float((found * (found - 1) / 2).sum())

    both, first, second = pairs(cells), pairs(rows), pairs(columns)
    every = len(one) * (len(one) - 1) / 2
    chance = first * second / every if every else 0.0
    most = (first + second) / 2
    return 1.0 if most == chance else (both - chance) / (most - chance)


__all__ = ["MOST_GROUPS", "Groups", "Trial", "grouped", "grouped_of", "rand_index", "shaping"]
