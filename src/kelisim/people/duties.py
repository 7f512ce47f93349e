"""What people hold in the council. A later room tells it, from its AppConfig.ready."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Duty:
    """A post that somebody holds on a day; `called` is its body's own word for it.

    Whoever holds one that `weighs` proves themself twice where it counts.
    """

    role: str
    body: Mapping[str, str]
    called: Mapping[str, str]
    weighs: bool = False


type Duties = Mapping[int, Sequence[Duty]]
type Telling = Callable[[Collection[int], date], Duties]

TELLINGS: dict[str, Telling] = {}


def add(name: str, telling: Telling) -> None:
    """Let `telling(people, on)` say what each of these people holds on a day."""
    TELLINGS[name] = telling


def duties(people: Collection[int], on: date) -> dict[int, list[Duty]]:
    """What each of these people holds on a day; as many queries for one as for a thousand."""
    found: dict[int, list[Duty]] = {pk: [] for pk in people}
    for _name, telling in sorted(TELLINGS.items()):
        for pk, held in telling(people, on).items():
            found[pk].extend(held)
    return found
