"""The register written out: for the office whole, for everybody what is public.

What the office exports can be imported again and then changes nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from kelisim.bodies.exports import json, separated, spreadsheet
from kelisim.bodies.exports.columns import office, public, title
from kelisim.bodies.queries.table import Words
from kelisim.bodies.trees.matching import Record


@dataclass(frozen=True, slots=True)
class Form:
    """A format by its ending."""

    ending: str
    type: str


XLSX = Form("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
CSV = Form("csv", "text/csv; charset=utf-8")
JSON = Form("json", "application/json")
FORMS = {form.ending: form for form in (XLSX, CSV, JSON)}
TABLES: dict[str, Callable[..., bytes]] = {"xlsx": spreadsheet.write, "csv": separated.write}


def for_office(
    form: Form, records: Sequence[Record], *, words: Words, language: str, on: date
) -> bytes:
    """Everything that is known."""
    if form is JSON:
        return json.office(records, on)
    return TABLES[form.ending](title(language), office(records, words, language), records)


def for_everybody(
    form: Form, records: Sequence[Record], *, words: Words, language: str, on: date
) -> bytes:
    """What is public: no contacts of the office, and the members as a band."""
    if form is JSON:
        return json.public(records, on)
    return TABLES[form.ending](title(language), public(records, words, language), records)
