"""Identifiers by the Akoma Ntoso Naming Convention: `part_5__subpart_5-2__list_3__point_3`.

An identifier is the parent's, two underscores, the element's short name, an underscore, and the
number (or, where there is none, the position among the unnumbered siblings of that element).
"""

import re
from collections import defaultdict

SHORT = {
    "article": "art",
    "chapter": "chp",
    "section": "sec",
    "paragraph": "para",
    "subparagraph": "subpara",
    "subsection": "subsec",
    "subchapter": "subchp",
    "clause": "cl",
    "hcontainer": "hcontainer",
    "division": "dvs",
}


def cleaned(number: str) -> str:
    """A number as an identifier bears it: letters and digits, other signs as one hyphen."""
    return re.sub(r"[^\w]+", "-", number.replace("_", "-")).strip("-").lower()


class Eids:
    """Gives each provision its identifier, unique in the document; asked in reading order."""

    def __init__(self) -> None:
        self.positions: defaultdict[tuple[str | None, str], int] = defaultdict(int)
        self.repeats: defaultdict[str, int] = defaultdict(int)
        self.given: set[str] = set()

    def give(self, parent: str | None, element: str, number: str) -> str:
        short = SHORT.get(element, element)
        key = (parent, short)
        if not (tail := cleaned(number)):
            self.positions[key] += 1
            tail = str(self.positions[key])
        base = f"{parent}__{short}_{tail}" if parent else f"{short}_{tail}"
        eid = base
        while eid in self.given:
            self.repeats[base] += 1
            again = self.repeats[base] + 1
            eid = f"{base}-{again}" if cleaned(number) else self.next_free(parent, short)
        self.given.add(eid)
        return eid

    def next_free(self, parent: str | None, short: str) -> str:
        self.positions[(parent, short)] += 1
        tail = self.positions[(parent, short)]
        return f"{parent}__{short}_{tail}" if parent else f"{short}_{tail}"
