"""Intervals of the parts: a share of cases, a ratio of two sums."""

from statistics import NormalDist

import numpy as np

from kelisim.engines.composite.shapes import Floats, Interval, Measured, quotient


def wilson(hits: Floats, cases: Floats, confidence: float = 0.95) -> Interval:
    """The score interval of a share without correction for continuity.

    With p = hits/n and z the normal quantile of (1 + confidence)/2:
    (p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n).
    Wilson (1927, JASA 22); Newcombe (1998, Statistics in Medicine 17) compares it with six others.
    Shapes (bodies,); shares without unit; NaN where there are no cases.
    """
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share = quotient(hits, cases)
    per = quotient(np.full_like(share, z * z), cases)
    middle = share + per / 2
    half = np.sqrt(per * (share * (1 - share) + per / 4))
    # The ends are exact where no case or every case was a hit; rounding must not move them.
    low = np.where(hits == 0, np.minimum(share, 0), (middle - half) / (1 + per))
    high = np.where(hits == cases, np.maximum(share, 1), (middle + half) / (1 + per))
    return Interval(low, high)


def ratio(  # noqa: PLR0917  # the six moments are one argument in six columns
    top: Floats, bottom: Floats, tops: Floats, bottoms: Floats, products: Floats, cases: Floats
) -> Measured:
    """A ratio of two sums over cases with its error: money spent by money planned.

    R = Σy/Σx and, by linearisation (the delta method; Cochran, Sampling Techniques, 1977,
    ch. 6), var R = n/(n-1) · Σ(y - Rx)² / (Σx)², where the middle sum is
    Σy² - 2R Σxy + R² Σx². Takes Σy, Σx, Σy², Σx², Σxy and n, each of shape (bodies,), so that a
    database can add them up; y and x in one unit, R without. NaN without a bottom; the error of a
    single case is NaN. Where every case has the same ratio the error is nought: the cases then say
    nothing of how it varies.
    """
    found = quotient(top, bottom)
    rest = np.maximum(tops - 2 * found * products + found**2 * bottoms, 0)
    more = quotient(cases, np.maximum(cases - 1, 0))
    return Measured(found, np.sqrt(more * rest) / np.where(bottom > 0, bottom, np.nan), cases)


def mean(total: Floats, squares: Floats, cases: Floats) -> Measured:
    """A mean of n cases with its error, s/√n: the ratio whose bottom is one for each case."""
    return ratio(total, cases, squares, cases, total, cases)
