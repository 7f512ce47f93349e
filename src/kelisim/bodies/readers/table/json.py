"""The register as JSON, as we write it: each record with its code and its facts."""

import json
from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any

from kelisim.bodies.readers.table.cells import MOST
from kelisim.bodies.trees.notation import FORMAT, VERSION
from kelisim.bodies.trees.record import Facts, read_value
from kelisim.bodies.trees.table import TONGUES, WORDS, Fault, Row, Table, Where
from kelisim.refusals import Refusal, Refused

NAMES = frozenset(each.name for each in fields(Facts))
TEXTS = frozenset(
    {"bin", "record_number", "parent", "unit", "phone", "email", "site", "leader"}
    | {"office_phone", "office_email"}
)
LARGEST = 2_147_483_647


def is_one(content: bytes) -> bool:
    return content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in {b"{", b"["}


def read(content: bytes) -> Table:
    """Read an export. Raises Refused when it is not one."""
    try:
        said = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as fault:
        raise Refused(Refusal("bodies.table_unreadable")) from fault
    if not isinstance(said, dict) or said.get("format") != FORMAT or said.get("version") != VERSION:
        raise Refused(Refusal("bodies.table_not_ours", format=FORMAT, version=VERSION))
    records = said.get("records")
    if not isinstance(records, list):
        raise Refused(Refusal("bodies.table_not_ours", format=FORMAT, version=VERSION))
    rows, faults = [], []
    for number, record in enumerate(records, start=1):
        row, wrong = read_record(number, record)
        rows.append(row)
        faults += wrong
    return Table(tuple(rows), tuple(faults))


def read_record(number: int, record: Any) -> tuple[Row, list[Fault]]:
    if not isinstance(record, dict):
        return Row(Where(row=number)), [Fault(Where(row=number), Refusal("bodies.json_record"))]
    values, columns, faults = {}, {}, []
    for name, value in record.items():
        where = Where(row=number, column=str(name)[:60])
        if name == "slug" and isinstance(value, str):
            continue
        if name not in NAMES or not sound(name, value):
            faults.append(Fault(where, Refusal("bodies.json_value", value=str(value)[:60])))
            continue
        values[name], columns[name] = understood(name, value), where
    key = record.get("slug", "")
    return Row(
        Where(row=number), key if isinstance(key, str) else "", values, columns, whole=True
    ), faults


def understood(name: str, value: Any) -> Any:
    """The value as a row says it: words of every language, so that a missing one is taken away."""
    if name in WORDS:
        return {tongue: value.get(tongue, "") for tongue in TONGUES}
    return read_value(name, value)


def sound(name: str, value: Any) -> bool:
    """Whether a value has the shape of its name; what it means is asked later."""
    try:
        return (CHECKS.get(name, of_text(name))(value) and understood(name, value) is not None) or (
            value == "" and name in {"recorded_on", "leader_since"}
        )
    except (ValueError, TypeError, KeyError, AttributeError):
        return False


def of_text(name: str) -> Callable[[Any], bool]:
    most = MOST.get(name, 200)

    def check(value: Any) -> bool:
        return (
            isinstance(value, str)
            and len(value) <= most
            and "\x00" not in value
            and bool(value.encode() or True)  # half of a surrogate pair raises ValueError
        )

    return check


def of_words(name: str) -> Callable[[Any], bool]:
    each = of_text(name)
    return lambda value: (
        isinstance(value, dict) and value.keys() <= set(TONGUES) and all(map(each, value.values()))
    )


def of_keys(value: Any) -> bool:
    return (
        isinstance(value, list)
        and all(isinstance(key, str) for key in value)
        and value == sorted(set(value))
    )


def of_counts(value: Any) -> bool:
    return isinstance(value, Mapping) and all(
        type(count) is int and abs(count) <= LARGEST and year.isdecimal() and len(year) == 4  # noqa: PLR2004
        for year, count in value.items()
    )


def of_offers(value: Any) -> bool:
    words = of_words("name")

    def seats(said: Any) -> bool:
        return said is None or (type(said) is int and 0 <= said <= LARGEST)

    return isinstance(value, list) and all(
        words(offer["name"])
        and words(offer["place"])
        and isinstance(offer["language"], str)
        and seats(offer["seats"])
        for offer in value
    )


CHECKS: dict[str, Callable[[Any], bool]] = {
    **{name: of_words(name) for name in WORDS},
    **dict.fromkeys(("communities", "languages", "activities"), of_keys),
    "justice": lambda value: isinstance(value, bool),
    "members": of_counts,
    "offers": of_offers,
}
