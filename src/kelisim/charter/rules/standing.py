"""What a charter is worth on a day: derived, never stored."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kelisim.charter.states import Standing

if TYPE_CHECKING:
    from kelisim.charter.models import Act, Charter


@dataclass(frozen=True, slots=True)
class Worth:
    """The state on a day: since when, by which act, and what took its place."""

    standing: Standing
    since: date
    act: "Act | None" = None
    successor: "Charter | None" = None

    @property
    def stands(self) -> bool:
        return self.standing is Standing.IN_FORCE

    @property
    def key(self) -> str:
        """Changes exactly when the state does; for what is kept ready."""
        return f"{self.standing}:{self.since.isoformat()}"


def worth(charter: "Charter", on: date) -> Worth:
    """Repeal and supersession count from their day; whichever came first ended it."""
    ends = [
        (day, state)
        for day, state in (
            (charter.repealed_on, Standing.REPEALED),
            (charter.superseded_on, Standing.SUPERSEDED),
        )
        if day and day <= on
    ]
    if ends:
        day, state = min(ends)
        if state is Standing.REPEALED:
            return Worth(state, day, act=charter.repealed_by)
        return Worth(state, day, successor=charter.superseded_by)
    coming = charter.in_force_from > on
    state = Standing.COMING if coming else Standing.IN_FORCE
    return Worth(state, charter.in_force_from, act=charter.adopted_by)
