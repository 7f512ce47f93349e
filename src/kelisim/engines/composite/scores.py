"""From components to a score: measured between goalposts, weighed, brought together.

After the steps of the Handbook on Constructing Composite Indicators (OECD and JRC, 2008): parts 5
(normalisation), 6 (weighting and aggregation) and 4 (missing data), each with its choice said.
"""

from typing import TYPE_CHECKING

import numpy as np

from kelisim.engines.composite.shapes import (
    Column,
    Component,
    Enough,
    Floats,
    Rule,
    Scale,
    Scored,
    quotient,
    weights,
)

if TYPE_CHECKING:
    from collections.abc import Sequence


def normalise(values: Floats, components: "Sequence[Component]") -> Floats:
    """Each component between its goalposts: (x - worst)/(best - worst), cut to 0…1.

    Goalposts are published beforehand and not taken from the bodies compared, so nobody's score
    moves when another joins. Shape (…, components) in and out; NaN stays NaN.
    """
    worst = np.array([one.worst for one in components])
    best = np.array([one.best for one in components])
    found: Floats = np.clip((values - worst) / (best - worst), 0.0, 1.0)
    return found


def places(normal: Floats) -> Floats:
    """Each component as a body's place among the bodies: (place - 1/2)/bodies, 1 is best.

    The other choice of scale, for sensitivity only: it does move when another joins. Ties share a
    mean place. Shape (…, bodies, components); NaN stays NaN and is no body.
    """
    above = (normal[..., :, None, :] > normal[..., None, :, :]).sum(-2)
    level = (normal[..., :, None, :] == normal[..., None, :, :]).sum(-2)
    known = np.isfinite(normal)
    found = quotient(above + level / 2, known.sum(-2, keepdims=True).astype(np.float64))
    return np.where(known, found, np.nan)


def weighed(normal: Floats, given: Floats) -> Floats:
    """What each component weighs for each body: the given weights, over what is known of it.

    A body judged by fewer components has their weights raised in proportion; this is said of it
    (`Enough.known`), and below the needed number it is not ranked. Nothing is filled in. Weights
    and normal broadcast to (…, bodies, components); rows sum to 1, NaN where nothing weighs.
    """
    known = np.where(np.isfinite(normal), given, 0.0)
    return quotient(known, known.sum(-1, keepdims=True))


def aggregate(normal: Floats, by: Floats, rule: Rule) -> Floats:
    """One score of weighed components, 0…1; shape (…, components) to (…).

    Arithmetic Σ w x: a weak part is made good by a strong one. Geometric Π x^w: it is made good
    less and less, and a part at its worst brings the whole to nought (with a weight of nought it
    counts for nothing).
    """
    seen = by > 0
    if rule == Rule.ARITHMETIC:
        found = (by * np.where(seen, normal, 0.0)).sum(-1)
    else:
        found = np.exp((by * np.where(seen, logarithm(normal), 0.0)).sum(-1))
    return np.where(seen.any(-1), found, np.nan)


def logarithm(values: Floats) -> Floats:
    """The natural logarithm, that of nought being minus infinity without a warning."""
    found = np.full(values.shape, -np.inf)
    np.log(values, out=found, where=values > 0)
    return np.where(np.isnan(values), np.nan, found)


def lost(normal: Floats, by: Floats, score: Floats, rule: Rule) -> Floats:
    """What each component took from the full score; each row sums to 1 - score.

    Arithmetic w (1 - x). Geometric (1 - S) · w ln x / ln S: the logarithm of S is a sum over the
    components, so its parts are theirs; where the score is nought, what brought it there shares
    it by weight. Shape (…, components).
    """
    seen = by > 0
    if rule == Rule.ARITHMETIC:
        found = by * (1 - normal)
    else:
        logs = logarithm(normal)
        zero = np.where(normal == 0, by, 0.0)
        finite = -by * np.where(seen & np.isfinite(logs), logs, 0.0)
        parts = np.where((zero.sum(-1) > 0)[..., None], zero, finite)
        whole = parts.sum(-1, keepdims=True)
        shares = np.zeros_like(parts)
        np.divide(parts, whole, out=shares, where=whole > 0)
        found = (1 - score)[..., None] * shares
    return np.where(seen, found, np.where(np.isnan(normal), np.nan, 0.0))


def scored(
    values: Floats, components: "Sequence[Component]", rule: Rule = Rule.ARITHMETIC
) -> Scored:
    """Scores of bodies from values of shape (bodies, components), each in its own unit."""
    normal = normalise(values, components)
    by = weighed(normal, weights(components))
    score = aggregate(normal, by, rule)
    return Scored(normal, by, score, lost(normal, by, score, rule))


def thin(
    cases: Floats, components: "Sequence[Component]", *, least_bodies: int = 5, needed: int = 0
) -> Enough:
    """Which cells rest on enough cases, which bodies on enough cells, and whether any are ranked.

    `needed` is how many of the components that weigh a body must have (nought: all of them). Cases
    have the shape (bodies, components); every threshold is published with the result.
    """
    known = cases >= np.array([max(one.least, 1) for one in components])
    weighing = np.array([one.weight > 0 for one in components])
    wanted = min(needed, int(weighing.sum())) or int(weighing.sum())
    return Enough(known, (known & weighing).sum(1) >= wanted, least_bodies, wanted)


def table(columns: "Sequence[Column]") -> Floats:
    """Values of columns side by side: (bodies, components)."""
    return np.column_stack([one.value for one in columns])


def scaled(normal: Floats, scale: Scale) -> Floats:
    """Normal components on the scale that is asked for."""
    return places(normal) if scale == Scale.RANKS else normal
