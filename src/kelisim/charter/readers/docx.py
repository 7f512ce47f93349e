"""Word documents: headings by style or by look, lists that Word numbers itself, tables.

The words are taken from the document's own markup, so that nothing that Word shows is lost:
content controls, tracked insertions, text boxes. What Word keeps but does not show in the text
(struck words, running heads, notes) is left aside with its reason.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import docx
from docx.document import Document
from lxml import etree

from kelisim.charter.readers.archive import unpacked
from kelisim.charter.readers.blocks import Block, Source
from kelisim.charter.readers.labels import label_of
from kelisim.charter.readers.numbering import Numbering, W, value
from kelisim.charter.trees.draft import Leaving
from kelisim.refusals import Refusal, Refused

__all__ = ["read", "unpacked"]

FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
P, R, T, STRUCK = f"{W}p", f"{W}r", f"{W}t", f"{W}delText"
SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
HEADINGS = ("heading", "заголовок", "тақырып")
TITLES = ("title", "название", "тақырып атауы")
APART = {"header": "page", "footer": "page", "footnotes": "note", "endnotes": "note"}
OFF = {"0", "false", "off", "none"}
OUTERMOST = 9  # Word's outline level of body text
BROKEN = (KeyError, ValueError, etree.XMLSyntaxError, zipfile.BadZipFile, AttributeError)


def read(data: bytes) -> Source:
    """Blocks of a document; lines are counted as paragraphs. Refuses what is not safe to open."""
    unpacked(data)
    try:
        document = docx.Document(io.BytesIO(data))
        source = Reading(document).run()
    except BROKEN as fault:
        raise Refused(Refusal("charter.file_broken_docx")) from fault
    if not source.blocks:
        raise Refused(Refusal("charter.file_empty"))
    return source


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph style says: its name, its heading level, boldness and list."""

    name: str = ""
    level: int = 0
    bold: bool = False
    number: Any = None


class Reading:
    """One pass over a document's paragraphs."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.source = Source([])
        self.numbering = Numbering.of(document)
        self.elements = {
            one.get(f"{W}styleId"): one for one in document.styles.element.findall(f"{W}style")
        }
        self.styles: dict[str | None, Style] = {}

    def run(self) -> Source:
        for paragraph in paragraphs(self.document.element.body):
            self.add(paragraph)
        for part in self.document.part.package.iter_parts():
            name = re.sub(r"\d*\.xml$", "", str(part.partname).rpartition("/")[2])
            if name in APART:
                self.set_apart(part, APART[name])
        return self.source

    def add(self, paragraph: Any) -> None:
        pieces = list(words(paragraph))
        text = "".join(word for word, _run in pieces)
        self.source.lines.append(text)
        n = len(self.source.lines)
        struck = "".join(one.text or "" for one in paragraph.iter(STRUCK)).strip()
        if struck:
            self.source.leavings.append(Leaving(" ".join(struck.split()), "deleted", (n, n)))
        if text.strip():
            style = self.style(value(paragraph.find(f"{W}pPr"), "pStyle") or None)
            self.source.blocks += self.blocks(paragraph, text, n, style)

    def blocks(self, paragraph: Any, text: str, n: int, style: Style) -> Iterator[Block]:
        """A paragraph's blocks: one for each line that was broken on purpose."""
        properties = paragraph.find(f"{W}pPr")
        own = properties.find(f"{W}numPr") if properties is not None else None
        label, bullet, depth = self.number(own if own is not None else style.number, style)
        outline = value(properties, "outlineLvl")
        level = style.level
        if outline.isdecimal() and int(outline) < OUTERMOST:
            level = int(outline) + 2
        bold = is_bold(paragraph, style)
        for i, row in enumerate(rows(text)):
            block = Block(row, (n, n), level=level, bold=bold, indent=depth * 4)
            if i == 0:
                block.label = label if label and not label_of(row) else None
                block.bullet = bullet
            yield block

    def number(self, own: Any, style: Style) -> tuple[Any, str, int]:
        """The number or bullet that Word shows before a paragraph, and the list's depth."""
        key = value(own, "numId")
        if not key or key == "0":
            bulleted = style.name.lower().startswith("list bullet") and not key
            return None, "•" if bulleted else "", 0
        depth = value(own, "ilvl")
        at = int(depth) if depth.isdecimal() else 0
        return *self.numbering.next(key, at), at

    def style(self, key: str | None) -> Style:
        """A paragraph style, with what it takes from those that it is based on."""
        if key not in self.styles:
            self.styles[key] = Style()  # a style based on itself says nothing more
            element = self.elements.get(key)
            if element is not None:
                base = self.style(value(element, "basedOn") or None)
                self.styles[key] = style_of(element, base)
        return self.styles[key]

    def set_apart(self, part: Any, why: str) -> None:
        """Words outside the text: running heads and notes, as lines after the last."""
        root = getattr(part, "element", None)
        if root is None:
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            root = etree.fromstring(part.blob, parser=parser)
        for paragraph in paragraphs(root):
            text = " ".join("".join(word for word, _run in words(paragraph)).split())
            if text:
                self.source.lines.append(text)
                n = len(self.source.lines)
                self.source.leavings.append(Leaving(text, why, (n, n)))


