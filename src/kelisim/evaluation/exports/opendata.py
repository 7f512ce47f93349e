"""Datasets as CSV, JSON and XLSX, written as they are read: memory does not grow with the rows."""

import csv
import io
import json
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import batched
from typing import IO, Any

import xlsxwriter

from kelisim.bodies.trees.notation import guarded
from kelisim.evaluation.trees.datasets import Dataset, schema

TOGETHER = 1000


def separated(of: Dataset, rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """RFC 4180 in UTF-8; nothing that is unknown is written as anything."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(of.names)
    yield out.getvalue().encode("utf-8-sig")
    for some in batched(rows, TOGETHER, strict=False):
        out.seek(0)
        out.truncate()
        writer.writerows([cell(one) for one in row] for row in some)
        yield out.getvalue().encode()


def cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return guarded(value) if isinstance(value, str) else value


def objects(of: Dataset, rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """A JSON array of objects; exact decimals as text of a number."""
    yield b"["
    first = True
    for some in batched(rows, TOGETHER, strict=False):
        pieces = [
            json.dumps(dict(zip(of.names, map(plain, row), strict=True)), ensure_ascii=False)
            for row in some
        ]
        yield (("" if first else ",") + ",\n".join(pieces)).encode()
        first = False
    yield b"]\n"


def plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value


def workbook(of: Dataset, rows: Iterable[Sequence[Any]], language: str) -> IO[bytes]:
    """One sheet with the names of the columns, and a second that says what each means."""
    file = tempfile.TemporaryFile()  # noqa: SIM115  (whoever sends it closes it)
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "default_date_format": "yyyy-mm-dd",
    }
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet(of.key[:31])
        sheet.freeze_panes(1, 0)
        for place, name in enumerate(of.names):
            sheet.write_string(0, place, name)
        for line, row in enumerate(rows, start=1):
            for place, value in enumerate(row):
                put(sheet, line, place, value)
        meanings = book.add_worksheet("dictionary")
        for line, one in enumerate(of.columns):
            for place, text in enumerate((one.name, one.words[language], one.kind, one.unit)):
                meanings.write_string(line, place, text)
    file.seek(0)
    return file


def put(sheet: Any, line: int, place: int, value: Any) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(line, place, value)
    elif isinstance(value, str):
        sheet.write_string(line, place, value)
    elif isinstance(value, date):
        sheet.write_datetime(line, place, value)
    elif value is not None:
        sheet.write_number(line, place, value)


def package(every: Iterable[Dataset], language: str, address: str, licence: str) -> dict[str, Any]:
    """All datasets as a Frictionless Data Package (https://specs.frictionlessdata.io)."""
    return {
        "name": "kelisim-open-data",
        "profile": "tabular-data-package",
        "licenses": [{"name": licence}],
        "resources": [
            {
                "name": of.key,
                "title": of.title[language],
                "path": f"{address}{of.key}.csv",
                "profile": "tabular-data-resource",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": schema(of, language),
            }
            for of in every
        ],
    }
