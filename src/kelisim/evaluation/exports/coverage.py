"""The matrix of coverage as a table and for programs."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from kelisim.evaluation.exports.tables import Cell, separated, workbook
from kelisim.evaluation.queries.coverage import Coverage, Row
from kelisim.evaluation.trees.coverage import NAMES
from kelisim.evaluation.words import STATES


def values(found: Coverage, row: Row) -> list[int]:
    """How many commitments each cell of a row shows."""
    counts = [(column, found.cell(row, column)) for column in found.columns]
    return [one.reached(column.step) if column.step else one.planned for column, one in counts]


def write(found: Coverage, names: Sequence[str], form: str) -> bytes:
    """`csv` or `xlsx`: a row for each measure."""
    headings = [_("Provision"), _("Measure"), _("State"), *names]
    rows: list[list[Cell]] = [
        [
            row.cite or row.eid,
            row.short,
            str(STATES[found.whole[row.pk].state]),
            *values(found, row),
        ]
        for row in found.measures
    ]
    if form == "csv":
        return separated(headings, rows)
    return workbook(found.charter.slug, headings, rows)


def objects(found: Coverage, names: Sequence[str]) -> dict[str, Any]:
    """The same for programs, with all counts of each measure."""
    return {
        "charter": found.charter.slug,
        "version": found.version.number,
        "columns": list(names),
        "measures": [
            {
                "eid": row.eid,
                "cite": row.cite,
                "state": found.whole[row.pk].state.value,
                "counts": {name: getattr(found.whole[row.pk], name) for name in NAMES},
                "cells": values(found, row),
            }
            for row in found.measures
        ],
    }