def style_of(element: Any, base: Style) -> Style:
    name = value(element, "name")
    properties = element.find(f"{W}pPr")
    outline = value(properties, "outlineLvl")
    level = heading_level(name) or base.level
    if not heading_level(name) and outline.isdecimal():
        level = int(outline) + 2 if int(outline) < OUTERMOST else 0
    own = properties.find(f"{W}numPr") if properties is not None else None
    bold = is_on(element.find(f"{W}rPr"))
    return Style(
        name=name,
        level=level,
        bold=base.bold if bold is None else bold,
        number=own if own is not None else base.number,
    )


def heading_level(name: str) -> int:
    """The level that a style's name tells; a title stands above every heading."""
    small = name.lower().strip()
    if small in TITLES:
        return 1
    word, _space, number = small.rpartition(" ")
    return int(number) + 1 if word in HEADINGS and number.isdecimal() else 0


def paragraphs(root: Any) -> Iterator[Any]:
    """Every paragraph in reading order, also in tables, content controls and text boxes."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if element.tag == FALLBACK:
            continue
        if element.tag == P:
            yield element
        waiting += reversed(element)


def words(paragraph: Any) -> Iterator[tuple[str, Any]]:
    """The words of a paragraph with the run that each stands in; not those of boxes inside it."""
    waiting: list[tuple[Any, Any]] = [(child, None) for child in reversed(paragraph)]
    while waiting:
        element, run = waiting.pop()
        if element.tag in (P, FALLBACK):
            continue
        if element.tag == R:
            run = element
        if element.tag == T:
            yield element.text or "", run
        elif element.tag in SIGNS and run is not None:
            yield SIGNS[element.tag], run
        waiting += [(child, run) for child in reversed(element)]


def rows(text: str) -> list[str]:
    """The lines of a paragraph: broken ones stay apart only where they begin something."""
    found: list[str] = []
    for raw in text.split("\n"):
        line = " ".join(raw.split())
        if found and line and (label_of(line) or found[-1].endswith((";", ":", "."))):
            found.append(line)
        elif line:
            found[-1:] = [f"{found[-1]} {line}"] if found else [line]
    return found


def is_on(properties: Any) -> bool | None:
    """Whether run properties say bold; None where they say nothing."""
    found = properties.find(f"{W}b") if properties is not None else None
    return None if found is None else (found.get(f"{W}val") or "1") not in OFF


def is_bold(paragraph: Any, style: Style) -> bool:
    """Whether every word of a paragraph is bold, by itself or by its style."""
    said = [run for word, run in words(paragraph) if word.strip() and run is not None]
    own = [is_on(run.find(f"{W}rPr")) for run in said]
    return bool(own) and all(style.bold if one is None else one for one in own)
