"""Votes in blocks of participants, so that many workers give what one gives, to the bit.

Whatever is summed over participants is summed inside each block first, then over blocks in their
order. Blocks are cut by the order of participants alone, so the number of workers changes nothing.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
from scipy import sparse

from kelisim.engines.consensus.votes import Floats, Votes

BLOCK = 8192
"""Participants in a block."""
ENOUGH = 7
"""Votes that somebody needs to shape the map and the groups, or all there are statements for."""


class Workers(Protocol):
    """Who computes: one process, its threads, or a cluster that keeps the blocks at its nodes."""

    def keep(self, blocks: "Sequence[Block]") -> Sequence[Any]:
        """Hand blocks out once; what comes back stands for them."""
        ...

    def map[T](
        self, ask: "Callable[..., T]", kept: Sequence[Any], *parts: Sequence[Any]
    ) -> Iterable[T]:
        """The answer of each block, asked with its own part of each list; in their order."""
        ...


class Alone:
    """One worker: the process itself."""

    def keep(self, blocks: "Sequence[Block]") -> Sequence[Any]:
        return blocks

    def map[T](
        self, ask: "Callable[..., T]", kept: Sequence[Any], *parts: Sequence[Any]
    ) -> Iterable[T]:
        return map(ask, kept, *parts)


class Cluster:
    """Workers of a Dask cluster, which keep the blocks; the client was connected by who asks."""

    def __init__(self, client: Any) -> None:
        self.client = client

    def keep(self, blocks: "Sequence[Block]") -> Sequence[Any]:
        kept: Sequence[Any] = self.client.scatter(list(blocks), hash=False)
        return kept

    def map[T](
        self, ask: "Callable[..., T]", kept: Sequence[Any], *parts: Sequence[Any]
    ) -> Iterable[T]:
        answers: Iterable[T] = self.client.gather(self.client.map(ask, kept, *parts, pure=False))
        return answers


ALONE = Alone()


@dataclass(frozen=True)
class Block:
    """Some participants, by (disagree, pass, agree) of each statement.

    `shaping`: 1 for those who voted often enough to shape what is found, else 0.
    """

    table: sparse.csr_array
    shaping: Floats


@dataclass(frozen=True)
class Blocks:
    """All participants of a conversation, wherever they are kept."""

    people: int
    statements: int
    shaping: npt.NDArray[np.bool_]
    kept: Sequence[Any]
    workers: Workers

    def each[T](self, ask: Callable[..., T], *rows: npt.NDArray[Any]) -> Iterable[T]:
        """The answer of each block, asked with its participants' part of each array."""
        ends = range(BLOCK, self.people, BLOCK)
        return self.workers.map(ask, self.kept, *(np.split(one, ends) for one in rows))

    def total(self, ask: Callable[..., Floats], *rows: npt.NDArray[Any]) -> Floats:
        """The sum over blocks, in their order."""
        found: Floats | None = None
        for part in self.each(ask, *rows):
            found = part if found is None else found + part
        if found is None:
            raise ValueError("no blocks")
        return found

    def joined(self, ask: Callable[..., Floats]) -> Floats:
        """One row for each participant, in their order."""
        return np.concatenate(list(self.each(ask)))


def shaping(votes: Votes) -> npt.NDArray[np.bool_]:
    """Who voted often enough to shape the map and the groups."""
    least = min(ENOUGH, len(votes.statements))
    found: npt.NDArray[np.bool_] = votes.per_participant >= max(least, 1)
    return found


def blocks(votes: Votes, workers: Workers = ALONE, *, everybody: bool = False) -> Blocks:
    """Cut by the order of participants; at least one block, so that sums have a shape.

    `everybody`: all shape what is found, however few votes they have here.
    """
    people, statements = votes.size
    enough = np.ones(people, dtype=np.bool_) if everybody else shaping(votes)
    made = []
    for first in range(0, max(people, 1), BLOCK):
        last = min(first + BLOCK, people)
        start, end = int(votes.starts[first]), int(votes.starts[last])
        cells = votes.columns[start:end] * np.int32(3) + (votes.values[start:end] + np.int32(1))
        starts = (votes.starts[first : last + 1] - start).astype(np.int32)
        table = sparse.csr_array(
            (np.ones(end - start), cells.astype(np.int32), starts),
            shape=(last - first, 3 * statements),
        )
        made.append(Block(table, enough[first:last].astype(np.float64)))
    return Blocks(people, statements, enough, workers.keep(made), workers)
