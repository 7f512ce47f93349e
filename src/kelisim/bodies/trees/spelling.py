"""How offices spell: headings and words of cells, brought to one form and looked up."""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

TONGUES = ("kk", "ru", "en")
# Latin letters that look like Cyrillic ones and are typed in their place.
TWINS = str.maketrans("aceopxyhkmtbi", "асеорхункмтві")
# Kazakh letters as they are typed on a keyboard that has none.
PLAIN = str.maketrans("әғқңөұүһі", "агкноуухи")
LATIN, CYRILLIC = re.compile(r"[a-z]"), re.compile(r"[а-яәғқңөұүһі]")
HYPHENATED = re.compile(r"(?<=\w)-\s*\n\s*(?=\w)")
INITIALS = re.compile(r"(?<=\b[^\W\d])\.\s*(?=[^\W\d]\b)")
NOT_WORDS = re.compile(r"[^\w№/]+")
YEAR = re.compile(r"\b((?:19|20)\d\d)\b(?:\s*(?:г|год|года|году|ж|жыл|жылы|жылғы)\b)?")
ASIDE = re.compile(r"\([^)]*\)")
QUOTED = re.compile(r"[«“„\"][^»”\"]*[»”\"]")
OF_KAZAKH = re.compile(r"[әғқңөұүһі]", re.IGNORECASE)


def normal(text: str) -> str:
    """One form of many: no case, ё/е, hyphenation, marks, or Latin twins in Cyrillic words."""
    text = unicodedata.normalize("NFC", text).replace("\u00ad", "")
    text = HYPHENATED.sub("", text).casefold().replace("ё", "е")
    text = INITIALS.sub("", text)
    words = NOT_WORDS.sub(" ", text.replace("_", " ")).split()
    return " ".join(
        word.translate(TWINS) if CYRILLIC.search(word) and LATIN.search(word) else word
        for word in words
    )


def folded(text: str) -> str:
    """`normal`, with Kazakh letters as the plain ones beside them."""
    return normal(text).translate(PLAIN)


@cache
def facts() -> dict[str, Any]:
    return tomllib.loads((files("kelisim.bodies") / "facts" / "spellings.toml").read_text())


@cache
def headings() -> dict[str, tuple[str, str]]:
    """Heading in normal form → (column, language in which it is written)."""
    return {
        normal(spelling): (column, tongue)
        for column, tongues in facts()["columns"].items()
        for tongue in reversed(TONGUES)
        for spelling in reversed(tongues[tongue])
    }


@cache
def words(of: str) -> frozenset[str]:
    """The spellings of one value (`yes`, `total`, …) in every language, in normal form."""
    return frozenset(normal(word) for said in facts()["values"][of].values() for word in said)


@cache
def months() -> dict[str, int]:
    return {
        normal(month): number
        for said in facts()["months"].values()
        for number, month in enumerate(said, start=1)
    }


@cache
def tongues() -> list[tuple[str, str]]:
    """Names of languages as they end (or fill) a heading, longest first."""
    found = [(normal(word), tongue) for tongue, said in facts()["tongues"].items() for word in said]
    return sorted(found, key=lambda pair: -len(pair[0]))


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading means: a column, the language or the year that it names, its own language."""

    column: str
    tongue: str = ""
    year: int | None = None
    written_in: str = "ru"


def heading(text: str) -> Heading | None:
    """The column that a heading names, or None where nobody knows it."""
    if not text or len(text) > 200:  # noqa: PLR2004  (no heading, but a paragraph)
        return None
    # A hyphen at the end of a line may divide a word, or belong to it: «Организационно-правовая».
    for form in (text, HYPHENATED.sub(" ", text), ASIDE.sub(" ", text)):
        if found := plainly(normal(form)):
            return found
    return None


def plainly(said: str) -> Heading | None:
    if known := headings().get(said):
        return Heading(known[0], written_in=known[1])
    year = None
    if match := YEAR.search(said):
        year = int(match[1])
        said = " ".join(YEAR.sub(" ", said).split()).removesuffix(" на").removesuffix(" за")
    rest, tongue = without_tongue(said)
    for form in (rest, *reversed(rest.split("/"))):
        if known := headings().get(form.strip()):
            column, written_in = known
            if (year is not None) != (column == "members") and year is not None:
                return None
            if form is not rest and not every_part(rest, column):
                return None
            return Heading(column, tongue, year, written_in)
    return None


def every_part(said: str, column: str) -> bool:
    """Whether each side of a stroke names the same column: «Атауы / Наименование»."""
    return all(headings().get(part.strip(), ("",))[0] == column for part in said.split("/"))


def without_tongue(said: str) -> tuple[str, str]:
    """A heading without the language that it names at its end or its beginning."""
    for word, tongue in tongues():
        if said.endswith(f" {word}"):
            return said[: -len(word)].strip(), tongue
        if said.startswith(f"{word} "):
            return said[len(word) :].strip(), tongue
    return said, ""


def is_tongue(text: str) -> str:
    """The language that a cell of a heading names and nothing else; empty where it does not."""
    said = normal(text)
    return next((tongue for word, tongue in tongues() if word == said), "")


def tongue_of(text: str, written_in: str) -> str:
    """The language of words in a column that names none: by their letters, outside of quotes."""
    bare = QUOTED.sub(" ", text)
    if OF_KAZAKH.search(bare):
        return "kk"
    folded_case = bare.casefold()
    if CYRILLIC.search(folded_case):
        return "ru" if written_in == "en" else written_in
    return "en" if LATIN.search(folded_case) else written_in
