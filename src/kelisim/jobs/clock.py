"""Work that recurs: what, and when it is due. The worker keeps the time; nothing here reads it.

A room declares its recurring work in its own `tasks.py`, beside the task itself:

    @task
    def remind() -> None: ...

    recurring(remind, Daily(time(7, 30)))

Each due moment is a slot. However many workers look, a slot is fired once; after a stop only the
last slot missed is made good; work that was never seen before begins with its next slot.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from typing import Any, Protocol

from django.tasks import Task

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EVERY_DAY = frozenset(range(7))


class Schedule(Protocol):
    """When something is due."""

    def slot(self, at: datetime, zone: tzinfo) -> datetime:
        """The last due moment that is not after `at`."""


@dataclass(frozen=True, slots=True)
class Every:
    """Again and again after so long, counted from one moment for ever."""

    period: timedelta

    def __post_init__(self) -> None:
        if self.period <= timedelta(0):
            raise ValueError("Work recurs after some time.")

    def slot(self, at: datetime, zone: tzinfo) -> datetime:  # noqa: ARG002  (the same in all zones)
        """The last whole period."""
        return EPOCH + (at - EPOCH) // self.period * self.period


@dataclass(frozen=True, slots=True)
class Daily:
    """At a time of the local day; where days of the week are named (0 is Monday), on these only."""

    time: time
    weekdays: frozenset[int] = EVERY_DAY

    def __post_init__(self) -> None:
        if not self.weekdays or not self.weekdays <= EVERY_DAY:
            raise ValueError("Days of the week are numbered from 0 (Monday) to 6.")

    def slot(self, at: datetime, zone: tzinfo) -> datetime:
        """Today's moment, or the last one before."""
        today = at.astimezone(zone).date()
        for days in range(8):
            due = datetime.combine(today - timedelta(days), self.time, zone).astimezone(UTC)
            if due <= at and due.astimezone(zone).weekday() in self.weekdays:
                return due
        raise AssertionError("A week without any of its days.")


@dataclass(frozen=True, slots=True)
class Recurring:
    """A task that takes no arguments, and its schedule."""

    name: str
    task: Task[[], Any]
    schedule: Schedule


REGISTER: dict[str, Recurring] = {}


def recurring(task: Task[[], Any], schedule: Schedule) -> None:
    """Declare that a task recurs. Its path is its name, so it can be declared only once."""
    name = task.module_path
    REGISTER[name] = Recurring(name, task, schedule)


def due(at: datetime, zone: tzinfo) -> Iterator[tuple[Recurring, datetime]]:
    """Everything that recurs, each with its last slot."""
    for work in REGISTER.values():
        yield work, work.schedule.slot(at, zone)
