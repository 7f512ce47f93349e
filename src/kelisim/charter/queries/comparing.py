"""Two published versions of a charter beside each other: what became of each provision."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kelisim.charter.models import Provision, Succession, Version, Wording
from kelisim.charter.queries import lineage, reading
from kelisim.charter.states import Relation
from kelisim.charter.trees.comparison import Stretch, compare
from kelisim.pages.languages import Spoken, spoken


@dataclass(frozen=True, slots=True)
class Side:
    """A provision in one of the two versions."""

    pk: int
    eid: str
    kind: str
    number: str
    cite: str
    position: int


type Words = Mapping[int, Mapping[str, tuple[str, str]]]
NOWHERE = -1


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a provision, without its words."""

    old: Side | None
    new: Side | None
    relation: Relation
    text_changed: bool


@dataclass(frozen=True, slots=True)
class Change:
    """A fate with its words: the new text with what was removed in its place."""

    fate: Fate
    stretches: tuple[Stretch, ...]
    language: str
    borrowed: bool

    @property
    def side(self) -> Side:
        found = self.fate.new or self.fate.old
        assert found is not None  # noqa: S101  (a constraint holds one of the two)
        return found


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that differs, in reading order; `changes` are those of one page."""

    old: Version
    new: Version
    counts: Mapping[str, int]
    changes: Sequence[Change]
    total: int
    start: int

    @property
    def next(self) -> int | None:
        """Where the next page starts."""
        following = self.start + len(self.changes)
        return following if following < self.total else None


def compared(
    slug: str, numbers: tuple[int, int], language: str, *, start: int = 0, limit: int = 100
) -> Comparison | None:
    """The differences from `start` on; seven queries at most, whatever the size.

    None where one of the two was never published.
    """
    if max(numbers) > reading.MOST_VERSIONS:
        return None
    found = {
        one.number: one
        for one in reading.published().filter(charter__slug=slug, number__in=numbers)
    }
    if len(found) < len(numbers):
        return None
    old, new = found[min(numbers)], found[max(numbers)]
    sides = {
        row[0]: Side(*row)
        for row in Provision.objects.filter(version__in=[old, new]).values_list(
            "pk", "eid", "kind", "number", "cite", "position"
        )
    }
    fates = told(old, new, sides)
    differing = [fate for fate in fates if fate.relation is not Relation.SAME]
    shown = differing[start : start + limit]
    said = words(side.pk for fate in shown for side in (fate.old, fate.new) if side)
    counts = Counter(str(fate.relation) for fate in fates)
    return Comparison(
        old=old,
        new=new,
        counts={relation: counts[relation] for relation in Relation.values},
        changes=[change(fate, said, language) for fate in shown],
        total=len(differing),
        start=start,
    )


def told(old: Version, new: Version, sides: Mapping[int, Side]) -> list[Fate]:
    """The confirmed mapping of neighbours; further apart, one walked through all between."""
    neighbour = reading.previous(new)
    if neighbour and neighbour.pk == old.pk:
        rows = Succession.objects.filter(version=new).values_list(
            "old", "new", "relation", "text_changed"
        )
        fates = [
            Fate(sides.get(a or NOWHERE), sides.get(b or NOWHERE), Relation(relation), changed)
            for a, b, relation, changed in rows
        ]
    else:
        fates = walked(old, new, sides)
    return in_order(fates)


def walked(old: Version, new: Version, sides: Mapping[int, Side]) -> list[Fate]:
    pairs = lineage.pairs(old, new)
    before, after = texts(old), texts(new)
    fates = []
    for a, b in pairs:
        changed = differ(before.get(a, {}), after.get(b, {}))
        here, there = sides[a], sides[b]
        relation = Relation.CHANGED if changed else Relation.SAME
        if (here.eid, here.number) != (there.eid, there.number):
            relation = Relation.MOVED
        fates.append(Fate(here, there, relation, changed))
    stayed, come = {a for a, _ in pairs}, {b for _, b in pairs}
    gone = set(old.provisions.values_list("pk", flat=True)) - stayed
    fates += [Fate(sides[pk], None, Relation.REPEALED, text_changed=False) for pk in gone]
    added = sides.keys() - stayed - gone - come
    fates += [Fate(None, sides[pk], Relation.ADDED, text_changed=False) for pk in added]
    return fates


def texts(version: Version) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = {}
    for pk, language, text in (
        Wording.objects.filter(provision__version=version)
        .exclude(text="")
        .values_list("provision", "language", "text")
    ):
        found.setdefault(pk, {})[language] = text
    return found


def differ(a: Mapping[str, str], b: Mapping[str, str]) -> bool:
    """Whether a text that is there in both in the same language is not the same."""
    return any(a[language] != b[language] for language in a.keys() & b.keys())


def in_order(fates: Iterable[Fate]) -> list[Fate]:
    """The order of the new version; what was repealed stands after what stood before it."""
    fates = list(fates)
    anchors = sorted((f.old.position, f.new.position) for f in fates if f.old and f.new)
    before = [old for old, _ in anchors]

    def place(fate: Fate) -> tuple[int, int, int]:
        if fate.new:
            return (fate.new.position, 0, fate.old.position if fate.old else NOWHERE)
        position = fate.old.position if fate.old else NOWHERE
        at = bisect_right(before, position) - 1
        return (anchors[at][1] if at >= 0 else NOWHERE, 1, position)

    return sorted(fates, key=place)


def words(keys: Iterable[int]) -> Words:
    """Texts and titles by language; one query."""
    found: dict[int, dict[str, tuple[str, str]]] = {}
    for pk, language, text, title in Wording.objects.filter(provision__in=list(keys)).values_list(
        "provision", "language", "text", "title"
    ):
        found.setdefault(pk, {})[language] = (text, title)
    return found


def change(fate: Fate, said: Words, language: str) -> Change:
    """Both texts in one language: the reader's where both have it, else the next that both have."""
    old, new = (said.get(side.pk, {}) if side else None for side in (fate.old, fate.new))
    before, after = pair(old, new, language)
    shown = after if fate.new else before
    return Change(fate, compare(before.text, after.text), shown.language, borrowed=shown.borrowed)


def pair(
    old: Mapping[str, tuple[str, str]] | None,
    new: Mapping[str, tuple[str, str]] | None,
    language: str,
) -> tuple[Spoken, Spoken]:
    """Texts, or titles where no text is there; a side that is not there is empty."""
    nothing = Spoken("", language, borrowed=False)
    for at in (0, 1):
        before, after = (
            {code: both[at] for code, both in side.items() if both[at]} if side is not None else {}
            for side in (old, new)
        )
        if old is not None and new is not None:
            shared = before.keys() & after.keys()
            before = {code: text for code, text in before.items() if code in shared}
            after = {code: text for code, text in after.items() if code in shared}
        if before or after:
            return (
                spoken(before, language) if before else nothing,
                spoken(after, language) if after else nothing,
            )
    return nothing, nothing
