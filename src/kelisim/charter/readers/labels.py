"""Numbers that stand before a provision: what they are, and what series they belong to."""

import re
from dataclasses import dataclass
from functools import cache

from kelisim.charter.trees.types import headings, signs

ROMAN = r"(?=[IVXLC])(?:X{0,3}(?:IX|IV|V?I{0,3})|XL|L|C)"
LETTER = "a-zа-яёәғқңөұүһі"
ALPHABETS = ("abcdefghijklmnopqrstuvwxyz", "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя")
DECIMAL = re.compile(
    r"^(\d{1,3}(?:-\d{1,3})?(?:\.\d{1,3}(?:-\d{1,3})?)*(?:[A-Za-zА-Яа-я](?=[.)]))?)(\.|\))?(?=\s|$)"
)
LETTERED = re.compile(rf"^([{LETTER}]|[A-ZА-ЯӘҒҚҢӨҰҮІ])\.(?=\s)")
PAREN = re.compile(rf"^(\(?)(\d{{1,4}}(?:-\d+)?|[{LETTER}]{{1,2}}|[ivxlc]{{1,6}})(\))(?=\s|$)")
ROMAN_LABEL = re.compile(rf"^({ROMAN})([.)])(?=\s|$)")
LOWER_ROMAN = re.compile(r"[ivx]{2,6}|i")
BARE = re.compile(r"^(\d{1,3})(?=\s+[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ«\"“]|$)")
DASHES = r"\s*[.:]|\s+[–—-](?=\s)"
WORTH = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
SKIPPED = 3  # letters that a list of letters may leave out: й, ё, ъ …
LONGEST_CAPTION = 160


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

    def words(wanted: str) -> str:
        found = [re.escape(word) for side, word in headings() if side == wanted]
        return "|".join(sorted(found, key=len, reverse=True))

    ordinal = "|".join(signs("ordinals"))
    number = rf"(?:{ROMAN}|\d+(?:[-.]\d+)*|[A-ZА-Я]|(?i:{ordinal}))"
    return (
        re.compile(
            rf"^((?i:{words('before')}))(?:\s+|(?=\d)|(?<=§))({number})(?=[\s.:–—-]|$)({DASHES})?"
        ),
        re.compile(rf"^({number})[-\s]?((?i:{words('after')}))(?=[\s.:]|$)({DASHES})?"),
    )


def label_of(text: str) -> Label | None:
    """The number that a text begins with, or None."""
    return structural_label(text) or plain_label(text)


def structural_label(text: str) -> Label | None:
    if alone := headings().get(("alone", text.casefold())):
        return Label("", ("word", alone.kind, alone.rank), 0, "", alone.rank, alone.kind)
    before, after = structural()
    if found := before.match(text):
        word, number, side = found[1], found[2], "before"
    elif found := after.match(text):
        number, word, side = found[1], found[2], "after"
    else:
        return None
    heading = headings()[side, word.casefold()]
    if not found[3] and mentions(text, found.end(), heading.kind):
        return None
    around = "".join(text[: found.end()].replace(number, "", 1).split())
    return Label(number, ("word", heading.kind), found.end(), around, heading.rank, heading.kind)


def mentions(text: str, end: int, kind: str) -> bool:
    """Whether a sentence only speaks of an article: «Article 5 of this law applies …»."""
    if not text[end:].lstrip()[:1].islower():
        return False
    return kind != "annex" or len(text) > LONGEST_CAPTION or text.endswith((".", ";"))


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


def bare_label(text: str) -> Label | None:
    """A number without any sign, as headings and lines of their own have it: «2 Officers»."""
    found = BARE.match(text)
    return Label(found[1], ("decimal", 1), found.end(), "") if found else None


def doubtful_label(text: str) -> Label | None:
    """What may be a number or not: «A. Rights» or a name's initial, «2 Officers» or a count."""
    if found := LETTERED.match(text):
        case = "letters" if found[1].islower() else "capitals"
        return Label(found[1], (case,), found.end(), ".")
    found = BARE.match(text)
    return Label(found[1], ("bare",), found.end(), "") if found else None


def shown_label(shown: str, depth: int) -> Label | None:
    """The label that a format writes itself, before words that do not hold it."""
    found = label_of(shown.strip() + " ") or bare_label(shown.strip())
    if found is None:
        number = shown.strip("().:;–- ")
        return Label(number, ("auto", depth), 0, "") if number else None
    style = (*found.style, "in", depth) if depth and found.style[0] != "word" else found.style
    return Label(found.number, style, 0, "", found.rank, found.kind)


def place(number: str) -> tuple[int, ...]:
    """A number as places to count by: 5.2 → (5, 2), 5-1 → (5, 1), в → (4,), iv → (4,)."""
    if number[:1].isdigit():
        parts = re.findall(r"\d+|[^\W\d_]", number)
        return tuple(int(part) if part.isdecimal() else place(part)[0] for part in parts)
    small = number.lower()
    for alphabet in ALPHABETS:
        if len(small) == 1 and small in alphabet:
            return (alphabet.index(small) + 1,)
    return (0,) if len(small) == 1 else ()


def roman(number: str) -> int:
    """The value of a Roman number; 0 for anything else."""
    worths = [WORTH.get(sign, 0) for sign in number.lower()]
    if not all(worths):
        return 0
    signed = [
        -worth if worth < after else worth
        for worth, after in zip(worths, [*worths[1:], 0], strict=True)
    ]
    return sum(signed)


def comes_next(before: str, after: str, style: tuple[str | int, ...]) -> bool:
    """Whether a list of this style goes on from one number straight to the other."""
    if "roman" in style[:2]:
        return roman(after) == roman(before) + 1
    one, two = place(before), place(after)
    if not one or not two:
        return False
    if not before[0].isdigit():
        return 0 < two[0] - one[0] <= SKIPPED
    if len(two) > len(one):
        return two == (*one, 1) and after.count(".") == before.count(".")
    return two[:-1] == one[: len(two) - 1] and two[-1] == one[len(two) - 1] + 1


def is_first(number: str, style: tuple[str | int, ...]) -> bool:
    """Whether a list begins with this number."""
    if "roman" in style[:2]:
        return roman(number) == 1
    return place(number)[-1:] == (1,)
