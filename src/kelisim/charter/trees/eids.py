"""Identifiers of provisions by the Akoma Ntoso naming convention (version 1.0, section 5).

An eId is the parent's eId, two underscores, the element's short name, one underscore and the
number (or, without one, the position among siblings of that name). It never repeats in a document.
"""

import re
from collections import Counter

ABBREVIATIONS = {
    "alinea": "al",
    "article": "art",
    "attachment": "att",
    "chapter": "chp",
    "clause": "cl",
    "division": "dvs",
    "paragraph": "para",
    "section": "sec",
    "subchapter": "subchp",
    "subclause": "subcl",
    "subdivision": "subdvs",
    "subparagraph": "subpara",
    "subsection": "subsec",
}
_EDGE = re.compile(r"^[\W_]+|[\W_]+$")
_WHITE = re.compile(r"\s+")
_INNER = re.compile(r"[\W_]+")


def clean(number: str) -> str:
    """A number fit for an eId: no edges of punctuation, no space, every inner mark a hyphen."""
    return _INNER.sub("-", _WHITE.sub("", _EDGE.sub("", number)))


class Eids:
    """Gives each provision its eId, in reading order, so that none repeats."""

    def __init__(self) -> None:
        self._given: set[str] = set()
        self._positions: Counter[str] = Counter()
        self._repeats: Counter[str] = Counter()

    def give(self, parent: str | None, element: str, number: str) -> str:
        """The eId of the next provision under `parent`."""
        stem = f"{parent}__" if parent else ""
        stem += f"{ABBREVIATIONS.get(element, element)}_"
        self._positions[stem] += 1
        wanted = stem + (clean(number) or str(self._positions[stem]))
        eid = wanted
        while eid in self._given:
            self._repeats[wanted] += 1
            eid = f"{wanted}_{self._repeats[wanted] + 1}"
        self._given.add(eid)
        return eid
