"""The control table as a file: every row asked for, written as it is read from the database."""

import csv
import io
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import batched
from typing import IO

import xlsxwriter
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kelisim.bodies.trees.notation import guarded
from kelisim.commitments.models import Commitment
from kelisim.commitments.queries.table import Row, beside
from kelisim.commitments.states import Control, Status
from kelisim.pages.languages import spoken

TOGETHER = 1000
type Cell = str | int | Decimal | date | None


def headings() -> list[str]:
    return [
        _("Number"),
        _("Measure"),
        _("Plan"),
        _("Body"),
        _("Responsible executor"),
        _("Co-executors"),
        _("Nearest term"),
        _("Last term"),
        _("Status"),
        _("Control"),
        _("Last report"),
        _("Money planned, ₸"),
        _("Money spent, ₸"),
        _("Address"),
    ]


def cells(found: QuerySet[Commitment], language: str, origin: str) -> Iterator[list[Cell]]:
    """Each commitment as a row of values; three queries for each thousand."""
    statuses = {one.value: str(one.label) for one in Status}
    words = {one.value: str(one.label) for one in Control}
    rows = found.select_related("plan", "body", "lead").defer("description", "risks", "section")
    for some in batched(rows.iterator(chunk_size=TOGETHER), TOGETHER, strict=False):
        for row in beside(some):
            yield line(row, language, origin, statuses, words)


def line(
    row: Row,
    language: str,
    origin: str,
    statuses: Mapping[str, str],
    words: Mapping[str, str],
) -> list[Cell]:
    one = row.commitment

    def said(text: Mapping[str, str]) -> str:
        return spoken(text, language).text

    return [
        one.number,
        said(one.title),
        said(one.plan.title),
        said(one.body.name),
        said(one.lead.name),
        ", ".join(said(body.name) for body in row.others),
        one.next_on,
        one.due_on,
        statuses[one.status],
        words[one.control],
        row.report.handed_at.date() if row.report and row.report.handed_at else None,
        row.planned,
        row.spent,
        f"{origin}/{language}/commitments/{one.pk}/",
    ]


def separated(rows: Iterator[Sequence[Cell]]) -> Iterator[bytes]:
    """RFC 4180 in UTF-8, with the mark that spreadsheets need and no formula; piece by piece."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(headings())
    yield out.getvalue().encode("utf-8-sig")
    for some in batched(rows, TOGETHER, strict=False):
        out.seek(0)
        out.truncate()
        writer.writerows(
            [guarded(one) if isinstance(one, str) else one for one in row] for row in some
        )
        yield out.getvalue().encode()


def workbook(rows: Iterator[Sequence[Cell]]) -> IO[bytes]:
    """An open file with one sheet, written row by row: memory does not grow with the rows."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  (whoever sends it closes it)
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "default_date_format": "yyyy-mm-dd",
    }
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        sheet.freeze_panes(1, 2)
        sheet.set_column(1, 5, 40)
        sheet.set_column(6, 13, 14)
        for place, heading in enumerate(headings()):
            sheet.write_string(0, place, heading, bold)
        for number, row in enumerate(rows, start=1):
            for place, one in enumerate(row):
                if isinstance(one, str):
                    sheet.write_string(number, place, one)
                elif isinstance(one, date):
                    sheet.write_datetime(number, place, one)
                elif one is not None:
                    sheet.write_number(number, place, one)
    file.seek(0)
    return file
