"""Numbers that stand before a provision: what they are, and what series they belong to."""

import re
from dataclasses import dataclass
from functools import cache

from kelisim.charter.trees.types import headings

ROMAN = r"(?=[IVXLC])(?:X{0,3}(?:IX|IV|V?I{0,3})|XL|L|C)"
LETTER = "a-zа-яёәғқңөұүһі"
DECIMAL = re.compile(r"^(\d{1,3}(?:-\d{1,3})?(?:\.\d{1,3}(?:-\d{1,3})?)*)(\.|\))?(?=\s|$)")
PAREN = re.compile(rf"^(\(?)(\d{{1,3}}(?:-\d+)?|[{LETTER}]{{1,2}}|[ivxlc]{{1,6}})(\))(?=\s|$)")
ROMAN_LABEL = re.compile(rf"^({ROMAN})([.)])(?=\s|$)")
LOWER_ROMAN = re.compile(r"[ivx]{2,6}|i")
DASHES = r"\s*[.:]|\s+[–—-](?=\s)"


@dataclass(frozen=True, slots=True)
class Label:
    """A number as the source shows it.

    style: the series; taken: how many characters of the text it takes; around: the words and
    signs around the number, which become a leaving; rank and kind: of a structural word.
    """

    number: str
    style: tuple[str | int, ...]
    taken: int
    around: str
    rank: int = 0
    kind: str = ""


@cache
def structural() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Patterns of «Chapter 1» and of «1-тарау», from the words that the data knows."""

    def words(*, before: bool) -> str:
        found = [re.escape(h.word) for h in headings().values() if h.before is before]
        return "|".join(sorted(found, key=len, reverse=True))

    number = rf"(?:{ROMAN}|\d+(?:[-.]\d+)*|[A-ZА-Я])"
    return (
        re.compile(
            rf"^({words(before=True)})\s*({number})(?=[\s.:–—-]|$)({DASHES})?", re.IGNORECASE
        ),
        re.compile(
            rf"^({number})[-\s]?({words(before=False)})(?=[\s.:]|$)({DASHES})?", re.IGNORECASE
        ),
    )


def label_of(text: str) -> Label | None:
    """The number that a text begins with, or None."""
    return structural_label(text) or plain_label(text)


def structural_label(text: str) -> Label | None:
    before, after = structural()
    if found := before.match(text):
        word, number = found[1], found[2]
    elif found := after.match(text):
        number, word = found[1], found[2]
    else:
        return None
    heading = headings()[word.casefold()]
    around = "".join(text[: found.end()].replace(number, "", 1).split())
    return Label(number, ("word", heading.kind), found.end(), around, heading.rank, heading.kind)


def plain_label(text: str) -> Label | None:
    if found := ROMAN_LABEL.match(text):
        return Label(found[1], ("roman",), found.end(), found[2])
    if found := PAREN.match(text):
        inner = found[2]
        series = "letter"
        if inner[0].isdigit():
            series = "number"
        elif LOWER_ROMAN.fullmatch(inner):
            series = "roman"
        return Label(inner, ("paren", series, found[1]), found.end(), found[1] + found[3])
    if found := DECIMAL.match(text):
        number, closer = found[1], found[2] or ""
        depth = number.count(".") + 1
        if closer == ")":
            return Label(number, ("paren", "number", ""), found.end(), closer)
        if closer or depth > 1:
            return Label(number, ("decimal", depth), found.end(), closer)
    return None
