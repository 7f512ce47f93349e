"""What our own spreadsheet keeps beside the official table, read with distrust.

Nothing that ties a row to a commitment or a decision is taken from a file.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, replace
from decimal import InvalidOperation

from pydantic import TypeAdapter, ValidationError

from kelisim.commitments.states import OriginKind
from kelisim.commitments.trees.sheet import LANGUAGES
from kelisim.commitments.trees.table import Entry, Heading, Row, from_json

LONGEST = 200_000
ROW, HEADING = TypeAdapter(Row), TypeAdapter(Heading)
BROKEN = (
    *(KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError),
    *(InvalidOperation, ValidationError),
)


def read(lines: Iterable[str]) -> list[Entry]:
    """The lines that can be understood; one that cannot is as if it were not there."""
    found = []
    for line in lines:
        entry = one(line) if line and len(line) <= LONGEST else None
        if entry:
            found.append(entry)
    return found


def one(line: str) -> Entry | None:
    try:
        entry = from_json(json.loads(line))
        if isinstance(entry, Heading):
            kept = HEADING.validate_python(asdict(entry))
            return kept if 0 < kept.level < 10 and known(kept.title) else None  # noqa: PLR2004
        row = ROW.validate_python(asdict(entry))
    except BROKEN:
        return None
    said = (row.title, row.form, row.description, row.risks, row.origin_note)
    if not all(map(known, said)):
        return None
    return replace(row, origin=OriginKind.PLAN, origin_point=None, parent=None, after=None)


def known(words: object) -> bool:
    """Whether words are in languages that we speak."""
    return isinstance(words, dict) and words.keys() <= set(LANGUAGES)
