"""A Word document as one grid: its paragraphs and the rows of its tables in their order."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml.ns import qn
from lxml import etree

from kelisim.bodies.readers.table.files import MOST_COLUMNS, MOST_ROWS, checked, clean
from kelisim.charter.readers.archive import unpacked
from kelisim.commitments.readers.grid import Grid, Line
from kelisim.refusals import Refusal, Refused

P, TABLE, ROW, CELL, ABOUT = (qn(f"w:{tag}") for tag in ("p", "tbl", "tr", "tc", "tcPr"))
HOLDERS = {qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml")}
SIGNS = {qn("w:tab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
TEXT, SHAPE, LEVEL, VALUE = qn("w:t"), qn("w:pPr"), qn("w:outlineLvl"), qn("w:val")
BROKEN = (KeyError, ValueError, etree.XMLSyntaxError, zipfile.BadZipFile, AttributeError)


def read(content: bytes) -> Grid:
    """Raises Refused where it cannot be opened, or is a bomb."""
    checked(content)
    unpacked(content)
    try:
        document = docx.Document(io.BytesIO(content))
    except BROKEN as fault:
        raise Refused(Refusal("commitments.table_unknown_file")) from fault
    found: list[Line] = []
    tables = 0
    for number, one in enumerate(under(document.element.body, {P, TABLE}), 1):
        if one.tag == P:
            found.append(Line([text_of(one)], f"¶{number}", paragraph=True))
        else:
            tables += 1
            found += rows(one, tables)
        if len(found) > MOST_ROWS:
            raise Refused(Refusal("commitments.table_too_long", most=MOST_ROWS))
    return Grid("", found)


def under(element: Any, wanted: set[str]) -> Iterator[Any]:
    """What stands straight under an element, through what only holds it."""
    for one in element:
        if one.tag in wanted:
            yield one
        elif one.tag in HOLDERS:
            yield from under(one, wanted)


def rows(table: Any, number: int) -> Iterator[Line]:
    """The rows of a table; a cell merged downwards says the same in each."""
    above: list[str] = []
    for place, row in enumerate(under(table, {ROW}), 1):
        cells: list[str] = []
        across: dict[int, int] = {}
        level = 0
        for cell in under(row, {CELL}):
            about = cell.find(ABOUT)
            column, span = len(cells), span_of(about)
            if continued(about):
                text = above[column] if column < len(above) else ""
            else:
                text = clean("\n".join(text_of(one) for one in under(cell, {P})))
                level = level or level_of(cell)
            if span > 1:
                across[column] = span
            cells += [text, *[""] * (span - 1)]
            if len(cells) > MOST_COLUMNS:
                break
        above = cells
        yield Line(cells, f"#{number}!R{place}", across=across, level=level)


def span_of(about: Any) -> int:
    found = about.find(qn("w:gridSpan")) if about is not None else None
    said = found.get(VALUE, "1") if found is not None else "1"
    return min(max(int(said), 1), MOST_COLUMNS) if said.isdecimal() and len(said) < 5 else 1  # noqa: PLR2004


def continued(about: Any) -> bool:
    found = about.find(qn("w:vMerge")) if about is not None else None
    return found is not None and found.get(VALUE, "continue") == "continue"


def level_of(cell: Any) -> int:
    for one in under(cell, {P}):
        shape = one.find(SHAPE)
        said = shape.find(LEVEL) if shape is not None else None
        if said is not None and said.get(VALUE, "").isdecimal():
            return min(int(said.get(VALUE)[:2]) + 1, 9)
    return 0


def text_of(paragraph: Any) -> str:
    """What Word shows of a paragraph; struck words are another element and fall away."""
    found = []
    for one in paragraph.iter():
        if one.tag == TEXT:
            found.append(one.text or "")
        elif one.tag in SIGNS and one.getparent().tag == qn("w:r"):
            found.append(SIGNS[one.tag])
    return clean("".join(found))
