"""The sentence of a refusal, in the language of whoever reads it."""

from django.utils.translation import gettext

from kelisim.refusals import Refusal, Refused


def sentence(refusal: Refusal) -> str:
    """The refusal in words: the code is the msgid, its facts fill the sentence, its place leads."""
    words = gettext(refusal.code) % dict(refusal.facts)
    return f"{refusal.place}: {words}" if refusal.place else words


def sentences(refused: Refused) -> list[str]:
    """Every reason in words, in the order in which they were found."""
    return [sentence(refusal) for refusal in refused.refusals]
