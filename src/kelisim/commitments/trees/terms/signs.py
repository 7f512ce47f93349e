"""A written term as signs: figures, months, units and the words between them."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kelisim.commitments.trees.terms.term import YEARS, Unit
from kelisim.commitments.trees.terms.words import ABLATIVE, ORDINAL_ENDING, Sign, sign


class Muddled(ValueError):
    """The signs do not make a term."""


@dataclass(frozen=True, slots=True)
class Token:
    sign: Sign
    value: Any = None
    roman: bool = False
    away: bool = False
    """In the Kazakh case that means “from”."""


FORGIVEN = (
    (re.compile(r"[‐‑‒–—―−]"), "-"),
    (re.compile(r"[«»\"“”„'’()\[\]:]"), " "),
    (re.compile(r"ё"), "е"),
    (re.compile(r"жарты\s+жыл"), "жартыжыл"),
    (re.compile(r"half[\s-]year"), "halfyear"),
    (re.compile(r"по\s+(?=итогам|мере)"), ""),
    (re.compile(r"(?:по|в)\s*-?\s*(?=полугодиям)"), "каждое "),
    (re.compile(r"по\s*-?\s*(?=(?:кварталам|месяцам|годам)\b)"), "каждый "),
    (re.compile(r"(?<!\w)ш(?=\s*-?\s*(?:,|и\b|кв|тоқ|полуг|жарты))"), "iii"),
    (re.compile(r"(?<!\w)п(?=\s*-?\s*(?:,|и\b|кв|тоқ|полуг|жарты))"), "ii"),
)
"""What typists and scanners do: many dashes, brackets, Cyrillic letters for Roman figures."""
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
LIKE_ROMAN = str.maketrans("іӏl1|", "iiiii")
PIECE = re.compile(
    r"(?P<iso>\d{4}-\d\d-\d\d)(?!\d)"
    r"|(?P<date>\d{1,2}[./]\d{1,2}[./]\d{4})(?!\d)"
    r"|(?P<short>\d{1,2}\.\d{2})(?![\d.]*\d)"
    r"|(?P<q>q[1-4])(?!\w)"
    r"|(?P<year>\d{4})(?!\d)"
    r"|(?P<roman>[iіӏl|1]{1,3}v?|[iіӏl|1]?v)(?![^\W\d_]|\d)(?<!\d)"
    r"|(?P<number>\d{1,2})(?!\d)"
    r"|(?P<word>[^\W\d_]+)"
    r"|(?P<dash>-)"
    r"|(?P<sep>[,;/&+\n])"
    r"|(?P<skip>[\s.]+)"
)


def tokens(text: str) -> Iterator[Token]:
    """The signs of a text in order; raises `Muddled` at what nobody knows."""
    text = unicodedata.normalize("NFKC", text).casefold()
    for pattern, instead in FORGIVEN:
        text = pattern.sub(instead, text)
    text = text.strip(" .,;-\t\n")
    position = 0
    while position < len(text):
        piece = PIECE.match(text, position)
        if piece is None:
            raise Muddled
        position = piece.end()
        kind, found = piece.lastgroup or "", piece.group()
        if kind in ("number", "roman", "year"):
            position = without_ending(text, position)
        yield from (token for token in signs(kind, found) if token.sign is not Sign.NOISE)


def without_ending(text: str, position: int) -> int:
    """Behind the ordinal ending of a figure, where one stands."""
    ending = re.compile(r"\s?-?\s?([^\W\d_]+)").match(text, position)
    if (
        ending
        and text[position : position + 1] != " "
        and sign(ending[1]) is None
        and ORDINAL_ENDING.fullmatch(ending[1])
    ):
        return ending.end()
    hyphen = re.compile(r"-(?=[^\W\d_]{2})").match(text, position)
    if hyphen and sign(re.compile(r"[^\W\d_]+").match(text, hyphen.end())[0]):  # type: ignore[index]
        return hyphen.end()
    return position


def signs(kind: str, found: str) -> Iterator[Token]:
    """What one piece of the text stands for."""
    match kind:
        case "iso" | "date" | "short":
            yield day(found)
        case "q":
            yield Token(Sign.NUMBER, int(found[1]), roman=True)
            yield Token(Sign.UNIT, Unit.QUARTER)
        case "year":
            if int(found) not in YEARS:
                raise Muddled
            yield Token(Sign.YEAR, int(found))
        case "roman" | "number":
            yield figure(found)
        case "word":
            yield word(found)
        case "dash" | "sep":
            yield Token(Sign[kind.upper()])


def day(found: str) -> Token:
    """A day in figures: 2014-12-10, 10.12.2014, 10.12."""
    figures = [int(figure) for figure in re.split(r"[-./]", found)]
    if "-" not in found:
        figures.reverse()
    return Token(Sign.DATE, (figures if len(figures) > 2 else [None, *figures]))  # noqa: PLR2004


def figure(found: str) -> Token:
    """A Roman figure, or the Arabic ones that it may look like."""
    if found.isdecimal():
        return Token(Sign.NUMBER, int(found))
    value = ROMAN.get(found.translate(LIKE_ROMAN))
    if value is None:
        raise Muddled
    return Token(Sign.NUMBER, value, roman=True)


def word(found: str) -> Token:
    known = sign(found)
    if known is None:
        raise Muddled
    away = known[0] in (Sign.MONTH, Sign.UNIT) and bool(ABLATIVE.fullmatch(found))
    away = away and found not in ("желтоқсан", "тоқсан", "қазан")
    return Token(*known, away=away)
