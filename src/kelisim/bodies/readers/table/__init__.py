"""A table of the register as offices keep it, read: rows, every fault, what is to be known.

`read` knows no database: what words mean (territories, words to filter by) comes as a Vocabulary.
"""

from datetime import date

from kelisim.bodies.readers.table import json
from kelisim.bodies.readers.table.cells import stemmed
from kelisim.bodies.readers.table.files import checked, sheets
from kelisim.bodies.readers.table.layout import score
from kelisim.bodies.readers.table.places import Gazetteer
from kelisim.bodies.readers.table.rows import Known, read_sheet, rows_of
from kelisim.bodies.trees.spelling import facts
from kelisim.bodies.trees.table import Table
from kelisim.bodies.trees.territory import Vocabulary
from kelisim.refusals import Refusal, Refused

__all__ = ["read"]


def read(content: bytes, *, vocabulary: Vocabulary, on: date) -> Table:
    """Read XLSX, CSV or our own JSON. Raises Refused only for what is no table at all."""
    checked(content)
    if json.is_one(content):
        return json.read(content)
    known = Known(Gazetteer(vocabulary.places, on), tags_known(vocabulary))
    readings = [read_sheet(sheet, known) for sheet in sheets(content, score)]
    table = Table(
        rows=tuple(rows_of(readings)),
        faults=tuple(fault for reading in readings for fault in reading.faults),
        notes=tuple(note for reading in readings for note in reading.notes),
    )
    if not table.rows and not table.faults:
        raise Refused(Refusal("bodies.table_no_rows"))
    return table


def tags_known(vocabulary: Vocabulary) -> dict[str, dict[str, str]]:
    """Spellings of words to filter by → their keys, by kind."""
    found: dict[str, dict[str, str]] = {"community": {}, "language": {}, "activity": {}}
    for kind, word, key in vocabulary.tags:
        found[kind].setdefault(stemmed(word), key)
    for key, words in facts()["peoples"].items():
        if key in found["community"].values():
            for word in words:
                found["community"].setdefault(stemmed(word), key)
    return found
