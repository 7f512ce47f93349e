"""Which factor moves an outcome: Sobol' indices by two samples and their mixtures."""

from typing import TYPE_CHECKING

import numpy as np

from kelisim.engines.composite.shapes import Floats, Index

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def indices(
    model: "Callable[[Mapping[str, Floats]], Floats]",
    first: "Mapping[str, Floats]",
    second: "Mapping[str, Floats]",
) -> dict[str, Index]:
    """First-order and total indices of each factor of a model.

    `first` (A) and `second` (B) are independent samples of the same factors; each factor is an
    array whose first axis is the draw and may be many numbers (a vector of weights moves as one).
    With A_i being A whose factor i is taken from B, and V the variance over A and B:
    S_i = mean f(B)(f(A_i) - f(A)) / V, T_i = mean (f(A) - f(A_i))² / 2V
    (Saltelli et al. 2010, Computer Physics Communications 181, table 2, b and f). S_i is the share
    of V that goes when factor i is known, T_i the share that stays when all others are. The
    outcome is centred first, which leaves both as they are and makes S_i steadier. Errors are
    those of the means, V taken as known. An outcome that never varies has indices of nought.
    """
    one, two = model(first), model(second)
    both = np.concatenate([one, two])
    middle, variance = both.mean(), both.var()
    found = {}
    for name in first:
        mixed = model({**first, name: second[name]})
        if variance == 0:
            found[name] = Index(0.0, 0.0, 0.0, 0.0)
            continue
        alone = (two - middle) * (mixed - one) / variance
        whole = (one - mixed) ** 2 / (2 * variance)
        root = np.sqrt(len(one))
        found[name] = Index(
            float(alone.mean()),
            float(alone.std() / root),
            float(whole.mean()),
            float(whole.std() / root),
        )
    return found
