"""Kazakh words reduced to a common stem, so that search forgives endings.

A Kazakh noun takes its endings in a fixed order: plural, possessive, case, personal ending; each
has forms that follow the vowels and the last sound of the stem. They are taken off from the end,
the longest that fits first, at most one of each slot, and never below a stem of three letters with
a vowel in it. This is no analysis: a stem may be no word, it only has to be the same for the forms
of one word. Measured against the lemmas of a treebank in the tests.
"""

from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

VOWELS = frozenset("аәеёиіоөуұүыэюя")
BACK = frozenset("аоұыуёюя")
VOICELESS = frozenset("пфктсшщчхцһқбгд")
"""The sounds after which endings begin with т, қ or к; б, г, д are spoken so at a word's end."""
SHORTEST = 3


def forms(*patterns: str) -> tuple[str, ...]:
    """Every ending that patterns name; a part in brackets is a choice of letters: «[дтн]а»."""
    found: set[str] = set()
    for pattern in patterns:
        parts: list[Iterable[str]] = []
        rest = pattern
        while rest:
            if rest[0] == "[":
                end = rest.index("]")
                parts.append(rest[1:end])
                rest = rest[end + 1 :]
            else:
                parts.append(rest[0])
                rest = rest[1:]
        found |= {"".join(letters) for letters in product(*parts)}
    return tuple(sorted(found, key=lambda ending: (-len(ending), ending)))


PERSONAL = forms("[мбп][ыі]н", "с[ыі]ң", "с[ыі]з", "[мбп][ыі]з", "[дт][ыі]р", "с[ыі]зд[ае]р")
ADJECTIVAL = forms("[дт][аеә]ғы", "[дт][аеә]гі", "нд[аеә]ғы", "нд[аеә]гі")
CASE = forms(
    "[дтн][ыі]ң", "[дтн][ыі]", "ғ[аә]", "г[еә]", "қа", "ке", "н[ае]", "[дт][ае]", "нд[ае]",
    "[дт][ае]н", "н[ае]н", "нан", "нен", "мен", "бен", "пен",
)  # fmt: skip
POSSESSIVE = forms(
    "[ыі]м[ыі]з", "м[ыі]з", "[ыі]ң[ыі]з", "ң[ыі]з", "[ыі]м", "[ыі]ң",
    "с[ыі]н", "с[ыі]", "[ыі]н", "[ыі]",
)  # fmt: skip
PLURAL = forms("[лдт][ае]р")
DERIVED = forms("[лдт][ыі]қ", "[лдт][ыі]к")
"""Of the state, togetherness: «мемлекеттік» is looked for as «мемлекет»."""
SLOTS = (PERSONAL, ADJECTIVAL, CASE, POSSESSIVE, PLURAL)


def strip(word: str, endings: tuple[str, ...]) -> str:
    """The word without the longest of these endings, if enough of it remains."""
    for ending in endings:
        if word.endswith(ending):
            stem = word[: -len(ending)]
            if len(stem) >= SHORTEST and not VOWELS.isdisjoint(stem) and agrees(stem, ending):
                return stem
    return word


def agrees(stem: str, ending: str) -> bool:
    """Harmony: a voiceless stem takes a voiceless ending, a back stem a back one.

    «и» and «у» go with both; б, г, д at the end of borrowed words are spoken voiceless.
    """
    if ending[0] in "тқк" and stem[-1] not in VOICELESS:
        return False
    if ending[0] in "дғг" and stem[-1] in "пфктсшщчхцһқ":
        return False
    ours = next((sign for sign in reversed(stem) if sign in VOWELS), "")
    theirs = next((sign for sign in ending if sign in VOWELS), "")
    if not theirs or ours in "иу" or theirs in "иу" or ending in {"мен", "бен", "пен"}:
        return True
    return (ours in BACK) == (theirs in BACK)


def softened(stem: str) -> str:
    """A voiced last sound goes back to the one that stands alone: «кітаб» → «кітап»."""
    pairs = {"б": "п", "г": "к", "ғ": "қ"}
    return stem[:-1] + pairs[stem[-1]] if stem[-1:] in pairs else stem


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of a folded word; words of other scripts come back as they are."""
    found = word
    for endings in SLOTS:
        found = strip(found, endings)
    return strip(softened(found), DERIVED)
