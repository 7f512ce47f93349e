"""Tables of moved days."""

import csv
import io
from collections.abc import Iterable
from datetime import date, datetime

from kelisim.bodies.trees.notation import unguarded
from kelisim.calendar.rules import faults, where
from kelisim.calendar.states import DayKind
from kelisim.calendar.trees import COLUMNS, LONGEST, Change
from kelisim.refusals import Refusal, Refused, require

NEEDED = ("day", "kind", "act_number")
LARGEST = 256 * 1024
FORMS = ("%Y-%m-%d", "%d.%m.%Y")


def read(content: bytes) -> list[Change]:
    """Moved days from CSV. Raises Refused with every fault, by line and column."""
    if len(content) > LARGEST:
        raise Refused(Refusal("calendar.too_large", kilobytes=LARGEST // 1024))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise Refused(Refusal("calendar.not_utf8")) from fault
    head = text.partition("\n")[0]
    rows = csv.DictReader(
        io.StringIO(text, newline=""), delimiter=";" if ";" in head else ",", strict=True
    )
    try:
        names = tuple(rows.fieldnames or ())
        require(*heads(names))
        return read_rows(rows)
    except csv.Error as fault:
        line = rows.line_num
        raise Refused(Refusal("calendar.not_csv", place=str(line), line=line)) from fault


def heads(names: tuple[str, ...]) -> Iterable[Refusal]:
    """What is wrong with the headings: one is missing, unknown, or there twice."""
    for name in NEEDED:
        if name not in names:
            yield Refusal("calendar.no_column", line=1, column=name, name=name)
    for name in dict.fromkeys(names):
        if name not in COLUMNS:
            yield Refusal("calendar.strange_column", line=1, column=name, name=name)
        elif names.count(name) > 1:
            yield Refusal("calendar.column_twice", line=1, column=name, name=name)


def read_rows(rows: csv.DictReader[str]) -> list[Change]:
    found: dict[date, Change] = {}
    wrong: list[Refusal] = []
    for row in rows:
        line = rows.line_num
        if None in row:
            wrong.append(Refusal("calendar.too_many_cells", **where(line, "")))
            continue
        given = {name: unguarded((row.get(name) or "").strip()) for name in COLUMNS}
        if not any(given.values()):
            continue
        change, said = read_row(given, line)
        wrong.extend(said)
        if change is None:
            continue
        if change.day in found:
            wrong.append(Refusal("calendar.twice", **where(line, "day"), day=given["day"]))
        else:
            found[change.day] = change
    require(*wrong)
    return list(found.values())


def read_row(given: dict[str, str], line: int) -> tuple[Change | None, list[Refusal]]:
    """A change (None where not even its day can be read), and every fault of its row."""
    wrong = []
    day, signed = read_date(given["day"]), read_date(given["act_date"])
    if day is None:
        wrong.append(Refusal("calendar.no_date", **where(line, "day"), given=given["day"][:40]))
    if given["act_date"] and signed is None:
        wrong.append(
            Refusal("calendar.no_date", **where(line, "act_date"), given=given["act_date"][:40])
        )
    if given["kind"] not in DayKind.values:
        wrong.append(Refusal("calendar.no_kind", **where(line, "kind"), given=given["kind"][:40]))
    texts = {name: given[name] for name in LONGEST}
    texts["act_date"] = signed.isoformat() if signed else ""
    # A day that cannot be read must not hide what else is wrong in its row.
    change = Change.told(day or date(2000, 1, 1), texts, working=given["kind"] == DayKind.WORKING)
    wrong.extend(faults(change, line=line))
    return (change if day else None), wrong


def read_date(said: str) -> date | None:
    for form in FORMS:
        try:
            return datetime.strptime(said, form).date()  # noqa: DTZ007
        except ValueError:
            continue
    return None
