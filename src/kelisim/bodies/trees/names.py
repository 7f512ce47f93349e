"""How names are sorted and stand in addresses."""

import re
import unicodedata
from collections.abc import Collection, Mapping

# The alphabets by which offices sort. What is in none of them keeps its own place after all.
ALPHABETS = {
    "kk": "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя",
    "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "en": "abcdefghijklmnopqrstuvwxyz",
}
PLACES = {
    language: {letter: chr(0x100 + place) for place, letter in enumerate(letters)}
    for language, letters in ALPHABETS.items()
}
KEPT = 120
NOT_SORTED = re.compile(r"[«»\"'„“”().,№-]+")


def sorting(text: str, language: str) -> str:
    """A key that any database sorts by code point as the language's alphabet sorts the text.

    Marks and quotation signs do not count; digits stand before letters; letters of the language
    before those of others.
    """
    places = PLACES[language]
    plain = " ".join(NOT_SORTED.sub(" ", unicodedata.normalize("NFC", text)).casefold().split())
    found = []
    for letter in plain:
        if letter in places:
            found.append(places[letter])
        elif letter == " " or letter.isdigit():
            found.append(letter)
        else:
            found.append(chr(min(0x400 + ord(letter), 0xD7FF)))
    return "".join(found)[:KEPT]


LATIN = dict(
    zip(
        "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя",
        [
            *["a", "a", "b", "v", "g", "g", "d", "e", "e", "zh", "z", "i", "i", "k", "k", "l"],
            *["m", "n", "n", "o", "o", "p", "r", "s", "t", "u", "u", "u", "f", "h", "h", "ts"],
            *["ch", "sh", "sh", "", "y", "i", "", "e", "yu", "ya"],
        ],
        strict=True,
    )
)


def slug_of(text: str) -> str:
    """A name as it can stand in an address."""
    plain = "".join(LATIN.get(letter, letter) for letter in text.casefold())
    ascii_only = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")[:100]


def wanted_slug(name: Mapping[str, str]) -> str:
    """The address that a name in several languages asks for."""
    return slug_of(name.get("en") or name.get("ru") or name.get("kk") or "") or "body"


def free(wanted: str, taken: Collection[str]) -> str:
    """The address that is wanted, with a number where it is taken."""
    if wanted not in taken:
        return wanted
    number = 2
    while f"{wanted}-{number}" in taken:
        number += 1
    return f"{wanted}-{number}"
