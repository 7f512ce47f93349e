"""Moved days as CSV, as they can be brought in again."""

import csv
import io
from collections.abc import Iterable

from kelisim.calendar.models import DayChange
from kelisim.calendar.trees import COLUMNS


def write(rows: Iterable[DayChange]) -> bytes:
    """UTF-8 with the mark that spreadsheets look for."""
    out = io.StringIO(newline="")
    table = csv.DictWriter(out, COLUMNS)
    table.writeheader()
    for row in rows:
        kinds = row.act.get("kind") or {}
        table.writerow(
            {
                "day": row.day.isoformat(),
                "kind": row.kind,
                **{f"name_{tongue}": row.name.get(tongue, "") for tongue in ("kk", "ru", "en")},
                "act_number": row.act.get("number", ""),
                "act_date": row.act.get("date", ""),
                **{f"act_kind_{tongue}": kinds.get(tongue, "") for tongue in ("kk", "ru", "en")},
            }
        )
    return out.getvalue().encode("utf-8-sig")
