"""The shipped forms of papers: DOCX templates with their words, in the official form.

A secretariat downloads one, changes it in Word, and uploads it as its own.
"""

import io
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt

from kelisim.papers.states import PaperKind
from kelisim.papers.words import said

FONT, SIZE = "Times New Roman", Pt(14)
CENTRE, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
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
        style.paragraph_format.space_after = Pt(4)
        for section in self.page.sections:
            section.left_margin, section.right_margin = Cm(3), Cm(1.5)
            section.top_margin = section.bottom_margin = Cm(2)
        self.page.core_properties.created = self.page.core_properties.modified = MADE
        self.page.core_properties.author = "Kelisim"
        self.page.core_properties.language = language

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
        self.line("{{ head.day }}\t{{ head.place }}\t№ {{ head.number }}")
        self.when("head.title", lambda: self.line("{{ head.title }}", CENTRE, bold=True))

    def signers(self) -> None:
        self.line("")
        self.each("signer in signers", "{{ signer.post }}\t\t\t{{ signer.name }}")

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
        table.rows[1].cells[0].text = f"{{%tr for {loop} %}}"
        for cell, (_name, text) in zip(table.rows[2].cells, columns, strict=True):
            cell.text = text
        table.rows[3].cells[0].text = "{%tr endfor %}"

    def bytes(self) -> bytes:
        out = io.BytesIO()
        self.page.save(out)
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
    form.head("sheet")
    form.named("paper", "{{ paper }}")
    form.line("SHA-256: {{ sha256 }}")
    names = ("body", "post", "name", "verdict", "day", "remark")
    form.table("row in rows", [(name, f"{{{{ row.{name} }}}}") for name in names])


def disagreements(form: Form) -> None:
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
