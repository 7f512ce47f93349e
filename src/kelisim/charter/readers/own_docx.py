"""Word documents that we wrote ourselves: each paragraph's style tells what it is.

Whoever edits such a document in Word keeps its styles, so its tree is read, not guessed.
"""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import docx
from docx.text.paragraph import Paragraph
from lxml import etree

from kelisim.charter.readers.docx import unpacked
from kelisim.charter.trees.draft import Draft, Leaving, Provision
from kelisim.charter.trees.edits import Node, places
from kelisim.charter.trees.styles import FIELD, NUMBER, SHORT, TITLE, Style, style_of
from kelisim.charter.trees.types import known


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph with the name of its style."""

    number: int
    style: str
    paragraph: Paragraph

    @property
    def text(self) -> str:
        return self.paragraph.text.strip()


def read(data: bytes) -> Draft | None:
    """The draft of a document of ours; None where it is anybody else's."""
    unpacked(data)
    try:
        document = docx.Document(io.BytesIO(data))
    except (KeyError, ValueError, etree.XMLSyntaxError):
        return None
    names = {style.style_id: style.name or "" for style in document.styles}
    if NUMBER not in names.values():
        return None
    lines = [
        Line(n, names.get(one._p.style or "", ""), one)  # noqa: SLF001  (its name takes a search each)
        for n, one in enumerate(document.paragraphs, 1)
    ]
    ours = {key: name for key, name in names.items() if name in {NUMBER, SHORT}}
    found = [(line, style, *parted(line, ours)) for line, style in styled(lines)]
    if not found:
        return None
    title = next((line.text for line in lines if line.style == TITLE), "")
    return Draft(
        provisions=tuple(provisions(found, document.core_properties.category)),
        leavings=tuple(left_aside(lines)),
        fields=dict(fields(lines)),
        title=title,
        language=document.core_properties.language or "ru",
        charter_type=document.core_properties.category or "generic",
    )


def styled(lines: list[Line]) -> Iterator[tuple[Line, Style]]:
    for line in lines:
        if style := style_of(line.style):
            yield line, style


def parted(line: Line, ours: Mapping[str, str]) -> tuple[str, str]:
    """The number of a provision, and its words; a short title is neither."""
    number, words = "", ""
    for run in line.paragraph.runs:
        properties = run._r.rPr  # noqa: SLF001
        style = ours.get(properties.style or "") if properties is not None else None
        if style == NUMBER:
            number += run.text
        elif style is None:
            words += run.text
    return number.strip(), words.strip()


def provisions(found: list[tuple[Line, Style, str, str]], charter_type: str) -> Iterator[Provision]:
    nodes = []
    deepest = -1
    for _line, style, number, _words in found:
        # A paragraph that somebody put in by hand stands no deeper than its place allows.
        depth = deepest = min(style.depth, deepest + 1)
        nodes.append(Node(0, depth, style.kind, number, heading=style.heading))
    stood = places(nodes, known().get(charter_type, known()["generic"]))
    for (line, style, number, words), place in zip(found, stood, strict=True):
        yield Provision(
            eid=place.eid,
            kind=style.kind,
            number=number,
            text=words,
            parent=stood[place.parent].eid if place.parent is not None else None,
            lines=(line.number, line.number),
            heading=style.heading,
        )


def fields(lines: list[Line]) -> Iterator[tuple[str, str]]:
    for line in lines:
        if line.style == FIELD:
            name, _tab, value = line.text.partition("\t")
            yield name, value


def left_aside(lines: list[Line]) -> Iterator[Leaving]:
    """The cover, and whatever was written without a style of ours."""
    for line in lines:
        if line.text and line.style not in {TITLE, FIELD} and not style_of(line.style):
            yield Leaving(line.text, "front", (line.number, line.number))
