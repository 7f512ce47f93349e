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
    """The whole formula as plain data, so that a run keeps the one that it was computed by."""
    found = asdict(of)
    found["components"] = {one.pop("key"): one for one in found["components"]}
    return found


def from_json(found: Mapping[str, Any]) -> Formula:
    components = tuple(Component(key, **facts) for key, facts in found["components"].items())
    return Formula(**{**found, "components": components})


@cache
def formula() -> Formula:
    """The formula that ships with the room."""
    return from_json(
        tomllib.loads((files("kelisim.evaluation") / "facts/effectiveness.toml").read_text())
    )
