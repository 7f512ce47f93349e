"""A register as CSV: RFC 4180, UTF-8 with the mark that spreadsheets need, no formulas."""

import csv
import io
from collections.abc import Sequence
from datetime import date

from kelisim.bodies.exports.columns import Column, Value
from kelisim.bodies.trees.matching import Record
from kelisim.bodies.trees.notation import guarded


def write(title: str, columns: Sequence[Column], records: Sequence[Record]) -> bytes:
    """The table; its title has no place in a CSV."""
    del title
    out = io.StringIO(newline="")
    rows = csv.writer(out)
    rows.writerow([guarded(column.heading) for column in columns])
    for record in records:
        rows.writerow([plain(column.value(record)) for column in columns])
    return out.getvalue().encode("utf-8-sig")


def plain(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    return guarded(str(value))
