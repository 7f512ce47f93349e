"""A report for a period as a Word document: texts, tables, bars, the map as a table."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

import docx
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from kelisim.commitments.trees.official import clean
from kelisim.evaluation.exports.periods.showing import Shown, ShownCell, ShownTable, words
from kelisim.pages.templatetags.kelisim import day, figure, tongue

TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
BLOCKS = ("█", "▓", "▒", "░", "·")
"""A bar's pieces by their level, told apart without colour."""
LONGEST = 30
"""Blocks of the longest bar."""
SHADES = ("7F9FB5", "A9C0CF", "CBDAE3", "E4ECF1", "FFFFFF")
"""How dark a square of the map is by its level."""
FONT = "Times New Roman"


def written(found: Shown, about: Mapping[str, Any]) -> bytes:
    """The document in the language of the page; headings are headings, tables are tables."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(25), Mm(15)
    section.top_margin = section.bottom_margin = Mm(20)
    style: Any = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(12)
    document.core_properties.title = clean(found.title)
    document.core_properties.language = tongue()
    head = document.add_heading(clean(found.title), level=1)
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    who = document.add_paragraph(clean(f"{found.body}, {day(found.starts)} – {day(found.ends)}"))
    who.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if found.because:
        said = _("Edition %(number)s: %(because)s")
        document.add_paragraph(clean(said % {"number": found.number, "because": found.because}))
    for text in found.texts:
        document.add_heading(clean(text.title), level=2)
        for part in text.paragraphs:
            document.add_paragraph(clean(part))
        document.add_paragraph(clean(text.post)).runs[0].italic = True
    for table in found.tables:
        put(document, table)
    if digest := about.get("sha256"):
        document.add_paragraph(f"SHA-256: {digest}")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def put(document: Any, table: ShownTable) -> None:
    """A heading, what the table is, its drawings, the table."""
    document.add_heading(clean(table.title), level=2)
    document.add_paragraph(clean(table.note))
    if not table.rows:
        document.add_paragraph(_("Nothing in this period."))
        return
    if table.source.tiles:
        squares(document, table)
    if table.source.drawn:
        drawing(document, table)
    grid(document, table)
    if table.left:
        said = ngettext("And %(number)s more.", "And %(number)s more.", table.left)
        document.add_paragraph(said % {"number": figure(table.left)})


def grid(document: Any, table: ShownTable) -> None:
    lines = [table.headings, *table.rows, *([table.sum] if table.sum else [])]
    made = document.add_table(rows=len(lines), cols=len(table.headings))
    made.style = "Table Grid"
    about = OxmlElement("w:tblHeader")
    made.rows[0]._tr.get_or_add_trPr().append(about)  # noqa: SLF001  (no other way to its markup)
    for place, line in enumerate(lines):
        bold = place == 0 or (bool(table.sum) and place == len(lines) - 1)
        fill(made.rows[place].cells, line, bold=bold)


def fill(cells: Sequence[Any], line: Sequence[ShownCell], *, bold: bool) -> None:
    for cell, one in zip(cells, line, strict=True):
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(0)
        if one.number:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        run = paragraph.add_run(clean(one.text))
        run.bold, run.font.size = bold, Pt(9)


def drawing(document: Any, table: ShownTable) -> None:
    """Bars of blocks, one scale for all, and what each block means."""
    rows = table.source.bars()
    longest = max((sum(length for _level, length in pieces) for _name, pieces in rows), default=0)
    if not longest:
        return
    made = document.add_table(rows=0, cols=2)
    for (_name, pieces), line in zip(rows, table.rows, strict=True):
        cells = made.add_row().cells
        bar = "".join(
            BLOCKS[level] * max(round(LONGEST * length / longest), 1)
            for level, length in pieces
            if length
        )
        fill(cells, [line[0], ShownCell(bar)], bold=False)
    if len(table.source.drawn) > 1:
        meaning = "; ".join(
            f"{BLOCKS[level]} {words(table.source.columns[place].words)}"
            for place, level in table.source.drawn
        )
        document.add_paragraph(clean(meaning))


def squares(document: Any, table: ShownTable) -> None:
    """The map: one square a region where its tile stands, darker where more is done."""
    places = {(tile.line, tile.column): tile for tile in table.source.tiles}
    lines = max(line for line, _column in places) + 1
    columns = max(column for _line, column in places) + 1
    made = document.add_table(rows=lines, cols=columns)
    for (line, column), tile in places.items():
        cell = made.rows[line].cells[column]
        shade = OxmlElement("w:shd")
        shade.set(qn("w:val"), "clear")
        shade.set(qn("w:fill"), SHADES[tile.level])
        cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001
        run = cell.paragraphs[0].add_run(clean(f"{words(tile.name)}\n{tile.note}"))
        run.font.size = Pt(7)
    document.add_paragraph()
