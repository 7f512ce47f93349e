"""Our own JSON: what `kelisim charter read --json` and the export of a version write."""

import json
from typing import Any

from kelisim.charter.trees.draft import Draft
from kelisim.refusals import Refusal, Refused

NEEDED = ("eId", "kind", "number", "parent", "text")


def looks_ours(text: str) -> bool:
    return text.lstrip()[:1] == "{" and '"provisions"' in text


def read(text: str) -> Draft:
    """The draft back. Refuses with the place of every provision that is not in order."""
    try:
        given = json.loads(text)
    except json.JSONDecodeError as fault:
        raise Refused(Refusal("charter.json_broken", line=fault.lineno)) from fault
    if not isinstance(given, dict) or not isinstance(given.get("provisions"), list):
        raise Refused(Refusal("charter.json_not_ours"))
    rows: list[Any] = given["provisions"]
    if not rows:
        raise Refused(Refusal("charter.file_empty"))
    if found := problems(rows):
        raise Refused(*found)
    for n, row in enumerate(rows, 1):
        row.setdefault("lines", [n, n])
    return Draft.from_json(given)


def problems(rows: list[Any]) -> list[Refusal]:
    """Every provision that lacks something, names an unknown parent or repeats an eId."""
    found: list[Refusal] = []
    known: set[str] = set()
    for n, row in enumerate(rows, 1):
        place = f"provisions[{n}]"
        if not isinstance(row, dict) or any(name not in row for name in NEEDED):
            missing = [name for name in NEEDED if not isinstance(row, dict) or name not in row]
            found.append(Refusal("charter.json_lacks", place=place, names=", ".join(missing)))
            continue
        if not all(isinstance(row[name], str) for name in NEEDED if name != "parent"):
            found.append(Refusal("charter.json_lacks", place=place, names=", ".join(NEEDED)))
            continue
        if row["eId"] in known:
            found.append(Refusal("charter.eid_repeated", place=place, eid=row["eId"]))
        if row["parent"] is not None and row["parent"] not in known:
            found.append(Refusal("charter.parent_unknown", place=place, eid=str(row["parent"])))
        known.add(row["eId"])
    return found
