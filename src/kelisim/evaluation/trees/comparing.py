"""Counts of bodies in, a comparison out, both as plain data that can be kept and repeated.

Inputs name the bodies and hold for each component either hits and cases, or the sums of a ratio.
Nothing else can come in: a complaint, an incident or a warning has no place to stand.
"""

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from kelisim.engines import composite
from kelisim.engines.composite import Column, Component, Enough, Proportion, Rule
from kelisim.evaluation.trees.formula import Formula

MOMENTS = ("top", "bottom", "tops", "bottoms", "products", "cases")
Z90 = 1.6449
"""Of a ratio's interval in the table; shares have Wilson's. Both are at 90 %, as the ranks are."""
type Inputs = Mapping[str, Any]
type Results = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """With which weights, and by which rule."""

    weights: Mapping[str, float]
    rule: Rule = Rule.ARITHMETIC


def canonical(found: Any) -> str:
    """JSON with one spelling: what is hashed."""
    return json.dumps(found, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def digest(found: Any) -> str:
    return hashlib.sha256(canonical(found).encode()).hexdigest()


def column(found: Mapping[str, Sequence[float]]) -> Column:
    """A component's numbers as the engine takes them."""
    arrays = {name: np.array(values, dtype=np.float64) for name, values in found.items()}
    if "hits" in arrays:
        return Proportion(arrays["hits"], arrays["cases"])
    return composite.ratio(*(arrays[name] for name in MOMENTS))


def compare(inputs: Inputs, formula: Formula, asked: Asked, *, seed: int) -> Results:
    """Scores, ranks and what is doubtful in them, as plain data; not known is null.

    The same inputs, formula, weights, rule, seed and engine give the same text, to the bit.
    """
    components = formula.weighing(asked.weights)
    columns = [column(inputs["columns"][one.key]) for one in components]
    cases = np.column_stack([one.cases for one in columns])
    enough = composite.thin(
        cases, components, least_bodies=formula.least_bodies, needed=formula.needed
    )
    values = np.where(enough.known, composite.table(columns), np.nan)
    scored = composite.scored(values, components, asked.rule)
    ranks = composite.ranking(
        columns,
        components,
        enough,
        by=composite.dice(seed),
        rule=asked.rule,
        draws=formula.draws,
        firmness=formula.firmness,
        apart=formula.apart,
    )
    cells = [told(one) for one in columns]
    rows = [
        {
            "body": body,
            "ranked": bool(enough.ranked[i]),
            "score": plain(scored.score[i]) if enough.ranked[i] and ranks else None,
            "cells": {
                one.key: cells[k][i]
                | {
                    "known": bool(enough.known[i, k]),
                    "weight": plain(scored.weights[i, k]),
                    "lost": plain(scored.lost[i, k]),
                }
                for k, one in enumerate(components)
            },
            **(placed(ranks, i) if ranks else {}),
        }
        for i, body in enumerate(inputs["bodies"])
    ]
    return {
        "engine": composite.VERSION,
        "edition": formula.edition,
        "rows": rows,
        "refused": enough.refused,
        "groups": [list(group) for group in ranks.groups] if ranks else [],
        "better": [[plain(one) for one in row] for row in ranks.better] if ranks else [],
        "moves": moves(columns, components, enough, asked, formula, seed),
    }


def told(one: Column) -> list[dict[str, Any]]:
    """A column's cells: the value with its interval, and of how many cases."""
    if isinstance(one, Proportion):
        around = composite.wilson(one.hits, one.cases, 0.9)
        low, high = around.low, around.high
    else:
        low, high = one.value - Z90 * one.error, one.value + Z90 * one.error
    return [
        {
            "value": plain(one.value[i]),
            "low": plain(low[i]),
            "high": plain(high[i]),
            "cases": int(one.cases[i]),
        }
        for i in range(len(one.cases))
    ]


def placed(ranks: composite.Ranking, i: int) -> dict[str, Any]:
    return {
        "rank": plain(ranks.rank[i]),
        "low": plain(ranks.low[i]),
        "high": plain(ranks.high[i]),
        "first": plain(ranks.first[i]),
    }


def moves(  # noqa: PLR0917  # what a comparison consists of
    columns: Sequence[Column],
    components: Sequence[Component],
    enough: Enough,
    asked: Asked,
    formula: Formula,
    seed: int,
) -> dict[str, Any] | None:
    """How far ranks shift on average, and the share of each choice in that."""
    found = composite.sensitivity(
        columns,
        components,
        enough,
        by=composite.dice(seed),
        rule=asked.rule,
        draws=formula.draws // 2,
        firmness=formula.firmness,
    )
    if found is None:
        return None
    return {
        "shift": plain(found.shift),
        "factors": {
            name: {"first": plain(one.first), "total": plain(one.total)}
            for name, one in found.factors
        },
    }


def plain(value: float) -> float | None:
    """A number as JSON has it: nine digits are more than any of them bears.

    No database keeps the sign of nought, so it is taken off before anything is hashed.
    """
    return None if math.isnan(value) else round(float(value), 9) + 0.0
