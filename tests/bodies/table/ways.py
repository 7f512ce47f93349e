"""The short ways of these tests: read a file, upload it, apply it."""

import csv
import io
from datetime import date

import xlsxwriter

from kelisim.bodies.actions import importing
from kelisim.bodies.actions.importing import Read
from kelisim.bodies.queries.importing import preview
from kelisim.bodies.queries.powers import powers_at
from kelisim.bodies.queries.table import vocabulary
from kelisim.bodies.readers import table
from tests.bodies.people import AT

ON = date(2026, 3, 2)


def read(content: bytes) -> Read:
    return Read(content, table.read(content, vocabulary=vocabulary(ON, "ru"), on=ON))


def look(content: bytes, by):
    """What a file would do."""
    return preview(read(content).table, held=powers_at(by, AT), on=ON)


def bring(content: bytes, by, *, at=AT) -> dict:
    """Upload and apply."""
    what = read(content)
    kept = importing.upload(what, name="register.xlsx", by=by, at=at)
    return importing.apply(kept.pk, read=what, by=by, at=at)


def said(faults) -> list[tuple]:
    """Faults as (sheet, row, letter, code), to compare."""
    return [(f.where.sheet, f.where.row, f.where.letter, f.why.code) for f in faults]


def workbook(*sheets, merged=()) -> bytes:
    """A workbook of (title, rows)."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        days = book.add_format({"num_format": "dd.mm.yyyy"})
        for title, rows in sheets:
            page = book.add_worksheet(title)
            for index, row in enumerate(rows):
                for place, value in enumerate(row):
                    if isinstance(value, date):
                        page.write_datetime(index, place, value, days)
                    elif isinstance(value, str):
                        page.write_string(index, place, value)
                    elif value is not None:
                        page.write_number(index, place, value)
            for first_row, first, last_row, last, words in merged:
                page.merge_range(first_row, first, last_row, last, words)
    return out.getvalue()


def separated(rows, *, sign=",", encoding="utf-8") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=sign).writerows(rows)
    return out.getvalue().encode(encoding)
