"""Words as search knows them: folded, cut apart, reduced to stems in three languages. Pure."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

import snowballstemmer

from kelisim.engines.kazakh import stem as kazakh_stem

TOKEN = re.compile(r"\w+(?:[.-]\w+)*")
PHRASE = re.compile(r"[\"“«]([^\"”»]+)[\"”»]")
NUMBER = re.compile(r"\d")
LONGEST = 60
# A Latin letter typed for its Kazakh twin, a Russian letter that is often left out.
TWINS = str.maketrans({"ё": "е"})


def folded(text: str) -> str:
    """The same letters for every way to write them."""
    return unicodedata.normalize("NFC", text.casefold()).translate(TWINS)


def tokens(text: str) -> Iterator[str]:
    """Words and numbers of a folded text; what a hyphen or a point joins is given whole too."""
    for found in TOKEN.finditer(text):
        whole = found[0][:LONGEST]
        yield whole
        if not whole.isalnum():
            yield from (part for part in re.split(r"[.-]", whole) if part and not part.isdigit())


@cache
def stemmer(language: str) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer({"ru": "russian", "en": "english"}[language])


@lru_cache(maxsize=100_000)
def stem(token: str, language: str) -> str:
    """A folded word's stem in a language; numbers and citations stay as they are."""
    if NUMBER.search(token):
        return token
    if language == "kk":
        return kazakh_stem(token)
    return str(stemmer(language).stemWord(token))


def stems(token: str) -> frozenset[str]:
    """What a word of unknown language may be indexed as."""
    return frozenset({token, *(stem(token, language) for language in ("kk", "ru", "en"))})
