"""The official table of a plan as a Word document in one language, as offices print it."""

import io
from collections.abc import Sequence
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from kelisim.commitments.trees import cells
from kelisim.commitments.trees.official import Official, clean, heading, lines, names
from kelisim.commitments.trees.table import Heading

TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LONG, SHORT, EDGE = 297, 210, 15
SHARES = {"number": 5, "title": 28, "form": 13, "executors": 18, "term": 12, "sources": 10}
COST = 10


def write(of: Official, language: str) -> bytes:
    """The document. Every cell holds the words of that language alone."""
    document = docx.Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(LONG), Mm(SHORT)
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Mm(EDGE))
    style: Any = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(11)
    if corner := of.corner.get(language):
        for text in (cells.APPROVED[language], *corner):
            said = document.add_paragraph(clean(text))
            said.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            said.paragraph_format.space_after = Pt(0)
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.add_run(clean(of.title.get(language, ""))).bold = True
    Grid(document, of, language).write()
    if closing := of.closing.get(language):
        document.add_paragraph()
        document.add_paragraph(cells.CLOSINGS[language]).paragraph_format.keep_with_next = True
        for short, full in closing:
            document.add_paragraph(clean(f"{short} – {full}"))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


class Grid:
    """The table itself, its rows built as markup: python-docx finds each cell anew."""

    def __init__(self, document: Any, of: Official, language: str) -> None:
        self.of, self.language = of, language
        self.columns = names(of.ground.years)
        shares = [SHARES.get(column, COST) for column in self.columns]
        room = (LONG - 2 * EDGE) * 56.7  # twentieths of a point in a millimetre
        self.widths = [round(room * share / sum(shares)) for share in shares]
        table = document.add_table(rows=0, cols=len(self.columns))
        table.style = "Table Grid"
        table.autofit = False
        for one, width in zip(table.columns, self.widths, strict=True):
            one._gridCol.set(qn("w:w"), str(width))  # noqa: SLF001  (no other way to its markup)
        self.body = table._tbl  # noqa: SLF001

    def write(self) -> None:
        self.head()
        for entry, texts in lines(self.of, self.language):
            if isinstance(entry, Heading):
                span = len(self.columns)
                self.row([self.cell(texts[0], span=span, bold=True, level=entry.level)])
            else:
                self.row([self.cell(text, place) for place, text in enumerate(texts)])
        if totals := self.of.totals(self.language):
            around = len(self.columns) - len(totals) - 2
            said = ["", cells.TOTALS[self.language], *[""] * (around - 1), *totals, ""]
            self.row([self.cell(text, place) for place, text in enumerate(said)])

    def head(self) -> None:
        """The headings, repeated on every page; years of costs in a row of their own."""
        unit, years = self.of.ground.unit, self.of.ground.years
        words = [heading(column, self.language, unit) for column in self.columns]
        at = self.columns.index(f"cost_{years[0]}")
        several = len(years) > 1
        first: list[Any] = []
        for place, text in enumerate(words):
            if several and at <= place < at + len(years):
                if place == at:
                    first.append(self.cell(text, place, span=len(years), bold=True))
            else:
                first.append(self.cell(text, place, bold=True, down="restart" if several else ""))
        self.row(first, repeated=True)
        if several:
            second = [
                self.cell(cells.YEARS[self.language].format(years[place - at]), place, bold=True)
                if at <= place < at + len(years)
                else self.cell("", place, down="continue")
                for place in range(len(words))
            ]
            self.row(second, repeated=True)

    def row(self, found: Sequence[Any], *, repeated: bool = False) -> None:
        row = OxmlElement("w:tr")
        about = OxmlElement("w:trPr")
        about.append(OxmlElement("w:cantSplit"))
        if repeated:
            about.append(OxmlElement("w:tblHeader"))
        row.append(about)
        for cell in found:
            row.append(cell)
        self.body.append(row)

    def cell(  # noqa: PLR0917  (all that the markup of a cell says)
        self,
        text: str,
        place: int = 0,
        span: int = 1,
        bold: bool = False,  # noqa: FBT001, FBT002
        level: int = 0,
        down: str = "",
    ) -> Any:
        cell, about = OxmlElement("w:tc"), OxmlElement("w:tcPr")
        width = sum(self.widths[place : place + span])
        mark(about, "w:tcW", w=str(width), type="dxa")
        if span > 1:
            mark(about, "w:gridSpan", val=str(span))
        if down:
            mark(about, "w:vMerge", val=down)
        cell.append(about)
        paragraph, shape = OxmlElement("w:p"), OxmlElement("w:pPr")
        mark(shape, "w:spacing", before="0", after="0")
        if bold:
            mark(shape, "w:jc", val="center")
        if level:
            mark(shape, "w:outlineLvl", val=str(level - 1))
        paragraph.append(shape)
        for number, said in enumerate(text.split("\n")):
            run = OxmlElement("w:r")
            if bold:
                look = OxmlElement("w:rPr")
                look.append(OxmlElement("w:b"))
                run.append(look)
            if number:
                run.append(OxmlElement("w:br"))
            words = OxmlElement("w:t")
            words.set(qn("xml:space"), "preserve")
            words.text = said
            run.append(words)
            paragraph.append(run)
        cell.append(paragraph)
        return cell


def mark(over: Any, tag: str, **facts: str) -> None:
    """An element with its attributes, under another."""
    one = OxmlElement(tag)
    for name, value in facts.items():
        one.set(qn(f"w:{name}"), value)
    over.append(one)
