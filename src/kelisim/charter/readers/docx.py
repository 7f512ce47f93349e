"""Word documents: headings by style or by look, lists that Word numbers itself, tables."""

import io
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import docx
from docx.document import Document
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml import etree

from kelisim.charter.readers.blocks import Block, Source
from kelisim.charter.readers.labels import Label, label_of, shown_label
from kelisim.charter.readers.numerals import written
from kelisim.refusals import Refusal, Refused

MOST_FILES = 5_000
MOST_BYTES = 400 * 1024 * 1024
MOST_RATIO = 200
SMALL = 1024 * 1024
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BULLET = "bullet"


def read(data: bytes) -> Source:
    """Blocks of a document; lines are counted as paragraphs. Refuses what is not safe to open."""
    unpacked(data)
    try:
        document = docx.Document(io.BytesIO(data))
    except (KeyError, ValueError, etree.XMLSyntaxError, zipfile.BadZipFile) as fault:
        raise Refused(Refusal("charter.file_broken_docx")) from fault
    source = Source([])
    numbering = Numbering.of(document)
    for n, paragraph in enumerate(paragraphs(document), 1):
        source.lines.append(paragraph.text)
        if paragraph.text.strip():
            source.blocks += blocks_of(paragraph, n, numbering)
    if not source.blocks:
        raise Refused(Refusal("charter.file_empty"))
    return source


def unpacked(data: bytes) -> None:
    """Refuse an archive that would fill the memory, before anything of it is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except zipfile.BadZipFile as fault:
        raise Refused(Refusal("charter.file_broken_docx")) from fault
    whole = sum(entry.file_size for entry in entries)
    dense = any(
        entry.file_size > SMALL and entry.file_size > MOST_RATIO * max(entry.compress_size, 1)
        for entry in entries
    )
    if len(entries) > MOST_FILES or whole > MOST_BYTES or dense:
        raise Refused(Refusal("charter.file_bomb"))
    if not any(entry.filename == "word/document.xml" for entry in entries):
        raise Refused(Refusal("charter.file_not_docx"))


def paragraphs(document: Document) -> Iterator[Paragraph]:
    """Every paragraph in reading order, those of tables too."""
    for part in document.iter_inner_content():
        if isinstance(part, Table):
            for row in part.rows:
                # A merged cell is given once for each column that it covers.
                for cell in {c._tc: c for c in row.cells}.values():  # noqa: SLF001
                    yield from cell.paragraphs
        else:
            yield part


def blocks_of(paragraph: Paragraph, n: int, numbering: "Numbering") -> Iterator[Block]:
    """A paragraph's blocks: one for each line that was broken on purpose and begins something."""
    style = (paragraph.style.name or "") if paragraph.style else ""
    level = heading_level(style)
    bold = is_bold(paragraph)
    label, bullet, depth = numbering.next(paragraph, style)
    rows: list[str] = []
    for raw in paragraph.text.split("\n"):
        line = " ".join(raw.split())
        if rows and line and (label_of(line) or rows[-1].endswith((";", ":", "."))):
            rows.append(line)
        elif line:
            rows[-1:] = [f"{rows[-1]} {line}"] if rows else [line]
    for i, row in enumerate(rows):
        block = Block(row, (n, n), level=level, bold=bold, indent=depth * 4)
        if i == 0 and label and not label_of(row):
            block.label = label
        if i == 0 and bullet:
            block.bullet = bullet
        yield block


def heading_level(style: str) -> int:
    words = style.lower().split()
    if words[:1] == ["title"] or words[:1] == ["название"]:
        return 1
    if words[:1] in (["heading"], ["заголовок"], ["тақырып"]) and words[-1].isdigit():
        return int(words[-1]) + 1
    return 0


def is_bold(paragraph: Paragraph) -> bool:
    runs = [run for run in paragraph.runs if run.text.strip()]
    return bool(runs) and all(run.bold for run in runs)


@dataclass(slots=True)
class Numbering:
    """Word's own numbers: how each list level looks, and how far each list has come."""

    levels: dict[tuple[str, int], tuple[str, str, int]] = field(default_factory=dict)
    counts: defaultdict[str, list[int]] = field(
        default_factory=lambda: defaultdict(lambda: [0] * 9)
    )

    @classmethod
    def of(cls, document: Document) -> "Numbering":
        made = cls()
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return made
        abstract = {one.get(f"{W}abstractNumId"): one for one in root.findall(f"{W}abstractNum")}
        for num in root.findall(f"{W}num"):
            chosen = num.find(f"{W}abstractNumId")
            found = abstract.get(chosen.get(f"{W}val")) if chosen is not None else None
            for level in found.findall(f"{W}lvl") if found is not None else ():
                key = (num.get(f"{W}numId"), int(level.get(f"{W}ilvl")))
                start = int(value(level, "start") or 1)
                made.levels[key] = (value(level, "numFmt"), value(level, "lvlText"), start)
        return made

    def next(self, paragraph: Paragraph, style: str) -> tuple[Label | None, str, int]:
        """The number or bullet that Word shows before this paragraph, and the list's depth."""
        own: Any = paragraph._element.pPr  # noqa: SLF001  (python-docx has no public face for lists)
        found: Any = own.numPr if own is not None else None
        if (
            found is None
            and paragraph.style is not None
            and paragraph.style.element.pPr is not None
        ):
            found = paragraph.style.element.pPr.numPr
        if found is None or found.numId is None:
            return (None, "•", 0) if style.startswith("List Bullet") else (None, "", 0)
        number_id = str(found.numId.val)
        depth = int(found.ilvl.val) if found.ilvl is not None else 0
        form, text, start = self.levels.get((number_id, depth), (BULLET, "•", 1))
        if form == BULLET:
            return None, "•", depth
        counts = self.counts[number_id]
        counts[depth] = counts[depth] + 1 if counts[depth] else start
        counts[depth + 1 :] = [0] * (8 - depth)
        shown = text
        for outer in range(depth + 1):
            outer_form = self.levels.get((number_id, outer), (form, "", 1))[0]
            shown = shown.replace(f"%{outer + 1}", written(max(counts[outer], 1), outer_form))
        return shown_label(shown, depth), "", depth


def value(level: Any, name: str) -> str:
    found = level.find(f"{W}{name}")
    return found.get(f"{W}val") or "" if found is not None else ""
