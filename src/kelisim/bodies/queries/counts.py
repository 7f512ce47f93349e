"""A page of the directory, and how many associations each of its filters would find.

The standing associations are read once as numbers; each filter is then a set of numbers, so that
every count is a meeting of sets. Tags are counted by the database, for whichever is smaller: those
that were found, or those that were not.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from itertools import islice

from django.core.cache import caches
from django.db.models import Count, Q

from kelisim.bodies.models import Association, Body
from kelisim.bodies.queries.directory import (
    BY_TAG,
    TAGGED,
    Asked,
    Known,
    Page,
    accreditations,
    entries,
    rows,
    unsure_facts,
    with_tag,
)
from kelisim.bodies.queries.tree import PAGE, standing
from kelisim.ledger.queries import checkpoint
from kelisim.territory.models import Unit

AT_ONCE = 10_000
"""So many numbers are handed to a database in one list."""
KEPT_FOR = 24 * 3600
BY_PLACE = ("region", "district")


@dataclass(frozen=True, slots=True)
class Counts:
    """How many would be found with each option, all other filters being as they are."""

    total: int
    regions: Mapping[str, int]
    districts: Mapping[str, int]
    community: Mapping[str, int]
    language: Mapping[str, int]
    activity: Mapping[str, int]
    level: Mapping[str, int]
    accredited: int
    verified: int


@dataclass(frozen=True, slots=True)
class Register:
    """The register on a day as bare numbers: what every question begins from.

    `places` and `levels` go with `standing`; `every`: those that stand no longer, too.
    """

    standing: Sequence[int]
    places: Sequence[int | None]
    levels: Sequence[str]
    unsure: frozenset[int]
    accredited: frozenset[int]
    every: frozenset[int]
    tags: Mapping[int, int]


def register(on: date) -> Register:
    """Read once for each official act: nothing in the register changes but by one. Six queries."""
    key = f"register-{on}-{checkpoint().hash}"
    kept: Register | None = caches["rendered"].get(key)
    if kept is not None:
        return kept
    standing_now = standing(entries(), on).order_by()
    found = list(standing_now.values_list("pk", "unit_id", "association__level"))
    made = Register(
        standing=[pk for pk, _unit, _level in found],
        places=[unit for _pk, unit, _level in found],
        levels=[level for _pk, _unit, level in found],
        unsure=frozenset(unsure_facts(on).values_list("association_id", flat=True)),
        accredited=frozenset(accreditations(on).values_list("association_id", flat=True)),
        every=frozenset(Association.objects.order_by().values_list("pk", flat=True)),
        tags=dict(TAGGED.objects.order_by().values_list("tag_id").annotate(Count("pk"))),
    )
    caches["rendered"].set(key, made, KEPT_FOR)
    return made


@dataclass(frozen=True, slots=True)
class Sifted:
    """The associations of a day, and for each filter that is set those that pass it."""

    there: Register
    everything: frozenset[int]
    passing: Mapping[str, AbstractSet[int]]
    units: Mapping[int, tuple[str, str]]

    def found(self, *but: str) -> AbstractSet[int]:
        """Whoever passes every filter but those named."""
        sets = [passed for name, passed in self.passing.items() if name not in but]
        return self.everything.intersection(*sets)


def sift(asked: Asked, passes: Mapping[str, Q], on: date) -> Sifted:
    """Eight queries, of which six are asked once after each official act; one for each tag."""
    there = register(on)
    units = {
        pk: (kato, above or kato)
        for pk, kato, above in Unit.objects.order_by().values_list("pk", "kato", "parent__kato")
    }
    everything = frozenset(there.standing)
    passing: dict[str, AbstractSet[int]] = {}
    for name, condition in passes.items():
        if name == "level":
            both = zip(there.standing, there.levels, strict=True)
            passing[name] = {pk for pk, level in both if level == asked.level}
        elif name in BY_PLACE:
            inside = {pk for pk, codes in units.items() if getattr(asked, name) in codes}
            where = zip(there.standing, there.places, strict=True)
            passing[name] = {pk for pk, unit in where if unit in inside}
        elif name == "verified":
            passing[name] = everything - there.unsure
        elif name == "accredited":
            passing[name] = there.accredited
        elif name in BY_TAG:
            tagged = with_tag(BY_TAG[name], getattr(asked, name)).order_by()
            passing[name] = set(tagged.values_list("association_id", flat=True))
        else:
            named = entries().filter(condition).order_by()
            passing[name] = set(named.values_list("pk", flat=True))
    return Sifted(there, everything, passing, units)


def counts(sifted: Sifted, known: Known) -> Counts:
    """Every count of a page; a query for the tags, and one for each filter by tag."""
    there = sifted.there
    where = dict(zip(there.standing, there.places, strict=True))
    level_of = dict(zip(there.standing, there.levels, strict=True))
    whole = sifted.found()
    at = Counter(map(where.__getitem__, sifted.found(*BY_PLACE)))
    regions, districts = by_place(at, sifted.units)
    return Counts(
        total=len(whole),
        regions=regions,
        districts=districts,
        level=Counter(map(level_of.__getitem__, sifted.found("level"))),
        accredited=len(sifted.found("accredited") & there.accredited),
        verified=len(sifted.found("verified") - there.unsure),
        **by_tag(sifted, whole, known),
    )


def page(sifted: Sifted, on: date, language: str, *, after: str = "", limit: int = PAGE) -> Page:
    """A page of what was found, in the language's order; six queries.

    The index of the order is walked until the page is full, so that the database need not sort.
    """
    order = f"order_{language}"
    walk = Body.objects.order_by(order, "pk").values_list(order, "pk")
    last = walk.filter(slug=after).first() if after else None
    if last:
        walk = walk.filter(**{f"{order}__gte": last[0]})
    whole = sifted.found()
    following = (
        pk
        for place, pk in walk.iterator()
        if pk in whole and not (last and place == last[0] and pk <= last[1])
    )
    keys = list(islice(following, limit + 1)) if whole else []
    bodies = Body.objects.select_related("association", "kind", "unit__parent").in_bulk(keys)
    found = [bodies[pk] for pk in keys]
    return Page(rows(found[:limit], on), found[limit - 1].slug if len(found) > limit else "")


def by_place(
    numbers: Mapping[int | None, int], units: Mapping[int, tuple[str, str]]
) -> tuple[Counter[str], Counter[str]]:
    """Counts of regions and of districts, from those of units."""
    regions: Counter[str] = Counter()
    districts: Counter[str] = Counter()
    for unit, number in numbers.items():
        if unit is not None:
            kato, region = units[unit]
            districts[kato] += number
            regions[region] += number
    return regions, districts


type OfKinds = dict[str, dict[str, int]]


def by_tag(sifted: Sifted, whole: AbstractSet[int], known: Known) -> OfKinds:
    """Counts of tags by filter; filters that are not set share one query."""
    count = counter(sifted.there.every, sifted.there.tags)
    together: Mapping[int, int] | None = None
    told: OfKinds = {}
    for name, kind in BY_TAG.items():
        if name in sifted.passing:
            numbers = count(sifted.found(name))
        else:
            together = numbers = count(whole) if together is None else together
        told[name] = {
            key: numbers[pk]
            for pk, (of, key) in known.keys.items()
            if of == kind and numbers.get(pk)
        }
    return told


def counter(
    every: frozenset[int], all_of_them: Mapping[int, int]
) -> Callable[[AbstractSet[int]], Mapping[int, int]]:
    """What counts the tags of some associations, by those that are fewer."""

    def count(some: AbstractSet[int]) -> Mapping[int, int]:
        others = every - some
        if len(some) <= len(others):
            return tags_of(some)
        away = tags_of(others)
        return {tag: number - away[tag] for tag, number in all_of_them.items()}

    return count


def tags_of(associations: Iterable[int]) -> Counter[int]:
    """How many of these have each tag."""
    numbers = sorted(associations)
    found: Counter[int] = Counter()
    for start in range(0, len(numbers), AT_ONCE):
        some = TAGGED.objects.filter(association__in=numbers[start : start + AT_ONCE])
        found.update(dict(some.order_by().values_list("tag_id").annotate(Count("pk"))))
    return found
