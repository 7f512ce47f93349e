"""By which rules a body controls on a day: the shipped ones, and what it changed of them."""

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from importlib.resources import files

from kelisim.bodies.models import Body
from kelisim.commitments.models import ControlRules as Kept
from kelisim.commitments.trees.control import ControlRules, read


@cache
def shipped() -> ControlRules:
    """The rules that come with Kelisim."""
    text = (files("kelisim.commitments") / "facts" / "control.toml").read_text(encoding="utf-8")
    return read(tomllib.loads(text))


def control_rules(body: Body, on: date) -> ControlRules:
    """The rules of a body on a day, its own over those of the bodies above it; one query."""
    return control_rules_for([body], on)[body.pk]


def control_rules_for(bodies: Iterable[Body], on: date) -> Mapping[int, ControlRules]:
    """The rules of many bodies on a day; one query."""
    bodies = list(bodies)
    kept: dict[str, dict[str, object]] = {}
    for path, rules in (
        Kept.objects.filter(since__lte=on).order_by("since").values_list("body__path", "rules")
    ):
        kept[path] = kept.get(path, {}) | rules
    return {body.pk: over(body.path, kept) for body in bodies}


def over(path: str, kept: Mapping[str, Mapping[str, object]]) -> ControlRules:
    """The shipped rules, changed from the top body down to this one."""
    found = shipped()
    for above in sorted(kept, key=len):
        if path.startswith(above):
            found = read(kept[above], found)
    return found
