"""Bytes to sheets: spreadsheets by what they are, CSV in the encodings and signs of offices."""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from kelisim.bodies.trees.notation import LARGEST, unguarded
from kelisim.refusals import Refusal, Refused, require

LARGEST_UNPACKED = 400 * 1024 * 1024
MOST_ROWS = 10_000
MOST_COLUMNS = 400
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
BINARY = re.compile(r"[\x00-\x08\x0e-\x1f]")
UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\ufeff\ufffe\uffff]")
SIGNS = (";", ",", "\t")
SAMPLE = 60

type Cell = str | float | bool | date | None
type Range = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Cells by row and column, both counted from 0; `merged`: first and last cell of each."""

    title: str
    rows: Sequence[Sequence[Cell]]
    merged: tuple[Range, ...] = ()
    hidden: bool = False
    lost_letters: bool = False
    """Whether it was saved in an encoding that has no Kazakh letters."""


def checked(content: bytes) -> None:
    """Refuse what can be refused by its size alone."""
    if not content.strip():
        raise Refused(Refusal("bodies.table_empty"))
    if len(content) > LARGEST:
        raise Refused(Refusal("bodies.table_too_large", megabytes=LARGEST // 1024**2))


def sheets(content: bytes, score: Callable[[Sheet], int]) -> list[Sheet]:
    """The sheets of a file. `score` tells which reading of a CSV has more headings."""
    checked(content)
    if content.startswith((ZIP, OLE)):
        return spreadsheet(content)
    return [separated(content, score)]


def spreadsheet(content: bytes) -> list[Sheet]:
    """Every sheet of a workbook. Raises Refused where it cannot be opened, or is a bomb."""
    try:
        if content.startswith(ZIP):
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                unpacked = sum(item.file_size for item in archive.infolist())
            if unpacked > LARGEST_UNPACKED:
                raise Refused(Refusal("bodies.table_too_large", megabytes=LARGEST // 1024**2))
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        found = []
        for about in book.sheets_metadata:
            sheet = book.get_sheet_by_name(about.name)
            hidden = about.visible != SheetVisibleEnum.Visible
            found.append(read_sheet(sheet, about.name, hidden=hidden))
    except (CalamineError, zipfile.BadZipFile, OSError, ValueError) as fault:
        raise Refused(Refusal("bodies.table_unreadable")) from fault
    return found


def read_sheet(sheet: CalamineSheet, title: str, *, hidden: bool) -> Sheet:
    if sheet.total_height > MOST_ROWS or sheet.total_width > MOST_COLUMNS:
        raise Refused(
            Refusal("bodies.table_too_long", sheet=title, rows=MOST_ROWS, columns=MOST_COLUMNS)
        )
    rows = [[cell(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    return Sheet(title, rows, tuple(sheet.merged_cell_ranges or ()), hidden)


def cell(value: object) -> Cell:
    """A cell without signs that nobody sees; an empty one is None, a moment its day."""
    if isinstance(value, str):
        return clean(value) or None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, (time, timedelta)):
        return str(value)
    return value if isinstance(value, (bool, int, float, date)) else None


def clean(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return UNSEEN.sub("", text).replace("\u00a0", " ").replace("\u202f", " ").strip()


def decoded(content: bytes) -> tuple[str, bool]:
    """The text, and whether its encoding has no Kazakh letters."""
    for mark, encoding in MARKS.items():
        if content.startswith(mark):
            try:
                return content.decode(encoding), False
            except UnicodeDecodeError as fault:
                raise Refused(Refusal("bodies.table_unreadable")) from fault
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        try:
            text = content.decode("windows-1251")
        except UnicodeDecodeError as fault:
            raise Refused(Refusal("bodies.table_unreadable")) from fault
        require(unreadable(text))
        return text, True
    require(unreadable(text))
    return text, False


def unreadable(text: str) -> Refusal | None:
    """A picture or a programme is no text, whatever encoding can hold its bytes."""
    return Refusal("bodies.table_unreadable") if BINARY.search(text[:100_000]) else None


def separated(content: bytes, score: Callable[[Sheet], int]) -> Sheet:
    """A CSV, with the separator that makes most of its headings known."""
    text, lost = decoded(content)

    def divided(sign: str, most: int | None) -> Sheet:
        lines = islice(parsed(text, sign), most)
        rows = [[cell(unguarded(value)) for value in line] for line in lines]
        return Sheet("", rows, lost_letters=lost)

    best = max(SIGNS, key=lambda sign: score(divided(sign, SAMPLE)))
    found = divided(best, None)
    width = max((len(row) for row in found.rows), default=0)
    if len(found.rows) > MOST_ROWS or width > MOST_COLUMNS:
        raise Refused(
            Refusal("bodies.table_too_long", sheet="CSV", rows=MOST_ROWS, columns=MOST_COLUMNS)
        )
    return found


def parsed(text: str, sign: str) -> Iterable[list[str]]:
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=sign)
    except csv.Error as fault:
        raise Refused(Refusal("bodies.table_unreadable")) from fault
