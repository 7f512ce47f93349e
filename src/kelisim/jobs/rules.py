"""When a worker is taken for dead, and when a job is given up."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

TRIES = 3


class WorkerLost(Exception):
    """The job's workers died under it, as often as it is tried."""


def is_silent(seen_at: datetime, *, at: datetime, silence: timedelta) -> bool:
    """A worker that has not been seen for so long is taken for dead."""
    return seen_at < at - silence


def is_lost(
    worker_ids: Sequence[str],
    started_at: datetime | None,
    *,
    alive: Collection[str],
    at: datetime,
    silence: timedelta,
) -> bool:
    """A running job whose last worker is not among the living.

    One that began a moment ago is left: its worker may not have said yet that it lives.
    """
    if worker_ids and worker_ids[-1] in alive:
        return False
    return started_at is None or is_silent(started_at, at=at, silence=silence)


def is_given_up(worker_ids: Sequence[str]) -> bool:
    """A job that killed this many workers is not given to another."""
    return len(worker_ids) >= TRIES
