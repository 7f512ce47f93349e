"""A comparison of bodies as a table, and as data from which it can be computed again."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from kelisim.evaluation.exports.tables import Cell, separated
from kelisim.evaluation.queries.effectiveness import Standing
from kelisim.evaluation.trees.comparing import Asked, Inputs
from kelisim.evaluation.trees.formula import Formula
from kelisim.evaluation.words import COMPONENTS
from kelisim.pages.templatetags.kelisim import plainly


def separate(rows: Iterable[Standing], formula: Formula) -> bytes:
    """Each body with its rank, its score and each component with its interval and cases."""
    parts = ("%(name)s", _("%(name)s, from"), _("%(name)s, to"), _("%(name)s, cases"))
    headings = [
        _("Body"), _("Rank"), _("Rank from"), _("Rank to"), _("First in the share of draws"),
        _("Score"),
        *(part % {"name": COMPONENTS[one.key]} for one in formula.components for part in parts),
    ]  # fmt: skip
    return separated(headings, [cells(row, formula) for row in rows])


def cells(row: Standing, formula: Formula) -> list[Cell]:
    return [
        plainly(row.body.name), row.rank, row.low, row.high, row.first, row.score,
        *(
            value
            for one in formula.components
            for cell in [row.cells[one.key]]
            for value in (cell.value, cell.low, cell.high, cell.cases)
        ),
    ]  # fmt: skip


def data(  # noqa: PLR0917  # all that a comparison follows from
    inputs: Inputs,
    results: Mapping[str, Any],
    formula: Formula,
    asked: Asked,
    seed: int,
    about: Mapping[str, Any],
) -> bytes:
    """Inputs, formula, choices and results: with them anybody can compute it again."""
    said = {
        "format": "kelisim-effectiveness",
        "version": 1,
        **about,
        "formula": {
            "edition": formula.edition,
            "draws": formula.draws,
            "firmness": formula.firmness,
            "apart": formula.apart,
            "least_bodies": formula.least_bodies,
            "needed": formula.needed,
            "components": goalposts(formula),
        },
        "weights": dict(asked.weights),
        "rule": asked.rule.value,
        "seed": seed,
        "inputs": inputs,
        "results": results,
    }
    return json.dumps(said, ensure_ascii=False, indent=1).encode()


def goalposts(formula: Formula) -> Sequence[Mapping[str, Any]]:
    return [
        {"key": one.key, "worst": one.worst, "best": one.best, "least": one.least}
        for one in formula.components
    ]
