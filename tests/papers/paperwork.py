"""Papers with a fact in every field, each fact another word, and how they are read back."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

import docx
import pypdf

from kelisim.papers.states import PaperKind
from kelisim.papers.trees import contexts as c

POINT = c.Point(4, "Тармақ мәтіні", "Үлгі министрлігі", "2026 жылғы 1 шілдеге дейін")
HEAD = c.Heading(
    "Үлгі кеңесі",
    "Үлгіқала",
    "2026 жылғы 1 сәуір",
    "18-35-4.3/12",
    "Келісім туралы",
    "Төрағаның № 7 өкімімен",
)
SIGNERS = (c.Signer("Кеңес төрағасы", "Ә. Үлгіұлы"), c.Signer("Отырыс хатшысы", "І. Үлгіқызы"))
VOTE = c.Vote("Қабылдансын ба?", "ашық дауыс беру", "қабылданды", "9 мүшенің 7-уі ≥ 2/3")
ITEM = c.ItemOfMinutes(
    2,
    "Тіл & мәдениет <туралы>",
    "Бірінші жол\nЕкінші жол",
    "Ғалымның сөзі",
    "Ұсыныс мақұлдансын",
    (VOTE,),
    (POINT,),
)

PAPERS: dict[PaperKind, c.Context] = {
    PaperKind.MINUTES: c.Minutes(
        HEAD, "А. Төраға", "Б. Хатшы", ("В. Мүше", "Г. Мүше"), ("Д. Қонақ",), "12 мүшенің 9-ы",
        ("Тіл туралы мәселе", "Өңір туралы мәселе"), (ITEM,), SIGNERS,
    ),
    PaperKind.DECISION: c.Decision(HEAD, "Кіріспе сөз", (POINT,), "жақтады — 7", SIGNERS),
    PaperKind.EXTRACT: c.Extract(
        HEAD, "А. Төраға", "12 мүшенің 9-ы", ITEM, "Көшірмесі дұрыс", SIGNERS
    ),
    PaperKind.COVERING: c.Covering(
        HEAD, "Үлгі министрлігіне", "Құрметті әріптестер!", "Хат мәтіні", ("Шешім, 2 парақ",),
        ("Үлгі әкімдігіне",), SIGNERS, "№ 5, 2026 жылғы 1 наурыз",
    ),
    PaperKind.AGENDA: c.Agenda(HEAD, "10:00-де", ((3, "Күн мәселесі", "Ж. Баяндамашы"),)),
    PaperKind.INVITATION: c.Invitation(
        HEAD, "З. Мүшеге", "Құрметті мүше!", "Отырысқа шақырамыз", "сағат 10:00-де",
        "Үлгі залында", ("Шақыру мәселесі",), SIGNERS,
    ),
    PaperKind.SHEET: c.Sheet(
        HEAD, "Шешім жобасы", "ab" * 32,
        (c.SheetRow("Үлгі органы", "басшы", "И. Басшы", "келісілді", "2 сәуір", "ескертпе"),),
    ),
    PaperKind.DISAGREEMENTS: c.Disagreements(
        HEAD, "Шешім жобасы",
        (c.DisagreementRow("3-тармақ", "жобадағы сөз", "ұсынылған сөз", "Үлгі органы", "алынды"),),
    ),
}  # fmt: skip
NOT_SAID = {
    # A covering letter has no place and no corner: it opens with its number and addressee.
    PaperKind.COVERING: {"Үлгіқала", "Төрағаның № 7 өкімімен"},
}


def facts(context: object) -> Iterator[str]:
    """Every fact of a paper, in the order of its fields; a text of several lines line by line."""
    if is_dataclass(context):
        for field in fields(context):
            yield from facts(getattr(context, field.name))
    elif isinstance(context, tuple):
        for each in context:
            yield from facts(each)
    else:
        yield from str(context).splitlines()


def read_docx(content: bytes) -> str:
    """All words of a DOCX: of the paragraphs and of every cell."""
    page = docx.Document(io.BytesIO(content))
    lines = [paragraph.text for paragraph in page.paragraphs]
    lines += [cell.text for table in page.tables for row in table.rows for cell in row.cells]
    return "\n".join(lines)


def read_pdf(content: bytes) -> str:
    """All words of a PDF with single spaces; words that a line broke are put together again."""
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return "\n".join(page.extract_text() for page in pages)


def close(text: str) -> str:
    """Without any white space: where lines break is the printer's business."""
    return re.sub(r"\s+", "", text)


def edited(template: bytes, *lines: str, part: str = "word/document.xml") -> bytes:
    """A template with more paragraphs at its end, as somebody wrote them in Word."""
    page = docx.Document(io.BytesIO(template))
    into = page.sections[0].footer if "footer" in part else page
    for line in lines:
        into.add_paragraph(line)
    out = io.BytesIO()
    page.save(out)
    return out.getvalue()


def repacked(template: bytes, name: str, content: bytes) -> bytes:
    """A template with one part of the file replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(template)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            if entry.filename != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, content)
    return out.getvalue()
