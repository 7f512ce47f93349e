"""How sure a rank is: what cases, weights and the rule of aggregation leave open.

Part 7 of the Handbook on Constructing Composite Indicators (OECD and JRC, 2008): every choice that
could have been made otherwise is thrown anew many times, and the ranks are looked at together.
"""

from typing import TYPE_CHECKING

import numpy as np

from kelisim.engines.composite.scores import (
    aggregate,
    normalise,
    scaled,
    table,
    weighed,
)
from kelisim.engines.composite.sensitivity import indices
from kelisim.engines.composite.shapes import (
    Column,
    Component,
    Dice,
    Enough,
    Flags,
    Floats,
    Interval,
    Places,
    Ranking,
    Rule,
    Scale,
    Sensitivity,
    weights,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FIRMNESS = 50.0
"""How closely weights keep to the given ones: a weight of 0.2 varies by ±0.056 (one sigma)."""
BLOCK = 256
"""Draws compared at once: pairs of bodies are many."""


def standing(scores: Floats) -> Floats:
    """Ranks from scores, 1 the best, ties at their mean; shape (…, bodies) in and out."""
    above = (scores[..., None, :] > scores[..., :, None]).sum(-1)
    level = (scores[..., None, :] == scores[..., :, None]).sum(-1)
    found: Floats = above + (level + 1) / 2.0
    return found


def thrown(given: Floats, draws: int, firmness: float, by: Dice) -> Floats:
    """Weights around the given ones, from Dirichlet(firmness · w); nought stays nought.

    Their mean is the given weight, their variance w(1 - w)/(firmness + 1). Shape (draws, k).
    """
    found = np.zeros((draws, len(given)))
    weighing = given > 0
    found[:, weighing] = by.dirichlet(firmness * given[weighing], draws)
    return found


def cells(
    columns: "Sequence[Column]",
    components: "Sequence[Component]",
    known: Enough,
    draws: int,
    by: Dice,
) -> Floats:
    """Normal components as the cases leave them possible: (draws, bodies ranked, components)."""
    raw = np.stack([one.draw(draws, by) for one in columns], axis=-1)
    return normalise(np.where(known.known, raw, np.nan)[:, known.ranked], components)


def ranking(
    columns: "Sequence[Column]",
    components: "Sequence[Component]",
    enough: Enough,
    *,
    by: Dice,
    rule: Rule = Rule.ARITHMETIC,
    draws: int = 2000,
    firmness: float = FIRMNESS,
    apart: float = 0.95,
) -> Ranking | None:
    """Ranks of bodies with their intervals over cases × weights × the rule of aggregation.

    `rule` gives the ranks themselves; half of the draws take each rule. Two bodies are told apart
    when one stands above the other in the share `apart` of the draws. None where too few bodies
    have enough: then nobody has a rank.
    """
    if enough.refused:
        return None
    given = weights(components)
    real = np.where(enough.known, table(columns), np.nan)[enough.ranked]
    normal = normalise(real, components)
    rank = standing(aggregate(normal, weighed(normal, given), rule))
    drawn = cells(columns, components, enough, draws, by)
    weight = weighed(drawn, thrown(given, draws, firmness, by)[:, None, :])
    geometric = by.random(draws) < 0.5  # noqa: PLR2004  # as often the one as the other
    scores = either(drawn, weight, geometric)
    better, ranks = compared(scores)
    first = ranks == ranks.min(1, keepdims=True)
    one = (first / first.sum(1, keepdims=True)).mean(0)
    low, high = np.quantile(ranks, [0.05, 0.95], axis=0, method="inverted_cdf")
    least, most = np.quantile(scores, [0.05, 0.95], axis=0)
    back = np.flatnonzero(enough.ranked)
    size = len(enough.ranked)
    pairs = np.full((size, size), np.nan)
    pairs[np.ix_(back, back)] = better
    return Ranking(
        spread(rank, back, size),
        spread(low, back, size),
        spread(high, back, size),
        spread(one, back, size),
        pairs,
        Interval(spread(least, back, size), spread(most, back, size)),
        tuple(tuple(int(back[i]) for i in run) for run in runs(rank, better, apart)),
        draws,
    )


def either(normal: Floats, by: Floats, geometric: Flags) -> Floats:
    """Scores of draws, each by the rule that it threw; shape (draws, bodies)."""
    return np.where(
        geometric[:, None],
        aggregate(normal, by, Rule.GEOMETRIC),
        aggregate(normal, by, Rule.ARITHMETIC),
    )


def compared(scores: Floats) -> tuple[Floats, Floats]:
    """How often each stood above each, ties one half, and the ranks of every draw."""
    draws, size = scores.shape
    better = np.zeros((size, size))
    ranks = np.empty_like(scores)
    for start in range(0, draws, BLOCK):
        block = scores[start : start + BLOCK]
        above = block[:, :, None] > block[:, None, :]
        below = above.transpose(0, 2, 1)
        wins = above + 0.5 * ~(above | below)
        better += wins.sum(0)
        ranks[start : start + BLOCK] = size + 0.5 - wins.sum(2)
    better /= draws
    np.fill_diagonal(better, 0.5)
    return better, ranks


def spread(found: Floats, back: Places, size: int) -> Floats:
    """Values of the ranked bodies among all of them, NaN for the others."""
    whole = np.full(size, np.nan)
    whole[back] = found
    return whole


def runs(rank: Floats, better: Floats, apart: float) -> list[tuple[int, ...]]:
    """The longest runs in the order of ranks in which no two are told apart.

    Runs may overlap, as letters do in a table of multiple comparisons: the second may be like the
    first and like the third, while these two differ.
    """
    order = [int(i) for i in np.argsort(rank, kind="stable")]
    found: list[tuple[int, ...]] = []
    reach = 0
    for start in range(len(order)):
        end = start + 1
        while end < len(order) and all(
            1 - apart < better[one, order[end]] < apart for one in order[start:end]
        ):
            end += 1
        if end > reach:
            found.append(tuple(order[start:end]))
            reach = end
    return found


def sensitivity(
    columns: "Sequence[Column]",
    components: "Sequence[Component]",
    enough: Enough,
    *,
    by: Dice,
    rule: Rule = Rule.ARITHMETIC,
    draws: int = 1024,
    firmness: float = FIRMNESS,
) -> Sensitivity | None:
    """Which choice moves the ranks: weights, rule, scale, or the cases themselves.

    The output is the mean shift of rank, R = Σ|rank_ref - rank|/bodies (Saisana, Saltelli and
    Tarantola 2005, JRSS A 168), its variance shared out by Sobol' indices. None where nobody has
    a rank.
    """
    if enough.refused:
        return None
    given = weights(components)
    real = np.where(enough.known, table(columns), np.nan)[enough.ranked]
    normal = normalise(real, components)
    reference = standing(aggregate(normal, weighed(normal, given), rule))

    def throw() -> dict[str, Floats]:
        return {
            "cases": cells(columns, components, enough, draws, by),
            "weights": thrown(given, draws, firmness, by),
            "rule": by.integers(0, 2, draws).astype(np.float64),
            "scale": by.integers(0, 2, draws).astype(np.float64),
        }

    def shift(factors: "Mapping[str, Floats]") -> Floats:
        drawn = factors["cases"]
        ranks = np.where(factors["scale"][:, None, None] > 0, scaled(drawn, Scale.RANKS), drawn)
        weight = weighed(ranks, factors["weights"][:, None, :])
        found = standing(either(ranks, weight, factors["rule"] > 0))
        return np.asarray(np.abs(found - reference).mean(1), dtype=np.float64)

    first, second = throw(), throw()
    shares = indices(shift, first, second)
    both = np.concatenate([shift(first), shift(second)])
    return Sensitivity(float(both.mean()), tuple(shares.items()))
