"""Moved days as CSV, as they can be brought in again."""

import csv
import io
from collections.abc import Iterable

from kelisim.bodies.trees.notation import guarded
from kelisim.calendar.states import DayKind
from kelisim.calendar.trees import COLUMNS, Change


def write(changes: Iterable[Change]) -> bytes:
    """UTF-8 with the mark that spreadsheets look for; no cell is a formula."""
    out = io.StringIO(newline="")
    table = csv.DictWriter(out, COLUMNS)
    table.writeheader()
    for change in changes:
        kind = DayKind.WORKING if change.working else DayKind.FREE
        texts = {name: guarded(said) for name, said in change.texts().items()}
        table.writerow({"day": change.day.isoformat(), "kind": kind.value, **texts})
    return out.getvalue().encode("utf-8-sig")
