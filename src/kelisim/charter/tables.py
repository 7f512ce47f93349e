"""Names that the desk gives to verbs, problems, leavings and guesses."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from kelisim.charter.trees.types import CharterType
from kelisim.pages.languages import NAMES, spoken

VERBS: Mapping[str, Any] = {
    "join": _("joining"),
    "split": _("parting"),
    "rekind": _("another kind"),
    "renumber": _("another number"),
    "rename": _("short titles"),
    "correct": _("correction of the reading"),
    "raise": _("a level up"),
    "lower": _("a level down"),
    "move": _("moving"),
    "set_aside": _("setting aside"),
    "take_back": _("taking back"),
    "settle": _("settled guesses"),
    "edition": _("text in another language"),
}

PROBLEMS: Mapping[str, tuple[Any, Any]] = {
    "guess": (
        _("Guesses to settle"),
        _("The reader decided without certainty. Look at the lines, then mark what is right."),
    ),
    "leaving": (
        _("Left aside, but like text"),
        _("Pieces of the source outside the tree that are as long as a sentence."),
    ),
    "cut": (
        _("Sentences that break off"),
        _("The text does not close and the next provision goes on in small letters."),
    ),
    "number_missing": (
        _("Numbers that are missing"),
        _("Its neighbours of the same kind are numbered."),
    ),
    "number_twice": (
        _("Numbers that stand twice"),
        _("Two neighbours of one kind have the same number."),
    ),
    "number_skipped": (
        _("Numbers that are skipped"),
        _("Between this one and the one before it a number is missing."),
    ),
    "empty": (_("Provisions without words"), _("Neither a text nor a title in any language.")),
    "untranslated": (
        _("Texts without another language"),
        _("The version has a text in this language, this provision has not."),
    ),
    "misaligned": (
        _("Texts that do not fit together"),
        _("What differed when a text in another language was joined to the tree."),
    ),
}

MISALIGNED: Mapping[str, Any] = {
    "missing": _("not found in the other text"),
    "extra": _("only in the other text"),
    "kind": _("another kind there"),
    "number": _("another number there"),
    "level": _("another level there"),
    "length": _("much longer or shorter there"),
    "apart": _("under another provision there"),
}

LEAVINGS: Mapping[str, Any] = {
    "mark": _("sign of numbering or formatting"),
    "rule": _("dividing line"),
    "page": _("page number or running head"),
    "hyphen": _("hyphen at a line's end"),
    "contents": _("table of contents"),
    "title": _("title of the document"),
    "front": _("what stands before the title"),
    "signature": _("signature"),
    "field": _("line of the passport"),
    "code": _("script or style of a page"),
    "frame": _("surroundings of a page"),
    "note": _("footnote"),
    "approval": _("stamp of approval"),
    "deleted": _("words struck out by tracked changes"),
    "aside": _("set aside by a person"),
}


def kind_words(charter_type: CharterType, kind: str) -> str:
    """A kind of provision in the reader's language."""
    known = charter_type.kinds.get(kind)
    return spoken(known.names, get_language() or settings.LANGUAGE_CODE).text if known else kind


def guess_words(charter_type: CharterType, what: str) -> str:
    """What the reader guessed, in words."""
    sort, _colon, detail = what.partition(": ")
    if sort == "kind":
        return gettext("Kind told by the words before it: %(kind)s") % {
            "kind": kind_words(charter_type, detail)
        }
    if sort == "type":
        return gettext("Kind of document")
    if sort == "join":
        return gettext("A sentence joined over a break")
    if sort == "level":
        return gettext("Level in the tree")
    return what


def misaligned_words(said: str) -> tuple[str, str]:
    """The language and the difference, from «kk:number»."""
    language, _colon, what = said.partition(":")
    return str(NAMES.get(language, language)), str(MISALIGNED.get(what, what))
