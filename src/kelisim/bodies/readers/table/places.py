"""Names of territories, in any language and spelling, to the codes of what exists on the day."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from kelisim.bodies.readers.table.cells import short
from kelisim.bodies.trees.spelling import PLAIN, folded, words
from kelisim.bodies.trees.territory import Called
from kelisim.refusals import Refusal, Refused

SORTS = ("oblast", "city", "district")
GENITIVE = re.compile(r"(\w+ск)ой\b")


def parted(said: str) -> tuple[str, str]:
    """A name without what says its sort, and the sort: oblast, city or district."""
    sort = ""
    kept = []
    for word in re.sub(r"\bр н\b", "район", said).split():
        named = next((one for one in SORTS if word in sorted_words(one)), "")
        if named and not sort:
            sort = named
        elif not named:
            kept.append(word)
    return " ".join(kept), sort


def sorted_words(sort: str) -> frozenset[str]:
    return frozenset(word.translate(PLAIN) for word in words(sort))


@dataclass(frozen=True, slots=True)
class Entry:
    """One spelling of a name: as it is written, without its sort, and the sort that it tells."""

    called: Called
    raw: str
    bare: str
    sort: str


@dataclass(frozen=True, slots=True)
class Found:
    """The code, and the name of today where the one that was written is an old one."""

    kato: str
    old_name_of: str = ""


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Every name of every territory, of today and before."""

    names: Sequence[Called]
    on: date
    entries: dict[str, list[Entry]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        full_sort = {called.kato: parted(folded(called.spellings[-1]))[1] for called in self.names}
        for called in self.names:
            for raw in {folded(spelling) for spelling in called.spellings if spelling}:
                bare, sort = parted(raw)
                entry = Entry(called, raw, bare, sort or full_sort[called.kato])
                for key in {raw, bare}:
                    self.entries.setdefault(key, []).append(entry)

    def region(self, said: str) -> str:
        """The region that a heading of a part, or of a sheet, names; empty where it names none."""
        found = self.candidates(said, within="", level="region")
        codes = {entry.called.kato for entry in found if entry.called.stands}
        return codes.pop() if len(codes) == 1 else ""

    def find(self, said: str, *, within: str = "", level: str = "") -> Found:
        """The code of a territory. `within`: the region's code; `level`: region or district.

        Raises Refused: nobody knows it, it names several, or it has ended.
        """
        if folded(said) in {word.translate(PLAIN) for word in words("whole")}:
            return Found("")
        if found := self.one(said, within, level):
            return found
        parts = [part.strip() for part in re.split(r"[,;\n]", said) if part.strip()]
        if len(parts) < 2:  # noqa: PLR2004
            raise Refused(Refusal("bodies.place_unknown", value=short(said)))
        found = Found(within)
        for part in parts:
            narrower = self.one(part, found.kato or within, "")
            if narrower is None:
                raise Refused(Refusal("bodies.place_unknown", value=short(part)))
            found = narrower
        return found

    def one(self, said: str, within: str, level: str) -> Found | None:
        found = self.candidates(said, within=within, level=level)
        standing = {entry.called.kato: entry for entry in found if entry.called.stands}
        if len(standing) > 1:
            raise Refused(
                Refusal(
                    "bodies.place_several",
                    value=short(said),
                    places="; ".join(sorted(self.shown(kato) for kato in standing)),
                )
            )
        if standing:
            ((kato, entry),) = standing.items()
            current = any(each.called.in_use for each in found)
            return Found(kato, "" if current or entry.called.in_use else self.shown(kato))
        if found:
            ended = found[0].called
            raise Refused(
                Refusal("bodies.place_ended", value=short(said), became=", ".join(ended.became))
            )
        return None

    def candidates(self, said: str, *, within: str, level: str) -> list[Entry]:
        """Whatever the words may mean, the nearest sense first: none of a further one is kept."""
        raw = folded(said)
        bare, sort = parted(raw)
        raws, bares = {raw, GENITIVE.sub(r"\1ая", raw)}, {bare, GENITIVE.sub(r"\1ая", bare)}
        known = [entry for key in raws | bares for entry in self.entries.get(key, ())]
        known = [entry for entry in known if fits(entry.called, within, level)]
        senses: Iterable[list[Entry]] = (
            [entry for entry in known if entry.raw in raws],
            [entry for entry in known if entry.bare in bares and sort and entry.sort == sort],
            [entry for entry in known if entry.bare in bares and not (sort and entry.sort)],
        )
        for sense in senses:
            if sense:
                return widest(sense)
        return []

    def shown(self, kato: str) -> str:
        """A territory as it is called now, with the region in which it lies."""
        own = [called for called in self.names if called.kato == kato and called.in_use]
        if not own:
            return kato
        said = own[0].spellings[-1]
        return f"{said} ({self.shown(own[0].parent)})" if own[0].parent else said


def fits(called: Called, within: str, level: str) -> bool:
    if level == "region" and called.parent:
        return False
    if within and within not in {called.kato, called.parent}:
        return False
    return not (level == "district" and not called.parent and called.sort != "city")


def widest(found: Collection[Entry]) -> list[Entry]:
    """Regions before districts: «Абай» alone is the region."""
    regions = [entry for entry in found if not entry.called.parent]
    return regions or list(found)
