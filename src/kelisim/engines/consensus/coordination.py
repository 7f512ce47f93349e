"""Suspected coordinated voting: nearly the same votes, cast in a burst.

Similarity alone is no ground: like-minded people vote alike. Coming together alone is none either:
a link is shared and many follow it. Only both at once is told, to moderators, as sizes and times;
nothing is dropped, nobody is named, and the figures are shown with and without.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import gammainc

from kelisim.engines.consensus.dice import thrown
from kelisim.engines.consensus.votes import Floats, Integers, Votes

FEWEST = 5
"""Participants who make a burst."""
VOTES = 10
"""Votes that somebody needs to be like anybody."""
ALIKE = 0.6
"""Votes in common, of all that either cast (Jaccard's index), from which two are nearly alike.

Two of a crew who each depart from one vote in ten of its list have two thirds in common.
"""
CHANCE = 1e-5
"""How rarely chance alone may bring so many of the alike so close together."""
BANDS, ROWS = 12, 3
PRIME = (1 << 31) - 1
LARGEST = 400
"""Participants of a bucket that are compared with each other; more are compared in parts."""


@dataclass(frozen=True, slots=True)
class Burst:
    """How many voted nearly the same, from when to when they began, and how rare that is."""

    size: int
    begins: float
    ends: float
    chance: float
    members: tuple[int, ...]
    """Places of participants: to compute figures without them, never to be shown."""


def bursts(votes: Votes, *, seed: int = 0) -> list[Burst]:
    """Every suspected burst, the largest first; none where moments are not known."""
    if votes.times is None:
        return []
    began = begun(votes)
    able = np.flatnonzero((votes.per_participant >= VOTES) & ~np.isnan(began))
    if len(able) < FEWEST:
        return []
    ranks = np.empty(len(able))
    ranks[np.argsort(began[able], kind="stable")] = np.arange(len(able))
    place = {int(one): at for at, one in enumerate(able.tolist())}
    found = []
    for family in families(votes, able, seed):
        own = np.array([ranks[place[one]] for one in family])
        for chosen, chance in dense(own, len(able)):
            members = tuple(sorted(family[at] for at in chosen))
            when = began[list(members)]
            found.append(Burst(len(members), float(when.min()), float(when.max()), chance, members))
    return sorted(found, key=lambda one: (-one.size, one.begins))


def begun(votes: Votes) -> Floats:
    """When each participant cast their first vote that counts."""
    times = votes.times if votes.times is not None else np.full(len(votes.rows), np.nan)
    first = np.full(len(votes.participants), np.inf)
    np.minimum.at(first, votes.rows, np.where(np.isnan(times), np.inf, times))
    first[np.isinf(first)] = np.nan
    return first


def families(votes: Votes, able: Integers, seed: int) -> Iterator[list[int]]:
    """Participants linked by votes that are nearly the same, each family in ascending order."""
    codes = votes.columns.astype(np.int64) * 3 + (votes.values + 1)
    above = {int(one): int(one) for one in able.tolist()}

    def head(one: int) -> int:
        while above[one] != one:
            above[one] = above[above[one]]
            one = above[one]
        return one

    for bucket in buckets(votes, codes, able, seed):
        for one, other in alike(votes, codes, bucket):
            low, high = sorted((head(one), head(other)))
            above[high] = low
    found: dict[int, list[int]] = {}
    for one in able.tolist():
        found.setdefault(head(one), []).append(one)
    yield from (family for family in found.values() if len(family) >= FEWEST)


def buckets(votes: Votes, codes: Integers, able: Integers, seed: int) -> Iterator[list[int]]:
    """Candidates: those whose least hashed votes agree in a band (MinHash)."""
    mask = np.zeros(len(votes.participants), dtype=np.bool_)
    mask[able] = True
    inside = mask[votes.rows]
    counts = votes.per_participant[able]
    offsets = np.concatenate(([0], np.cumsum(counts)[:-1]))
    own = codes[inside]
    for band in range(BANDS):
        key = np.zeros(len(able), dtype=np.int64)
        for row in range(ROWS):
            a, b = (1 + int(one * (PRIME - 1)) for one in thrown(2, seed, band, row))
            least = np.minimum.reduceat((own * a + b) % PRIME, offsets)
            key = (key * 1_000_003 + least) % (1 << 61)
        order = np.argsort(key, kind="stable")
        cuts = np.flatnonzero(np.diff(key[order])) + 1
        for part in np.split(order, cuts):
            if len(part) > 1:
                yield able[part].tolist()


def alike(votes: Votes, codes: Integers, bucket: list[int]) -> Iterator[tuple[int, int]]:
    """Pairs of a bucket whose votes are nearly the same; a large bucket by neighbours."""
    sets = {
        one: frozenset(codes[votes.starts[one] : votes.starts[one + 1]].tolist()) for one in bucket
    }
    reach = len(bucket) if len(bucket) <= LARGEST else 8
    for at, one in enumerate(bucket):
        for other in bucket[at + 1 : at + 1 + reach]:
            both = len(sets[one] & sets[other])
            if both >= ALIKE * (len(sets[one]) + len(sets[other]) - both):
                yield one, other


def dense(ranks: Floats, everybody: int) -> list[tuple[list[int], float]]:
    """The runs of a family that came closer together than chance brings them.

    Among everybody's beginnings in their order, a family of M would lie evenly: within r places of
    a member others are met as often as a Poisson variable with mean M·r/N says.
    """
    order = np.argsort(ranks, kind="stable")
    sorted_ranks = ranks[order]
    size = len(ranks)
    found: list[tuple[list[int], float]] = []
    start = 0
    while start + FEWEST <= size:
        best: tuple[int, float] | None = None
        for end in range(start + FEWEST, size + 1):
            span = sorted_ranks[end - 1] - sorted_ranks[start]
            others = end - start - 1
            chance = size * float(gammainc(others, size * max(span, others) / everybody))
            if chance < CHANCE and (best is None or chance <= best[1] or end - start > best[0]):
                best = (end - start, chance)
        if best is None:
            start += 1
            continue
        found.append((order[start : start + best[0]].tolist(), best[1]))
        start += best[0]
    return found


type Flags = npt.NDArray[np.bool_]


def without(votes: Votes, found: list[Burst]) -> Votes:
    """The votes of everybody else, for figures to set beside those of all."""
    out: Flags = np.ones(len(votes.participants), dtype=np.bool_)
    for burst in found:
        out[list(burst.members)] = False
    return votes.of(np.flatnonzero(out))
