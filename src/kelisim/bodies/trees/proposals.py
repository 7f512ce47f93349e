"""A proposed change as values: what each fact was, what it becomes, what changed meanwhile."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from kelisim.bodies.trees.record import FIELDS, Facts, changed, plain, read

type Side = dict[str, Any]
type Changes = Mapping[str, list[Side]]


def side(values: Mapping[str, Any], fact: str) -> Side:
    """The values of one fact out of a plain record."""
    return {name: values[name] for name in FIELDS[fact]}


def changes(was: Facts, becomes: Facts) -> dict[str, list[Side]]:
    """For each fact in which two records differ: its values before and after."""
    before, after = plain(was), plain(becomes)
    return {fact: [side(before, fact), side(after, fact)] for fact in changed(was, becomes)}


def onto(now: Facts, proposed: Changes) -> Facts:
    """The record as it is now, with what is proposed written over it."""
    values: dict[str, Any] = {}
    for _was, becomes in proposed.values():
        values |= becomes
    return read(values, now)


def meanwhile(now: Facts, proposed: Changes) -> list[str]:
    """The proposed facts that no longer say what they said when it was proposed.

    One that says already what is proposed needs nobody's look.
    """
    values = plain(now)
    return [fact for fact, sides in proposed.items() if side(values, fact) not in sides]


def digest(now: Facts, facts: Iterable[str]) -> str:
    """A mark of what a record says now of some facts; another when any of it changes."""
    values = plain(now)
    said = json.dumps({fact: side(values, fact) for fact in sorted(facts)}, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:16]
