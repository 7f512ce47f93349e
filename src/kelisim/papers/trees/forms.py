"""The shipped forms of papers: DOCX templates with their words, in the official form.

A secretariat downloads one, changes it in Word, and uploads it as its own.
"""

import io
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt

from kelisim.papers.states import PaperKind
from kelisim.papers.words import said

FONT, SIZE = "Times New Roman", Pt(14)
CENTRE, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
LEFT_EDGE, RIGHT_EDGE = Cm(3), Cm(1.5)
MADE = datetime(2026, 1, 1)  # noqa: DTZ001  (python-docx wants a naive moment; the same for ever)

POINT = (
    "{{ point.number }}. {{ point.text }}{% if point.addressed or point.term %} "
    "({{ point.addressed }}{% if point.addressed and point.term %}; {% endif %}{{ point.term }})"
    "{% endif %}"
)


class Form:
    """A template under construction, in one language."""

    def __init__(self, language: str) -> None:
        self.words = said(language)
        self.page = docx.Document()
        style: Any = self.page.styles["Normal"]
        style.font.name, style.font.size = FONT, SIZE
        # Word asks for the letters outside of Latin by a name of their own.
        style.element.rPr.rFonts.set(qn("w:cs"), FONT)
        style.paragraph_format.space_after = Pt(4)
        for section in self.page.sections:
            section.page_width, section.page_height = Cm(21), Cm(29.7)
            section.left_margin, section.right_margin = LEFT_EDGE, RIGHT_EDGE
            section.top_margin = section.bottom_margin = Cm(2)
        self.page.core_properties.created = self.page.core_properties.modified = MADE
        self.page.core_properties.author = "Kelisim"
        self.page.core_properties.language = language

    @property
    def width(self) -> Length:
        """How wide a line is between the edges of the page."""
        page = self.page.sections[0].page_width
        return Length((page or 0) - LEFT_EDGE - RIGHT_EDGE)

    def lie(self) -> None:
        """Turn the page: its table has many columns."""
        for section in self.page.sections:
            section.orientation = WD_ORIENT.LANDSCAPE
            section.page_width, section.page_height = section.page_height, section.page_width

    def spread(self, *words: str, bold: bool = False) -> None:
        """A line whose parts stand at its beginning, middle and end."""
        paragraph = self.page.add_paragraph()
        stops = paragraph.paragraph_format.tab_stops
        if len(words) > 2:  # noqa: PLR2004
            stops.add_tab_stop(Length(self.width // 2), WD_TAB_ALIGNMENT.CENTER)
        stops.add_tab_stop(self.width, WD_TAB_ALIGNMENT.RIGHT)
        paragraph.add_run("\t".join(words)).bold = bold

    def line(self, text: str, align: Any = None, *, bold: bool = False) -> None:
        paragraph = self.page.add_paragraph()
        paragraph.alignment = align
        paragraph.add_run(text).bold = bold

    def named(self, name: str, text: str) -> None:
        """A line that begins with a fixed word."""
        paragraph = self.page.add_paragraph()
        paragraph.add_run(f"{self.words[name]}: ").bold = True
        paragraph.add_run(text)

    def each(self, loop: str, text: str) -> None:
        """A paragraph for each of a list."""
        self.line(f"{{%p for {loop} %}}")
        self.line(text)
        self.line("{%p endfor %}")

    def when(self, condition: str, inside: Callable[[], None]) -> None:
        self.line(f"{{%p if {condition} %}}")
        inside()
        self.line("{%p endif %}")

    def head(self, kind: str) -> None:
        """Corner, body, kind of paper, place, day, number, title."""

        def corner() -> None:
            self.line(self.words["approved"], RIGHT, bold=True)
            self.line("{{ head.approved }}", RIGHT)

        self.when("head.approved", corner)
        self.line("{{ head.body }}", CENTRE, bold=True)
        self.line(self.words[kind], CENTRE, bold=True)
        self.spread("{{ head.day }}", "{{ head.place }}", "№ {{ head.number }}")
        self.when("head.title", lambda: self.line("{{ head.title }}", CENTRE, bold=True))

    def signers(self) -> None:
        self.line("")
        self.line("{%p for signer in signers %}")
        self.spread("{{ signer.post }}", "{{ signer.name }}", bold=True)
        self.line("{%p endfor %}")

    def item(self) -> None:
        """What the minutes say of an item that is called `item`."""
        self.line("{{ item.number }}. {{ item.title }}", bold=True)
        for name in ("heard", "spoke", "resolved"):

            def inside(name: str = name) -> None:
                self.line(f"{self.words[name]}:", bold=True)
                self.line(f"{{{{ item.{name} }}}}")

            self.when(f"item.{name}", inside)
        self.each("point in item.points", POINT)
        self.line("{%p for vote in item.votes %}")
        self.named("voted", "{{ vote.question }} ({{ vote.form }})")
        self.line("{{ vote.result }}: {{ vote.arithmetic }}")
        self.line("{%p endfor %}")

    def table(self, loop: str, columns: Sequence[tuple[str, str]]) -> None:
        """A table with a row for each of a list: fixed heads, and what stands in the cells."""
        table = self.page.add_table(rows=4, cols=len(columns), style="Table Grid")
        for cell, (name, _text) in zip(table.rows[0].cells, columns, strict=True):
            cell.paragraphs[0].add_run(self.words[name]).bold = True
        # The heads stand again on every page that the table runs over.
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001
        table.rows[1].cells[0].text = f"{{%tr for {loop} %}}"
        for cell, (_name, text) in zip(table.rows[2].cells, columns, strict=True):
            cell.text = text
        table.rows[3].cells[0].text = "{%tr endfor %}"

    def bytes(self) -> bytes:
        document, out = self.page, io.BytesIO()
        document.save(out)
        return out.getvalue()


def minutes(form: Form) -> None:
    form.head("minutes")
    form.named("chaired", "{{ chaired }}")
    form.named("secretary", "{{ secretary }}")
    form.named("present", "{{ present|join(', ') }}")
    form.when("invited", lambda: form.named("invited", "{{ invited|join(', ') }}"))
    form.named("quorum", "{{ quorum }}")
    form.line(form.words["agenda"], CENTRE, bold=True)
    form.each("title in agenda", "{{ loop.index }}. {{ title }}")
    form.line("{%p for item in items %}")
    form.item()
    form.line("{%p endfor %}")
    form.signers()


def decision(form: Form) -> None:
    form.head("decision")
    form.when("preamble", lambda: form.line("{{ preamble }}"))
    form.each("point in points", POINT)
    form.when("vote", lambda: form.named("voted", "{{ vote }}"))
    form.signers()


def extract(form: Form) -> None:
    form.head("extract")
    form.named("chaired", "{{ chaired }}")
    form.named("quorum", "{{ quorum }}")
    form.item()
    form.line("{{ true_copy }}")
    form.signers()


def covering(form: Form) -> None:
    form.line("{{ head.body }}", CENTRE, bold=True)
    form.line(f"{form.words['outgoing']} № {{{{ head.number }}}}, {{{{ head.day }}}}")
    form.when("answers", lambda: form.line(f"{form.words['answers']} {{{{ answers }}}}"))
    form.line("{{ addressee }}", RIGHT, bold=True)
    form.when("head.title", lambda: form.line("{{ head.title }}", bold=True))
    form.line("{{ greeting }}", CENTRE)
    form.line("{{ text }}")
    form.when("enclosures", lambda: form.named("enclosures", "{{ enclosures|join('; ') }}"))
    form.signers()
    form.when("copies", lambda: form.named("copies", "{{ copies|join('; ') }}"))


def agenda(form: Form) -> None:
    form.head("agenda")
    form.named("when", "{{ when }}")
    form.table(
        "item in items",
        [("number", "{{ item[0] }}"), ("item", "{{ item[1] }}"), ("reports", "{{ item[2] }}")],
    )


def invitation(form: Form) -> None:
    form.head("invitation")
    form.line("{{ addressee }}", RIGHT, bold=True)
    form.line("{{ greeting }}", CENTRE)
    form.line("{{ text }}")
    form.named("when", "{{ when }}")
    form.named("where", "{{ where }}")

    def questions() -> None:
        form.line(form.words["agenda"], CENTRE, bold=True)
        form.each("title in items", "{{ loop.index }}. {{ title }}")

    form.when("items", questions)
    form.signers()


def sheet(form: Form) -> None:
    form.lie()
    form.head("sheet")
    form.named("paper", "{{ paper }}")
    form.line("SHA-256: {{ sha256 }}")
    names = ("body", "post", "name", "verdict", "day", "remark")
    form.table("row in rows", [(name, f"{{{{ row.{name} }}}}") for name in names])


def disagreements(form: Form) -> None:
    form.lie()
    form.head("disagreements")
    form.named("paper", "{{ paper }}")
    names = ("place", "drafted", "proposed", "body", "settlement")
    form.table("row in rows", [(name, f"{{{{ row.{name} }}}}") for name in names])


SHIPPED: dict[PaperKind, Callable[[Form], None]] = {
    PaperKind.MINUTES: minutes,
    PaperKind.DECISION: decision,
    PaperKind.EXTRACT: extract,
    PaperKind.COVERING: covering,
    PaperKind.AGENDA: agenda,
    PaperKind.INVITATION: invitation,
    PaperKind.SHEET: sheet,
    PaperKind.DISAGREEMENTS: disagreements,
}


def shipped(kind: PaperKind, language: str) -> bytes:
    """The form that comes with Kelisim, as DOCX."""
    form = Form(language)
    SHIPPED[kind](form)
    return form.bytes()
