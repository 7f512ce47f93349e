"""A register as JSON: keys and codes, the same in every language."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from kelisim.bodies.trees.matching import Record
from kelisim.bodies.trees.notation import FORMAT, VERSION
from kelisim.bodies.trees.numbers import band
from kelisim.bodies.trees.record import plain

PUBLIC_FORMAT = "kelisim-directory"
OF_OFFICE = ("office_phone", "office_email", "leader_since", "members")


def office(records: Sequence[Record], on: date) -> bytes:
    """Everything, so that it can be read back."""
    return written(FORMAT, on, [{"slug": one.slug, **plain(one.facts)} for one in records])


def public(records: Sequence[Record], on: date) -> bytes:
    return written(PUBLIC_FORMAT, on, [seen(one) for one in records])


def seen(record: Record) -> dict[str, Any]:
    """A record without what is the office's; its members as a band."""
    found: dict[str, Any] = {"slug": record.slug, **plain(record.facts)}
    for name in OF_OFFICE:
        del found[name]
    if record.facts.members:
        year = max(record.facts.members)
        least, most = band(record.facts.members[year])
        found["members"] = {"year": year, "from": least, "to": most}
    return found


def written(form: str, on: date, records: list[dict[str, Any]]) -> bytes:
    said = {"format": form, "version": VERSION, "on": on.isoformat(), "records": records}
    return json.dumps(said, ensure_ascii=False, indent=1).encode()
