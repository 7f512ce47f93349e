"""Groups of participants who vote alike: a mixture of vote profiles, found where the votes are.

Each group has a profile: how likely it is to agree, pass or disagree on each statement. Everybody's
votes are drawn from the profile of their group. Profiles and memberships are fitted by expectation
and maximisation over the votes that were cast. How many groups there are is asked of votes that
were held back: a number of groups must foretell them better than any smaller one, beyond chance,
and must come out again when only half of the people are asked. Where none does, there are no clear
groups, which is an answer too.

Everything begins from fixed seeds and runs over votes in one order: the same votes give the same
groups to the bit.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from kelisim.engines.consensus.spread import shaping, spread
from kelisim.engines.consensus.votes import Floats, Integers, Votes

type Labels = npt.NDArray[np.int32]
type Dice = np.random.Generator  # noqa: TID251  (a type: chance is thrown in one place)

MOST_GROUPS = 8
SAMPLE = 16_000
"""Participants among whom the number of groups is chosen; all of them are fitted afterwards."""
PRIOR = 2.0
"""Imagined votes on each statement of each group, spread as all people voted."""
ROUNDS, CLOSE = 80, 1e-7
"""Rounds of a fit at the most, and the gain a participant (in nats) below which it ends."""
HELD_BACK = 0.2
"""The part of the votes by which the number of groups is chosen."""
BEYOND = 2.0
"""Standard errors by which more groups must foretell better."""
HALVES = 6
FIRM = 0.6
"""Mean agreement (adjusted Rand index) of fits to halves below which groups are not clear."""
TRIES = 2
EMBEDDING = 10


@dataclass(frozen=True, slots=True)
class Mixture:
    """Weights of groups and their profiles: logarithms, groups × (three votes × statements)."""

    weights: Floats
    profiles: Floats
    likelihood: float

    @property
    def size(self) -> int:
        return len(self.weights)


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

    `stability` is the mean adjusted Rand index of fits to halves of the people against this one.
    """

    size: int
    labels: Labels
    sureness: Floats
    stability: float
    trials: tuple[Trial, ...]


@dataclass(frozen=True)
class Design:
    """Votes as a sparse table: participants × (disagree, pass, agree of each statement)."""

    table: sparse.csr_array
    turned: sparse.csr_array
    pooled: Floats
    """How all people vote on each statement, by column of the table."""

    @property
    def people(self) -> int:
        return int(self.table.shape[0])

    @property
    def statements(self) -> int:
        return int(self.table.shape[1]) // 3


def thrown(*seeds: int) -> Dice:
    """Chance that falls the same again for the same seeds."""
    return np.random.Generator(np.random.PCG64(list(seeds)))  # noqa: TID251  (seeded, here alone)


def design(votes: Votes) -> Design:
    people, statements = votes.size
    columns = votes.columns.astype(np.int32) * 3 + (votes.values.astype(np.int32) + 1)
    ones = np.ones(len(columns))
    table = sparse.csr_array((ones, columns, votes.starts), shape=(people, 3 * statements))
    counts = np.bincount(columns, minlength=3 * statements).reshape(statements, 3)
    pooled = (counts + 1) / (counts.sum(axis=1, keepdims=True) + 3)
    return Design(table, sparse.csr_array(table.T.tocsr()), pooled.ravel())


def maximised(of: Design, shares: Floats) -> tuple[Floats, Floats]:
    """Weights and profiles from memberships (participants × groups)."""
    counts = np.asarray(of.turned @ shares).T.reshape(shares.shape[1], of.statements, 3)
    counts += PRIOR * of.pooled.reshape(of.statements, 3)
    profiles = np.log(counts) - np.log(counts.sum(axis=2, keepdims=True))
    sizes = shares.sum(axis=0) + 1
    return sizes / sizes.sum(), profiles.reshape(shares.shape[1], -1)


