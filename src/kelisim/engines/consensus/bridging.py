"""What a statement is worth to people of both sides: agreement beyond the main division.

The model of Community Notes (Wojcik et al., "Birdwatch: Crowd wisdom and bridging algorithms can
inform understanding and reduce the spread of misinformation", 2022): a vote is a common level, how
readily the participant agrees, what the statement has for everybody, and the product of two
positions on one line. Only what is left to the statement when the line has explained its part is
its bridging value. It is shown beside other figures, never mixed into them.

Least squares, held towards nought by λ = 0.15 (levels) and 0.03 (positions) for every vote, by
turns: participants from statements, statements from participants.
"""

from dataclasses import dataclass
from functools import partial

import numpy as np

from kelisim.engines.consensus.blocks import ALONE, Block, Blocks, Workers, blocks
from kelisim.engines.consensus.fixpoint import fixpoint
from kelisim.engines.consensus.spread import counted, directions, means
from kelisim.engines.consensus.votes import Floats, Votes

OWN, LINE = 0.15, 0.03
"""How strongly own levels and positions are held towards nought, a vote."""
SAID = np.array([0.0, 0.5, 1.0])
"""What disagreeing, passing and agreeing count."""
ROUNDS, STILL = 150, 1e-8


@dataclass(frozen=True, slots=True)
class Bridging:
    """What each statement has for everybody, its position on the line, and the common level.

    `moved`: the most that any of these still moved in the last turn.
    """

    value: Floats
    position: Floats
    level: float
    moved: float = 0.0


def bridging(votes: Votes, workers: Workers = ALONE, start: Bridging | None = None) -> Bridging:
    return bridging_of(blocks(votes, workers), start)


def bridging_of(of: Blocks, start: Bridging | None = None, line: Floats | None = None) -> Bridging:
    """Fitted from an earlier one, or along `line`: the first direction of the map."""
    size = of.statements
    counts = of.total(counted).reshape(size, 3)
    if not counts.any():
        return Bridging(np.zeros(size), np.zeros(size), 0.5)
    if start is None:
        middle = means(of)
        if line is None:
            line = directions(of, middle, 1, close=1e-3)[:, 0]
        level = float((counts * SAID).sum() / counts.sum())
        start = Bridging(middle / 2 + 0.5 - level, line * np.sqrt(size), level)
    packed = np.concatenate((start.value, start.position, [start.level]))
    found, moved = fixpoint(partial(turn, of), packed, close=STILL, rounds=ROUNDS)
    return Bridging(found[:size], found[size:-1], float(found[-1]), moved)


def turn(of: Blocks, packed: Floats) -> tuple[Floats, float]:
    """One turn: participants from statements, then statements and the level from participants."""
    size = of.statements
    value, position, level = packed[:size], packed[size:-1], float(packed[-1])
    left = SAID[None, :] - level - value[:, None]
    ones, along = np.ones((size, 3)), np.repeat(position[:, None], 3, axis=1)
    asked = np.stack((ones, along, along**2, left, left * along), axis=2).reshape(3 * size, 5)
    sums = of.total(partial(answered, cells=asked)).reshape(size, 3, 5)
    level_left = (SAID - level)[None, :]
    count, line, square, own, crossed = (sums[:, :, part].sum(axis=1) for part in range(5))
    rest = (sums[:, :, 0] * level_left).sum(axis=1) - own
    rest_along = (sums[:, :, 1] * level_left).sum(axis=1) - crossed
    value, position = solved(count, line, square, rest, rest_along)
    said = float((sums[:, :, 0] * SAID).sum())
    explained = float((value * count).sum() + own.sum() + (position * line).sum())
    level = (said - explained) / (float(count.sum()) * (1 + OWN))
    return np.concatenate((value, position, [level])), 0.0


def answered(block: Block, cells: Floats) -> Floats:
    """Each participant's own level and position, laid back on the cells.

    Columns: votes, positions, their squares, own levels, own levels times positions.
    """
    count, along, square, left, crossed = np.asarray(block.table @ cells).T
    own, place = solved(count, along, square, left, crossed)
    back = np.stack((np.ones(len(own)), place, place**2, own, own * place), axis=1)
    back *= block.shaping[:, None]
    return np.asarray(block.table.T @ back)


def solved(
    count: Floats, along: Floats, square: Floats, left: Floats, crossed: Floats
) -> tuple[Floats, Floats]:
    """Own level and position that explain best what is left, held towards nought."""
    own, held = count * (1 + OWN), square + count * LINE
    size = own * held - along * along
    there = (count > 0) & (size > 0)
    safe = np.where(there, size, 1.0)
    level = np.where(there, (left * held - crossed * along) / safe, 0.0)
    position = np.where(there, (crossed * own - left * along) / safe, 0.0)
    return level, position
