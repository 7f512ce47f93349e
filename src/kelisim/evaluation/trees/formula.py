"""The published formula of effectiveness: data, read once."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kelisim.engines.composite import Component


@dataclass(frozen=True, slots=True)
class Formula:
    """Components in their order with goalposts and weights, and every threshold."""

    edition: str
    seed: int
    draws: int
    firmness: float
    apart: float
    least_bodies: int
    needed: int
    components: tuple[Component, ...]

    @property
    def weights(self) -> dict[str, float]:
        return {one.key: one.weight for one in self.components}

    def weighing(self, weights: Mapping[str, float]) -> tuple[Component, ...]:
        """Its components with other weights."""
        return tuple(
            Component(one.key, one.worst, one.best, weights[one.key], one.least)
            for one in self.components
        )


@cache
def formula() -> Formula:
    """The formula that ships with the room."""
    found = tomllib.loads((files("kelisim.evaluation") / "facts/effectiveness.toml").read_text())
    components = found.pop("components")
    return Formula(
        **found, components=tuple(Component(key, **facts) for key, facts in components.items())
    )