def expected(of: Design, weights: Floats, profiles: Floats) -> tuple[Floats, float]:
    """Memberships from weights and profiles, and the logarithm of the likelihood."""
    scores = np.asarray(of.table @ profiles.T) + np.log(weights)
    top = scores.max(axis=1, keepdims=True)
    np.exp(scores - top, out=scores)
    total = scores.sum(axis=1, keepdims=True)
    scores /= total
    return scores, float((np.log(total) + top).sum())


def fitted(of: Design, shares: Floats, rounds: int = ROUNDS) -> Mixture:
    """A mixture from first memberships, until a round gains nearly nothing."""
    weights, profiles = maximised(of, shares)
    before = -np.inf
    for _round in range(rounds):
        shares, likelihood = expected(of, weights, profiles)
        if likelihood - before < CLOSE * of.people:
            before = max(before, likelihood)
            break
        before = likelihood
        weights, profiles = maximised(of, shares)
    return Mixture(weights, profiles, before)


def held_back(votes: Votes, seed: int) -> tuple[Votes, Votes]:
    """The votes to fit, and those to foretell."""
    out = thrown(seed, 2).random(len(votes.rows)) < HELD_BACK

    def part(chosen: npt.NDArray[np.bool_]) -> Votes:
        return Votes(
            votes.participants,
            votes.statements,
            votes.rows[chosen],
            votes.columns[chosen],
            votes.values[chosen],
        )

    return part(~out), part(out)


def foretold(fitted_on: Design, asked: Design, found: Mixture) -> Floats:
    """How likely each participant's held-back votes are, by the group that the others tell."""
    shares, _likelihood = expected(fitted_on, found.weights, found.profiles)
    scores = np.asarray(asked.table @ found.profiles.T) + np.log(np.maximum(shares, 1e-300))
    top = scores.max(axis=1, keepdims=True)
    likely: Floats = np.log(np.exp(scores - top).sum(axis=1)) + top[:, 0]
    return likely


def seeds(places: Floats, size: int, dice: Dice) -> Labels:
    """First groups: points far from each other, then the nearest of them a few times over."""
    chosen = [places[dice.integers(len(places))]]
    far = ((places - chosen[0]) ** 2).sum(axis=1)
    while len(chosen) < size:
        total = far.sum()
        pick = dice.random() * total
        place = int(np.searchsorted(np.cumsum(far), pick)) if total > 0 else 0
        chosen.append(places[min(place, len(places) - 1)])
        far = np.minimum(far, ((places - chosen[-1]) ** 2).sum(axis=1))
    centres = np.array(chosen)
    for _round in range(12):
        labels = nearest(places, centres)
        for group in range(size):
            inside = labels == group
            if inside.any():
                centres[group] = places[inside].mean(axis=0)
    return nearest(places, centres)


def nearest(places: Floats, centres: Floats) -> Labels:
    apart = (centres**2).sum(axis=1) - 2 * places @ centres.T
    return apart.argmin(axis=1).astype(np.int32)


def memberships(labels: Labels, size: int) -> Floats:
    """Nearly whole memberships, so that a first mistake can be mended."""
    shares = np.full((len(labels), size), 0.2 / size)
    shares[np.arange(len(labels)), labels] += 0.8
    return shares


def best(of: Design, places: Floats, size: int, seed: int) -> Mixture:
    """The likeliest of several fits, each from other first groups."""
    if size == 1:
        return fitted(of, np.ones((of.people, 1)), rounds=2)
    dice = thrown(seed, size)
    found = (fitted(of, memberships(seeds(places, size, dice), size)) for _try in range(TRIES))
    return max(found, key=lambda one: one.likelihood)


