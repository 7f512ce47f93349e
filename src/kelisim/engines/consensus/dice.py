"""Chance that falls the same again: numbers from a count, not from a state that somebody shares.

The mixing of SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators",
OOPSLA 2014). The number of a place depends on the seeds and that place alone, so whoever computes a
part of them, in whatever order, gets the same.
"""

import numpy as np
import numpy.typing as npt

from kelisim.engines.consensus.votes import Floats, Integers

GOLDEN = 0x9E3779B97F4A7C15
FIRST, SECOND = 0xBF58476D1CE4E5B9, 0x94D049BB133111EB
WHOLE = (1 << 64) - 1


def mixed(numbers: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(FIRST)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(SECOND)
    return numbers ^ (numbers >> np.uint64(31))


def thrown(count: int, *seeds: int) -> Floats:
    """So many numbers from nought up to one, of 53 bits each."""
    start = np.zeros(1, dtype=np.uint64)
    for seed in seeds:
        start = mixed(start + np.uint64(GOLDEN) + np.uint64(seed & WHOLE))
    steps = np.arange(1, count + 1, dtype=np.uint64) * np.uint64(GOLDEN)
    return (mixed(start + steps) >> np.uint64(11)).astype(np.float64) * 2.0**-53


def drawn(count: int, size: int, *seeds: int) -> Integers:
    """So many of the first `count` numbers, without repeating, in ascending order."""
    order = np.argsort(thrown(count, *seeds), kind="stable")
    return np.sort(order[:size])
