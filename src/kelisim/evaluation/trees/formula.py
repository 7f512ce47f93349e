"""The published formula of effectiveness: data, read once."""

import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from typing import Any

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


def as_json(of: Formula) -> dict[str, Any]:
    """The whole formula as plain data, so that a run keeps the one that it was computed by.

    Components are a list: not every database keeps the order of keys, and chance is thrown in it.
    """
    return {**asdict(of), "components": [asdict(one) for one in of.components]}


def from_json(found: Mapping[str, Any]) -> Formula:
    components = tuple(Component(**facts) for facts in found["components"])
    return Formula(**{**found, "components": components})


@cache
def formula() -> Formula:
    """The formula that ships with the room."""
    found = tomllib.loads((files("kelisim.evaluation") / "facts/effectiveness.toml").read_text())
    components = [{"key": key, **facts} for key, facts in found["components"].items()]
    return from_json({**found, "components": components})
