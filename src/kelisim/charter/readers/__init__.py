"""A file in, a draft tree out: the format is told from the bytes, the kind from the words."""

import re

from kelisim.charter.readers import akn, docx, html, json, markdown, own_docx
from kelisim.charter.readers.blocks import Block, Source
from kelisim.charter.readers.decoding import checked, text_of
from kelisim.charter.readers.structure import structure
from kelisim.charter.trees.draft import Draft, Guess
from kelisim.charter.trees.types import CharterType, known
from kelisim.refusals import Refusal, Refused

ZIP = b"PK"
PAGE = re.compile(
    r"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*"
    r"<(?:!doctype\s+html|html|head|body|div|article|main|h[1-6]|p)\b",
    re.IGNORECASE | re.DOTALL,
)
FOREIGN_XML = re.compile(r"^\s*<\?xml\b")
KAZAKH = frozenset("әғқңөұүһі")
BEGINNING = 3_000
SAMPLE = 100_000
KAZAKH_SHARE = 0.03


def read(data: bytes, *, name: str = "", charter_type: CharterType | None = None) -> Draft:
    """Read a file. Raises Refused with every reason where it cannot be read as a charter.

    name: the file's name, only a hint; charter_type: the kind of charter, told by the document's
    first words where none is given.
    """
    checked(data)
    if data.startswith(ZIP):
        return own_docx.read(data) or drafted(docx.read(data), charter_type)
    text = text_of(data)
    if akn.looks_ours(text):
        return akn.read(data)
    if json.looks_ours(text, name):
        return json.read(text)
    if FOREIGN_XML.match(text.lstrip("\ufeff")) and not PAGE.match(text.lstrip("\ufeff")):
        raise Refused(Refusal("charter.xml_not_ours"))
    if PAGE.match(text.lstrip("\ufeff")) or name.lower().endswith((".html", ".htm")):
        return drafted(html.read(text), charter_type)
    return drafted(markdown.read(text), charter_type)


def drafted(source: Source, charter_type: CharterType | None) -> Draft:
    """The draft of a source; a type that was told by words is one of its guesses."""
    words = "\n".join(spoken(block) for block in source.blocks)
    guessed = charter_type or type_of(words)
    draft = structure(source, guessed, language_of(words))
    if charter_type:
        return draft
    guess = Guess(f"type: {guessed.key}", (1, 1), 0.5 if guessed.key == "generic" else 0.9)
    return Draft(
        provisions=draft.provisions,
        leavings=draft.leavings,
        guesses=(guess, *draft.guesses),
        fields=draft.fields,
        title=draft.title,
        language=draft.language,
        charter_type=draft.charter_type,
    )


def spoken(block: Block) -> str:
    """A block's words, with those that only its format writes: «article 1»."""
    label = block.label
    return f"{label.kind} {label.number}. {block.text}" if label and label.kind else block.text


def type_of(words: str) -> CharterType:
    """The first type whose signs the document's beginning shows; otherwise the generic one."""
    types = known()
    beginning = words[:BEGINNING]
    return next((one for one in types.values() if one.suits(beginning)), types["generic"])


def language_of(words: str) -> str:
    """Which of our languages a text is in, by its letters."""
    letters = [sign for sign in words[:SAMPLE].lower() if sign.isalpha()]
    cyrillic = sum("а" <= sign <= "я" or sign == "ё" for sign in letters)
    kazakh = sum(sign in KAZAKH for sign in letters)
    if kazakh > KAZAKH_SHARE * max(len(letters), 1):
        return "kk"
    return "ru" if cyrillic + kazakh > len(letters) / 2 else "en"
