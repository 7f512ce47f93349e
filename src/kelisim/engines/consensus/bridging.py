"""What a statement is worth to people of both sides: agreement beyond the main division.

The model of Community Notes (Wojcik et al., "Birdwatch: Crowd wisdom and bridging algorithms can
inform understanding and reduce the spread of misinformation", 2022): a vote is a common level, how
readily the participant agrees, what the statement has for everybody, and the product of two
positions on one line. Only what is left to the statement when the line has explained its part is
its bridging value. It is shown beside other figures, never mixed into them.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kelisim.engines.consensus.spread import means, spread
from kelisim.engines.consensus.votes import Floats, Votes

OWN, LINE = 0.15, 0.03
"""How strongly own levels and positions are held towards nought, a vote."""
ROUNDS, STILL = 40, 1e-6


@dataclass(frozen=True, slots=True)
class Bridging:
    """What each statement has for everybody, its position on the line, and the common level."""

    value: Floats
    position: Floats
    level: float


def bridging(votes: Votes) -> Bridging:
    """Fitted by turns from the first direction of the map; a vote counts 0, one half or 1."""
    people, statements = votes.size
    if not len(votes.rows):
        return Bridging(np.zeros(statements), np.zeros(statements), 0.5)
    said = (votes.values + 1) / 2
    level = float(said.mean())
    value = means(votes) / 2 + 0.5 - level
    position = spread(votes, 1).directions[:, 0] * np.sqrt(statements)
    own, place = np.zeros(people), np.zeros(people)
    for _round in range(ROUNDS):
        own, place = turned(
            votes.rows, people, said - level - value[votes.columns], position[votes.columns]
        )
        before = value
        value, position = turned(
            votes.columns, statements, said - level - own[votes.rows], place[votes.rows]
        )
        explained = value[votes.columns] + own[votes.rows]
        explained += place[votes.rows] * position[votes.columns]
        level = float((said - explained).mean() / (1 + OWN))
        if np.abs(value - before).max() < STILL:
            break
    return Bridging(value, position, level)


def turned(
    keys: npt.NDArray[np.int32], size: int, left: Floats, line: Floats
) -> tuple[Floats, Floats]:
    """Own level and position of each key that explain best what is left, held towards nought."""
    count = np.bincount(keys, minlength=size).astype(np.float64)
    along = np.bincount(keys, weights=line, minlength=size)
    square = np.bincount(keys, weights=line * line, minlength=size)
    total = np.bincount(keys, weights=left, minlength=size)
    crossed = np.bincount(keys, weights=left * line, minlength=size)
    own, both, held = count * (1 + OWN), along, square + count * LINE
    size_of = own * held - both * both
    there = (count > 0) & (size_of > 0)
    safe = np.where(there, size_of, 1.0)
    level = np.where(there, (total * held - crossed * both) / safe, 0.0)
    position = np.where(there, (crossed * own - total * both) / safe, 0.0)
    return level, position
