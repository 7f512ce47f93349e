"""Our own JSON: what `kelisim charter read --json` and the export of a version write."""

import json
from typing import Any

from kelisim.charter.trees.draft import Draft
from kelisim.refusals import Refusal, Refused

NEEDED = ("eId", "kind", "number", "parent", "text")


ASIDE = {"leavings": ("text", "why"), "guesses": ("what",)}


def looks_ours(text: str, name: str) -> bool:
    """Whether a text is JSON at all: by its name, or by its two ends."""
    if name.lower().endswith(".json"):
        return True
    inner = text.strip()
    return inner[:1] == "{" and (inner[-1] == "}" or '"provisions"' in inner)


def read(text: str) -> Draft:
    """The draft back. Refuses with the place of every part that is not in order."""
    given = parsed(text)
    if not isinstance(given, dict) or not isinstance(given.get("provisions"), list):
        raise Refused(Refusal("charter.json_not_ours"))
    rows: list[Any] = given["provisions"]
    if not rows:
        raise Refused(Refusal("charter.file_empty"))
    if found := [*problems(rows), *around(given)]:
        raise Refused(*found)
    for n, row in enumerate(rows, 1):
        row.setdefault("lines", [n, n])
    return Draft.from_json(given)


def parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as fault:
        raise Refused(Refusal("charter.json_broken", line=fault.lineno)) from fault
    except (RecursionError, ValueError) as fault:  # nested, or a number, beyond any charter's need
        raise Refused(Refusal("charter.json_broken", line=1)) from fault


def problems(rows: list[Any]) -> list[Refusal]:
    """Every provision that lacks something, names an unknown parent or repeats an eId."""
    found: list[Refusal] = []
    known: set[str] = set()
    for n, row in enumerate(rows, 1):
        place = f"provisions[{n}]"
        if missing := lacks(row, NEEDED, optional_lines=True):
            found.append(Refusal("charter.json_lacks", place=place, names=", ".join(missing)))
            continue
        if row["eId"] in known:
            found.append(Refusal("charter.eid_repeated", place=place, eid=row["eId"]))
        if row["parent"] is not None and row["parent"] not in known:
            found.append(Refusal("charter.parent_unknown", place=place, eid=str(row["parent"])))
        known.add(row["eId"])
    return found


def lacks(row: Any, needed: tuple[str, ...], *, optional_lines: bool) -> list[str]:
    """What a row should hold and does not, or not in its form."""
    if not isinstance(row, dict):
        return [*needed, "lines"]
    missing = [name for name in needed if not is_text(row, name)]
    lines = row.get("lines", [0, 0] if optional_lines else None)
    match lines:
        case [int(), int()]:
            pass
        case _:
            missing.append("lines")
    return missing


def is_text(row: dict[str, Any], name: str) -> bool:
    if name == "parent" and name in row and row[name] is None:
        return True
    return isinstance(row.get(name), str) and (name != "eId" or bool(row[name]))


def around(given: dict[str, Any]) -> list[Refusal]:
    """What is not in order around the provisions."""
    found: list[Refusal] = []
    for part, needed in ASIDE.items():
        rows = given.get(part, [])
        for n, row in enumerate(rows if isinstance(rows, list) else [rows], 1):
            missing = lacks(row, needed, optional_lines=False)
            if part == "guesses" and not (
                isinstance(row, dict) and isinstance(row.get("certainty"), int | float)
            ):
                missing.append("certainty")
            if missing:
                place, names = f"{part}[{n}]", ", ".join(missing)
                found.append(Refusal("charter.json_lacks", place=place, names=names))
    fields = given.get("fields", {})
    if not isinstance(fields, dict) or not all(isinstance(value, str) for value in fields.values()):
        found.append(Refusal("charter.json_lacks", place="fields", names="fields"))
    found += [
        Refusal("charter.json_lacks", place=name, names=name)
        for name in ("title", "language", "type")
        if not isinstance(given.get(name, ""), str)
    ]
    return found
