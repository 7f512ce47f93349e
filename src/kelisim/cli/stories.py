"""What happens in the demonstration happens in the order of its dates.

A story is a generator: it yields the moment at which it goes on, and acts when that has come.
Several stories told together act as several offices do, each in its own time.
"""

import heapq
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import count

type Story = Iterator[datetime]


def together(stories: Iterable[Story]) -> Story:
    """Several stories as one: at each moment the one acts whose time has come."""
    line = count()
    waiting: list[tuple[datetime, int, Story]] = []

    def queue(story: Story, now: datetime | None) -> None:
        moment = next(story, None)
        if moment is None:
            return
        if now and moment < now:
            raise ValueError(f"A story goes back from {now} to {moment}.")
        heapq.heappush(waiting, (moment, next(line), story))

    for story in stories:
        queue(story, None)
    while waiting:
        now, _place, story = heapq.heappop(waiting)
        yield now
        queue(story, now)


def tell(stories: Iterable[Story], *, until: datetime) -> None:
    """Let every story act in its time; none goes back behind what has happened.

    What would come after `until` has not happened yet.
    """
    for moment in together(stories):
        if moment > until:
            return


def once(moment: datetime, act: Callable[[], object]) -> Story:
    """One act at its moment."""
    yield moment
    act()