def halves(people: int, seed: int) -> Iterator[Integers]:
    """Random halves of the people, each in ascending order."""
    dice = thrown(seed, people)
    for _half in range(HALVES):
        yield np.sort(dice.permutation(people)[: people // 2])


def stability(of: Votes, places: Floats, found: Mixture, seed: int) -> float:
    """Whether fits to halves of the people tell everybody into the same groups."""
    whole = design(of)
    mine = assigned(whole, found)
    scores = []
    for half in halves(whole.people, seed):
        part = design(of.of(half))
        other = best(part, places[half], found.size, seed)
        scores.append(rand_index(mine, assigned(whole, other)))
    return float(np.mean(scores))


def assigned(of: Design, found: Mixture) -> Labels:
    shares, _likelihood = expected(of, found.weights, found.profiles)
    return shares.argmax(axis=1).astype(np.int32)


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


def grouped(votes: Votes, *, seed: int = 0, most: int = MOST_GROUPS) -> Groups:
    """The groups among all participants who voted often enough; the others are in none."""
    chosen = np.flatnonzero(shaping(votes))
    none = np.full(len(votes.participants), -1, dtype=np.int32)
    nobody = np.zeros(len(votes.participants))
    if len(chosen) < 2 * most:
        return Groups(1, none, nobody, 0.0, ())
    shapers = votes.of(chosen)
    dice = thrown(seed, 1)
    some = shapers
    if len(chosen) > SAMPLE:
        some = shapers.of(np.sort(dice.permutation(len(chosen))[:SAMPLE]))
    found, firm, trials = chosen_size(some, seed, most)
    if found.size == 1:
        return Groups(1, none, nobody, firm, trials)
    whole = design(shapers)
    shares, _likelihood = expected(whole, found.weights, found.profiles)
    if some is not shapers:
        found = fitted(whole, shares, rounds=30)
        shares, _likelihood = expected(whole, found.weights, found.profiles)
    labels, sureness = none, nobody
    own = shares.argmax(axis=1)
    order = np.argsort(-np.bincount(own, minlength=found.size), kind="stable")
    now = np.empty(found.size, dtype=np.int32)
    now[order] = np.arange(found.size, dtype=np.int32)
    labels[chosen] = now[own]
    sureness[chosen] = shares.max(axis=1)
    return Groups(found.size, labels, sureness, firm, trials)


def chosen_size(votes: Votes, seed: int, most: int) -> tuple[Mixture, float, tuple[Trial, ...]]:
    """The number of groups that foretells best and comes out again; one where none does."""
    told = numbers(votes, seed, most)
    places = spread(votes, min(EMBEDDING, len(votes.statements))).places
    of = design(votes)
    firm: dict[int, float] = {}
    chosen = best(of, places, 1, seed)
    for size in range(preferred(told), 1, -1):
        found = best(of, places, size, seed)
        firm[size] = stability(votes, places, found, seed)
        if firm[size] >= FIRM:
            chosen = found
            break
    held = max(len(votes.rows) * HELD_BACK, 1)
    trials = tuple(
        Trial(size, float((likely - told[0]).sum() / held), firm.get(size))
        for size, likely in enumerate(told, start=1)
    )
    return chosen, firm.get(chosen.size, 0.0), trials


def numbers(votes: Votes, seed: int, most: int) -> list[Floats]:
    """How well each number of groups foretells, participant by participant; ends when it falls."""
    train, asked = held_back(votes, seed)
    places = spread(train, min(EMBEDDING, len(votes.statements))).places
    of, held = design(train), design(asked)
    told: list[Floats] = []
    for size in range(1, most + 1):
        told.append(foretold(of, held, best(of, places, size, seed)))
        sums = [float(one.sum()) for one in told]
        if len(sums) > 2 and max(sums[-2:]) < max(sums[:-2]):  # noqa: PLR2004  (twice in a row)
            break
    return told


def preferred(told: list[Floats]) -> int:
    """The smallest number of groups than which none foretells better beyond chance."""
    top = max(range(len(told)), key=lambda place: float(told[place].sum()))
    for size, likely in enumerate(told[: top + 1], start=1):
        more = told[top] - likely
        error = float(more.std()) * len(more) ** 0.5
        if float(more.sum()) <= BEYOND * error:
            return size
    return top + 1
