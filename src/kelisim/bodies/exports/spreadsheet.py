"""A register as XLSX: one sheet, its headings bold and always in sight."""

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

import xlsxwriter

from kelisim.bodies.exports.columns import Column, Value
from kelisim.bodies.trees.matching import Record

OLDEST = date(1900, 3, 1)  # spreadsheets know a 29 February 1900, and no day before that year
LONGEST = 32_767


def write(title: str, columns: Sequence[Column], records: Sequence[Record]) -> bytes:
    """The table, row by row, so that no more than one is in memory."""
    out = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet(title[:31])
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        days = book.add_format({"num_format": "dd.mm.yyyy"})
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)
            sheet.write_string(0, place, column.heading, bold)
        for row, record in enumerate(records, start=1):
            for place, column in enumerate(columns):
                put(sheet, row, place, column.value(record), days)
    return out.getvalue()


def put(sheet: Any, row: int, place: int, value: Value, days: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, date) and value >= OLDEST:
        sheet.write_datetime(row, place, value, days)
    elif isinstance(value, int):
        sheet.write_number(row, place, value)
    else:
        said = f"{value:%d.%m.%Y}" if isinstance(value, date) else value
        if len(said) > LONGEST:
            raise ValueError(f"Row {row + 1}: no cell of a spreadsheet holds so long a text.")
        sheet.write_string(row, place, said)
