"""A spreadsheet as grids. Guards against hostile files are those of the register's tables."""

from datetime import date
from decimal import Decimal

from kelisim.bodies.readers.table.files import Cell, Sheet, checked, spreadsheet
from kelisim.commitments.readers.grid import Grid, Line

KEPT = "kelisim"


def read(content: bytes) -> tuple[list[Grid], list[str]]:
    """The sheets that people see, and the lines that our own export keeps beside them."""
    checked(content)
    grids, kept = [], []
    for sheet in spreadsheet(content):
        if sheet.hidden and sheet.title == KEPT:
            kept = ["".join(map(said, row)) for row in sheet.rows]
        elif not sheet.hidden:
            grids.append(Grid(sheet.title, lines(sheet)))
    return grids, kept


def lines(sheet: Sheet) -> list[Line]:
    """Rows with a cell that is merged downwards repeated in each row that it covers."""
    rows = [[said(value) for value in row] for row in sheet.rows]
    across: dict[int, dict[int, int]] = {}
    for (top, left), (bottom, right) in sheet.merged:
        if not 0 <= top < len(rows) or left >= len(rows[top]):
            continue
        for row in range(top, min(bottom, len(rows) - 1) + 1):
            rows[row][left] = rows[top][left]
            across.setdefault(row, {})[left] = right - left + 1
    return [
        Line(row, f"{sheet.title}!{number + 1}", letters=True, across=across.get(number, {}))
        for number, row in enumerate(rows)
    ]


def said(value: Cell) -> str:
    """A cell's value as a person would type it."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, (int, float)):
        return f"{Decimal(repr(value)).normalize():f}"
    return value
