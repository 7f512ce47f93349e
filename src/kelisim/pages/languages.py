"""Three languages on one page: which text to show when one is missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

LANGUAGES = ("kk", "ru", "en")
# What a language is called in the language of the page, and how one says that a text is in it.
NAMES: Mapping[str, Any] = {"kk": _("Kazakh"), "ru": _("Russian"), "en": _("English")}
IN: Mapping[str, Any] = {"kk": _("in Kazakh"), "ru": _("in Russian"), "en": _("in English")}


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
