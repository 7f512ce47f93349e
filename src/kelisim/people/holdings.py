"""What the rooms hold on a person. A later room adds its part in its AppConfig.ready."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kelisim.people.models import Person

type Json = bool | int | float | str | list[Json] | dict[str, Json] | None
type Holding = Callable[[Person], Json]

HOLDINGS: dict[str, Holding] = {}


def add(name: str, holding: Holding) -> None:
    """Let a person's download include, under `name`, what `holding(person)` answers."""
    HOLDINGS[name] = holding
