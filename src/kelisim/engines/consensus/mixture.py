"""A mixture of vote profiles: each group has its chances of every answer to every statement.

Everybody's votes are drawn from the profile of their group; what was not asked says nothing.
Fitted by expectation and maximisation (Dempster, Laird, Rubin, 1977) over the votes that were cast,
with a few imagined votes a statement spread as all people voted, so that a profile that few votes
tell of stays near everybody's. Passing and taking a side are held apart: where people hardly differ
in how often they pass, groups may not either, and noise in passing parts nobody.
"""

from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt

from kelisim.engines.consensus.blocks import Block, Blocks
from kelisim.engines.consensus.dice import thrown
from kelisim.engines.consensus.fixpoint import fixpoint
from kelisim.engines.consensus.spread import counted
from kelisim.engines.consensus.votes import Floats

type Labels = npt.NDArray[np.int32]

SIDES = 3.0
"""Imagined votes for and against each statement in each group, spread as all people voted."""
PASSING = (10.0, 1000.0)
"""The fewest and the most imagined votes on whether one passes."""
ROUNDS, CLOSE = 60, 1e-5
"""Rounds of a rough fit at the most, and the gain a participant (in nats) below which it ends."""
SETTLED, LAST = 1e-8, 400
"""What no logarithm of a chance may still move by in a fit that counts, and rounds at the most."""
TRIES = 8
ROUGH = 5
"""Rounds of each try, before the likeliest goes on."""
WHOLE = 0.8
"""How much of a participant belongs to the first group from the start."""


@dataclass(frozen=True, slots=True)
class Mixture:
    """Logarithms of the groups' shares, and of each answer: groups × (three answers × statements).

    `likelihood`: the logarithm of the votes' (as it was a step before the last). `moved`: the most
    that any of these still moved.
    """

    shares: Floats
    profiles: Floats
    likelihood: float
    moved: float = np.inf

    @property
    def size(self) -> int:
        return len(self.shares)


def memberships(block: Block, shares: Floats, profiles: Floats) -> tuple[Floats, Floats]:
    """How surely each participant is of each group, and the logarithm of the likelihood."""
    scores = np.asarray(block.table @ np.ascontiguousarray(profiles.T)) + shares
    top = scores.max(axis=1)
    np.exp(scores - top[:, None], out=scores)
    total = scores.sum(axis=1)
    scores /= total[:, None]
    return scores, np.log(total) + top


def expected(block: Block, shares: Floats, profiles: Floats) -> Floats:
    """What the next profiles are made of: answers by group, sizes of groups, and the likelihood."""
    inside, likely = memberships(block, shares, profiles)
    inside *= block.shaping[:, None]
    answers = np.asarray(block.table.T @ inside)
    return np.concatenate((answers.ravel(), inside.sum(axis=0), [(likely * block.shaping).sum()]))


def surest(block: Block, shares: Floats, profiles: Floats) -> Floats:
    """Two columns: the likeliest group of each participant, and how sure that is."""
    inside, _likely = memberships(block, shares, profiles)
    return np.stack((inside.argmax(axis=1).astype(np.float64), inside.max(axis=1)), axis=1)


def told(of: Blocks, found: Mixture) -> tuple[Labels, Floats]:
    """Everybody's likeliest group, and how sure that is."""
    rows = of.joined(partial(surest, shares=found.shares, profiles=found.profiles))
    return rows[:, 0].astype(np.int32), rows[:, 1]


@dataclass(frozen=True, slots=True)
class Prior:
    """Towards what profiles are held: by statement, how many pass, how many of the others agree.

    `passing`: imagined votes on whether one passes.
    """

    passed: Floats
    agreed: Floats
    passing: float

    def worth(self, profiles: Floats) -> float:
        """The logarithm of the imagined votes' likelihood."""
        chances = np.exp(profiles).reshape(len(profiles), -1, 3)
        sides = chances[:, :, 0] + chances[:, :, 2]
        passed, agreed = chances[:, :, 1], chances[:, :, 2] / sides
        whether = self.passed * np.log(passed) + (1 - self.passed) * np.log(sides)
        which = self.agreed * np.log(agreed) + (1 - self.agreed) * np.log1p(-agreed)
        return float(self.passing * whether.sum() + SIDES * which.sum())


def pooled(of: Blocks) -> Prior:
    """How those who shape the groups answer each statement."""
    counts = of.total(counted).reshape(of.statements, 3) + 1
    passed = counts[:, 1] / counts.sum(axis=1)
    agreed = counts[:, 2] / (counts[:, 0] + counts[:, 2])
    return Prior(passed, agreed, held(of, passed))


def held(of: Blocks, passed: Floats) -> float:
    """Imagined votes on passing: few where people differ in how readily they pass, else many.

    The correlation ρ of two answers of one person, by moments; as many as (1 − ρ)/ρ say.
    """
    spread = np.sqrt(passed * (1 - passed))
    apart = np.stack((-passed, 1 - passed, -passed), axis=1).ravel()
    asked = np.stack((apart, np.repeat(spread, 3), np.repeat(spread**2, 3)), axis=1)
    more, most = of.total(partial(excess, cells=asked)).tolist()
    fewest, limit = PASSING
    rho = more / most if most > 0 else 0.0
    return limit if rho * (limit + 1) <= 1 else max((1 - rho) / rho, fewest)


def excess(block: Block, cells: Floats) -> Floats:
    """How much more people differ in passing than by chance, and how much they could at most."""
    apart, spread, chance = np.asarray(block.table @ cells).T
    parts = (apart**2 - chance, spread**2 - chance)
    return np.array([float((one * block.shaping).sum()) for one in parts])


