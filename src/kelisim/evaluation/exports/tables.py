"""A plain table as CSV or XLSX: a heading a column, numbers as numbers."""

import csv
import io
from collections.abc import Iterable, Sequence

import xlsxwriter

from kelisim.bodies.trees.notation import guarded

type Cell = str | float | None


def separated(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """RFC 4180, UTF-8 with the mark that spreadsheets need, no formulas."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([guarded(heading) for heading in headings])
    for row in rows:
        writer.writerow([guarded(one) if isinstance(one, str) else one for one in row])
    return out.getvalue().encode("utf-8-sig")


def workbook(title: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """One sheet, its headings bold and always in sight."""
    out = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet(title[:31])
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, 0, 44)
        sheet.set_column(1, len(headings), 13)
        for place, heading in enumerate(headings):
            sheet.write_string(0, place, heading, bold)
        for line, row in enumerate(rows, start=1):
            for place, one in enumerate(row):
                if isinstance(one, str):
                    sheet.write_string(line, place, one)
                elif one is not None:
                    sheet.write_number(line, place, one)
    return out.getvalue()
