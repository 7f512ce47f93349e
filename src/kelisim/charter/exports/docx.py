"""A version as a Word document: a cover, the text in styles by kind; it can be read back."""

import io
from collections.abc import Callable
from typing import Any

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Pt
from lxml import etree

from kelisim.charter.exports.akn import clean
from kelisim.charter.exports.citations import charter_cited, state_words
from kelisim.charter.models import Edition
from kelisim.charter.queries.reading import Row, Whole
from kelisim.charter.rules.standing import Worth
from kelisim.charter.trees.styles import FIELD, FRONT, NUMBER, SHORT, TITLE, Style
from kelisim.pages.languages import spoken

DEEPEST_OUTLINE = 8


def write(
    whole: Whole, *, worth: Worth, language: str, edition_words: Callable[[Edition], str]
) -> bytes:
    """The document in one language; `edition_words` says what a text in it is worth."""
    document = docx.Document()
    version = whole.version
    properties = document.core_properties
    properties.title = clean(spoken(version.charter.title, language).text)[:255]
    properties.category = version.charter.type
    properties.language = language
    properties.author = ""
    properties.comments = ""
    if version.published_at:
        properties.created = properties.modified = version.published_at.replace(tzinfo=None)
    ids = styles(document, whole)
    body = document.element.body
    end = body[-1]
    for element in (
        *cover(whole, worth, language, edition_words, ids),
        *text(whole, language, ids),
    ):
        end.addprevious(element)
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def styles(document: Document, whole: Whole) -> dict[str, str]:
    """Make a style for each kind at each depth; gives the ids of all by their names."""
    ids: dict[str, str] = {}
    for name, size, bold in ((TITLE, 20, True), (FIELD, 10, False), (FRONT, 10, False)):
        style: Any = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.font.size, style.font.bold = Pt(size), bold
        ids[name] = style.style_id
    number: Any = document.styles.add_style(NUMBER, WD_STYLE_TYPE.CHARACTER)
    short: Any = document.styles.add_style(SHORT, WD_STYLE_TYPE.CHARACTER)
    short.font.italic = True
    ids[NUMBER], ids[SHORT] = number.style_id, short.style_id
    for n, style in enumerate(sorted({style_for(row) for row in whole.rows}, key=by_name), 1):
        made: Any = document.styles.add_style(style.name, WD_STYLE_TYPE.PARAGRAPH)
        made.element.set(qn("w:styleId"), f"Kelisim{n}")
        made.paragraph_format.space_after = Pt(6)
        if style.heading:
            made.font.bold, made.font.size = True, Pt(max(16 - 2 * style.depth, 11))
            made.paragraph_format.keep_with_next = True
            outline = etree.SubElement(made.element.get_or_add_pPr(), qn("w:outlineLvl"))
            outline.set(qn("w:val"), str(min(style.depth, DEEPEST_OUTLINE)))
        else:
            made.paragraph_format.left_indent = Pt(12 * min(style.depth, 10))
        ids[style.name] = f"Kelisim{n}"
    return ids


def by_name(style: Style) -> str:
    return style.name


def style_for(row: Row) -> Style:
    return Style(row.kind, row.depth, row.heading)


def cover(
    whole: Whole,
    worth: Worth,
    language: str,
    edition_words: Callable[[Edition], str],
    ids: dict[str, str],
) -> list[Any]:
    """The title, how to cite it, what it is worth, whose text it is, and its passport."""
    version = whole.version
    edition = next((one for one in whole.editions if one.language == language), None)
    front = [charter_cited(version, language), state_words(worth, language)]
    front += [edition_words(edition)] if edition else []
    front.append(f"SHA-256 {version.digest}")
    fields = version.charter.fields.get(language, {})
    return [
        paragraph(ids[TITLE], spoken(version.charter.title, language).text),
        *(paragraph(ids[FRONT], line) for line in front),
        *(paragraph(ids[FIELD], f"{name}\t{value}") for name, value in fields.items()),
    ]


def text(whole: Whole, language: str, ids: dict[str, str]) -> list[Any]:
    """A paragraph for each provision; its short title stands in where there is no text."""
    made = []
    for row in whole.rows:
        words = row.texts.get(language, "")
        element = paragraph(ids[style_for(row).name], words, row.number, ids[NUMBER])
        if not words and (title := row.titles.get(language)):
            run(element, title, ids[SHORT])
        made.append(element)
    return made


def paragraph(style: str, words: str, number: str = "", number_style: str = "") -> Any:
    """A paragraph made by hand: looking each style up anew would take minutes for a long law."""
    made = etree.Element(qn("w:p"), nsmap={"w": qn("w:p")[1:-2]})
    properties = etree.SubElement(made, qn("w:pPr"))
    etree.SubElement(properties, qn("w:pStyle")).set(qn("w:val"), style)
    if number:
        run(made, number, number_style)
        run(made, "\t")
    if words:
        run(made, words)
    return made


def run(parent: Any, words: str, style: str = "") -> None:
    made = etree.SubElement(parent, qn("w:r"))
    if style:
        properties = etree.SubElement(made, qn("w:rPr"))
        etree.SubElement(properties, qn("w:rStyle")).set(qn("w:val"), style)
    for n, line in enumerate(clean(words).split("\n")):
        if n:
            etree.SubElement(made, qn("w:br"))
        for m, piece in enumerate(line.split("\t")):
            if m:
                etree.SubElement(made, qn("w:tab"))
            if piece:
                element = etree.SubElement(made, qn("w:t"))
                element.text = piece
                element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
