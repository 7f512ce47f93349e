"""Three languages on one page: which text to show when one is missing."""

from collections.abc import Mapping
from dataclasses import dataclass

LANGUAGES = ("kk", "ru", "en")


@dataclass(frozen=True, slots=True)
class Spoken:
    """A text and the language that it is really in; `borrowed` when it is not the one asked for."""

    text: str
    language: str
    borrowed: bool

    def __str__(self) -> str:
        return self.text


def spoken(texts: Mapping[str, str], language: str) -> Spoken:
    """The text in `language`, or in the next language that has it, never a blank by mistake."""
    for candidate in (language, *LANGUAGES):
        if text := texts.get(candidate, ""):
            return Spoken(text, candidate, borrowed=candidate != language)
    return Spoken("", language, borrowed=False)
