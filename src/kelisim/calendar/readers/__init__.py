"""Tables of moved days."""

import csv
import io
from datetime import date

from kelisim.calendar.states import DayKind
from kelisim.calendar.trees import COLUMNS, Change
from kelisim.refusals import Refusal, require

TONGUES = ("kk", "ru", "en")


def read(content: bytes) -> list[Change]:
    """Moved days from CSV. Raises Refused with every fault, by line and column."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        require(Refusal("calendar.not_utf8"))
        raise AssertionError from None
    rows = csv.DictReader(io.StringIO(text, newline=""))
    missing = [
        name for name in ("day", "kind", "act_number") if name not in (rows.fieldnames or ())
    ]
    require(*(Refusal("calendar.no_column", place=name, name=name) for name in missing))
    found: dict[date, Change] = {}
    faults: list[Refusal] = []
    for row in rows:
        line = rows.line_num
        change = read_row(row, line, faults)
        if change is not None and change.day in found:
            faults.append(
                Refusal("calendar.twice", place=f"{line}: day", line=line, day=row["day"])
            )
        elif change is not None:
            found[change.day] = change
    require(*faults)
    return list(found.values())


def read_row(row: dict[str, str | None], line: int, faults: list[Refusal]) -> Change | None:
    given = {name: (row.get(name) or "").strip() for name in COLUMNS}
    here = len(faults)
    for column in ("day", "act_date"):
        said = given[column]
        try:
            if said or column == "day":
                date.fromisoformat(said)
        except ValueError:
            place = f"{line}: {column}"
            faults.append(Refusal("calendar.no_date", place=place, line=line, given=said))
    if given["kind"] not in DayKind.values:
        place = f"{line}: kind"
        faults.append(Refusal("calendar.no_kind", place=place, line=line, given=given["kind"]))
    if not given["act_number"]:
        faults.append(Refusal("calendar.act_missing", place=f"{line}: act_number", line=line))
    if len(faults) > here:
        return None
    return Change(
        date.fromisoformat(given["day"]),
        given["kind"] == DayKind.WORKING,
        {tongue: said for tongue in TONGUES if (said := given[f"name_{tongue}"])},
        {
            "number": given["act_number"],
            "date": given["act_date"],
            "kind": {tongue: said for tongue in TONGUES if (said := given[f"act_kind_{tongue}"])},
        },
    )