def maximised(answers: Floats, sizes: Floats, prior: Prior) -> tuple[Floats, Floats]:
    """Shares and profiles from the answers by group (cells × groups) and the groups' sizes."""
    counts = answers.T.reshape(len(sizes), -1, 3)
    against, passing, agree = counts[:, :, 0], counts[:, :, 1], counts[:, :, 2]
    sides = against + agree
    passed = (passing + prior.passing * prior.passed) / (passing + sides + prior.passing)
    agreed = (agree + SIDES * prior.agreed) / (sides + SIDES)
    left = 1 - passed
    profiles = np.log(np.stack((left * (1 - agreed), passed, left * agreed), axis=2))
    shares = np.log(sizes + 1) - np.log((sizes + 1).sum())
    return shares, profiles.reshape(len(sizes), -1)


def stepped(of: Blocks, shares: Floats, profiles: Floats, prior: Prior) -> Mixture:
    """One round; the likelihood is that of the mixture before it."""
    size = len(shares)
    sums = of.total(partial(expected, shares=shares, profiles=profiles))
    made = maximised(sums[: -size - 1].reshape(-1, size), sums[-size - 1 : -1], prior)
    return Mixture(*made, float(sums[-1]))


def begun(block: Block, labels: Labels, size: int) -> Floats:
    """Answers by group and sizes of groups, when everybody has a small part of all groups."""
    inside = np.full((len(labels), size), (1 - WHOLE) / size)
    inside[np.arange(len(labels)), labels] += WHOLE
    inside *= (block.shaping * (labels >= 0))[:, None]
    return np.concatenate((np.asarray(block.table.T @ inside).ravel(), inside.sum(axis=0)))


def first(of: Blocks, labels: Labels, size: int, prior: Prior) -> Mixture:
    """The mixture of first groups; −1 is in none of them."""
    sums = of.total(partial(begun, size=size), labels)
    return Mixture(*maximised(sums[:-size].reshape(-1, size), sums[-size:], prior), -np.inf)


def walked(
    of: Blocks, found: Mixture, prior: Prior, rounds: int = ROUNDS, close: float = CLOSE
) -> Mixture:
    """Rounds until one gains nearly nothing."""
    before = -np.inf
    for _round in range(rounds):
        found = stepped(of, found.shares, found.profiles, prior)
        if found.likelihood - before < close * max(of.people, 1):
            break
        before = found.likelihood
    return found


def settled(of: Blocks, found: Mixture, close: float = SETTLED) -> Mixture:
    """Rounds until nothing moves any more."""
    prior, size = pooled(of), found.size

    def step(packed: Floats) -> tuple[Floats, float]:
        shares, profiles = packed[:size], packed[size:].reshape(size, -1)
        made = stepped(of, shares, profiles, prior)
        worth = made.likelihood + prior.worth(profiles) + float(shares.sum())
        return np.concatenate((made.shares, made.profiles.ravel())), worth

    def proper(packed: Floats) -> Floats:
        shares, profiles = packed[:size], packed[size:].reshape(-1, 3)
        shares = shares - np.log(np.exp(shares).sum())
        profiles = profiles - np.log(np.exp(profiles).sum(axis=1, keepdims=True))
        return np.concatenate((shares, profiles.ravel()))

    packed = np.concatenate((found.shares, found.profiles.ravel()))
    packed, moved = fixpoint(step, packed, close=close, rounds=LAST, proper=proper)
    shares, profiles = packed[:size], packed[size:].reshape(size, -1)
    return Mixture(shares, profiles, stepped(of, shares, profiles, prior).likelihood, moved)


def best(of: Blocks, places: Floats, size: int, seed: int) -> Mixture:
    """The likeliest of a few short fits from other first groups, taken further."""
    prior = pooled(of)
    if size == 1:
        start = first(of, np.zeros(of.people, dtype=np.int32), 1, prior)
        return walked(of, start, prior, rounds=2)
    tries = [
        walked(of, first(of, near(places, size, seed, one), size, prior), prior, rounds=ROUGH)
        for one in range(TRIES)
    ]
    return walked(of, max(tries, key=lambda one: one.likelihood), prior)


def near(places: Floats, size: int, *seeds: int) -> Labels:
    """First groups: points far from each other, then the nearest of them a few times over."""
    chance = thrown(size, size, *seeds)
    centres = [places[int(chance[0] * len(places))]]
    far = ((places - centres[0]) ** 2).sum(axis=1)
    for pick in chance[1:].tolist():
        sums = np.cumsum(far)
        place = int(np.searchsorted(sums, pick * sums[-1], side="right"))
        centres.append(places[min(place, len(places) - 1)])
        far = np.minimum(far, ((places - centres[-1]) ** 2).sum(axis=1))
    middle = np.array(centres)
    for _round in range(8):
        labels = nearest(places, middle)
        count = np.maximum(np.bincount(labels, minlength=size), 1)
        for axis in range(places.shape[1]):
            sums = np.bincount(labels, weights=places[:, axis], minlength=size)
            middle[:, axis] = sums / count
    return nearest(places, middle)


def nearest(places: Floats, centres: Floats) -> Labels:
    # einsum without a plan sums in its own loop, never in a library's threads.
    apart = (centres**2).sum(axis=1) - 2 * np.einsum("ij,kj->ik", places, centres)
    found: Labels = apart.argmin(axis=1).astype(np.int32)
    return found
