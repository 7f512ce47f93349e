"""Units on a day, and what of two days can be compared."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Min, Q, QuerySet
from django.db.models.functions import Coalesce

from kelisim.pages.languages import Spoken, spoken
from kelisim.refusals import require
from kelisim.territory import rules
from kelisim.territory.models import REGIONS, Lineage, Name, Unit, UnitKind

type Figure = int | float | Decimal


def on_day(units: QuerySet[Unit], on: date) -> QuerySet[Unit]:
    """Those that are known to exist on a day; `Unit.existed` says the same of one."""
    known = Q(known_on__isnull=True) | Q(known_on__lte=on)
    return units.filter(
        Q(exists_from__lte=on) | Q(exists_from__isnull=True) & known,
        Q(exists_to__isnull=True) | Q(exists_to__gt=on),
    )


def begins() -> date | None:
    """The first day of which this record knows; one query."""
    first = Min(Coalesce("exists_from", "known_on"))
    found: date | None = Unit.objects.filter(kind__in=REGIONS).aggregate(first=first)["first"]
    return found


@dataclass(frozen=True, slots=True)
class Epoch:
    """A time without a change of borders: its first day and how many regions it had."""

    since: date
    regions: int


def epochs() -> list[Epoch]:
    """Every time between two changes of borders, oldest first; two queries."""
    units = list(Unit.objects.filter(kind__in=REGIONS))
    days = {unit.exists_from or unit.known_on for unit in units}
    days |= set(Lineage.objects.values_list("on", flat=True))
    return [
        Epoch(day, sum(unit.existed(day) for unit in units))
        for day in sorted(day for day in days if day)
    ]


def regions(on: date) -> list[Unit]:
    """The regions that existed on a day; one query."""
    return list(on_day(Unit.objects.filter(kind__in=REGIONS), on).order_by("kato"))


def districts(region: Unit) -> list[Unit]:
    """The districts that are known of a region; one query."""
    return list(Unit.objects.filter(parent=region, kind=UnitKind.DISTRICT).order_by("kato"))


@dataclass(frozen=True, slots=True)
class Called:
    """A unit's name on a day: short and full, with the language that it is really in."""

    short: Spoken
    full: Spoken


type OnDay = tuple[str, date]


def naming(asked: Iterable[OnDay], language: str) -> dict[OnDay, Called]:
    """What each code was called on its own day; one query."""
    asked = set(asked)
    known: defaultdict[str, list[Name]] = defaultdict(list)
    for name in Name.objects.filter(kato__in={kato for kato, _on in asked}):
        known[name.kato].append(name)
    return {
        (kato, on): Called(spoken(name.words, language), spoken(name.full or name.words, language))
        for kato, on in asked
        for name in known[kato]
        if name.in_use(on)
    }


def names(katos: Iterable[str], on: date, language: str) -> dict[str, Called]:
    """What units were called on a day; one query."""
    found = naming(((kato, on) for kato in katos), language)
    return {kato: called for (kato, _on), called in found.items()}


def lives(kato: str) -> list[Unit]:
    """Every set of borders that a code has had, oldest first; one query."""
    found = Unit.objects.filter(kato=kato).select_related("parent")
    return sorted(found, key=lambda unit: unit.exists_from or date.min)


def within(unit: Unit, on: date) -> date:
    """The day itself where the unit existed on it, else the nearest of its own days."""
    if unit.existed(on):
        return on
    since = unit.exists_from or unit.known_on
    if since and on < since:
        return since
    return unit.exists_to - timedelta(days=1) if unit.exists_to else on


def history(kato: str) -> list[Name]:
    """Every name that a code has had, oldest first."""
    return sorted(Name.objects.filter(kato=kato), key=lambda name: name.used_from or date.min)


def lineage(unit: Unit | None = None) -> list[Lineage]:
    """What came from what: all of it, or what a unit came from and became, with its kin.

    One query; rows of the same old unit stand together.
    """
    rows = Lineage.objects.select_related("old", "new").order_by("on", "old__kato", "new__kato")
    if unit is not None:
        olds = Lineage.objects.filter(new=unit).values("old")
        rows = rows.filter(Q(old=unit) | Q(old__in=olds))
    return list(rows)


@dataclass(frozen=True, slots=True)
class Common:
    """The smallest territory whose borders are the same on both days: its units then and then."""

    one: tuple[Unit, ...]
    other: tuple[Unit, ...]

    @property
    def whole(self) -> bool:
        """Whether it is one unchanged unit."""
        return self.one == self.other and len(self.one) == 1


def common(one: date, other: date) -> list[Common]:
    """Part the country of two days into the smallest territories that both can be summed to.

    Units are joined along the lineage between the days; whatever hangs together is one territory.
    Two queries whatever the number of units.
    """
    first, last = sorted((one, other))
    units = {unit.pk: unit for unit in Unit.objects.filter(kind__in=REGIONS).order_by("kato")}
    edges = Lineage.objects.filter(on__gt=first, on__lte=last).values_list("old", "new")
    root = {pk: pk for pk in units}

    def find(pk: int) -> int:
        while root[pk] != pk:
            root[pk] = root[root[pk]]
            pk = root[pk]
        return pk

    for old, new in edges:
        root[find(old)] = find(new)
    parts: defaultdict[int, list[Unit]] = defaultdict(list)
    for pk, unit in units.items():
        parts[find(pk)].append(unit)
    found = (
        Common(
            tuple(unit for unit in part if unit.existed(one)),
            tuple(unit for unit in part if unit.existed(other)),
        )
        for part in parts.values()
    )
    return [part for part in found if part.one or part.other]


@dataclass(frozen=True, slots=True)
class Pair:
    """Figures of two days for one territory whose borders agree."""

    territory: Common
    one: Figure
    other: Figure


def compare(
    one: Mapping[str, Figure], on: date, other: Mapping[str, Figure], then: date
) -> list[Pair]:
    """Sums of two days over territories that are the same on both. Raises Refused.

    `one` and `other`: figures that may be added, by KATO, for every region of their day.
    """
    parts = common(on, then)
    ours = {unit.kato for part in parts for unit in part.one}
    theirs = {unit.kato for part in parts for unit in part.other}
    require(
        rules.may_carry(one.keys() - ours, ours - one.keys()),
        rules.may_carry(other.keys() - theirs, theirs - other.keys()),
        rules.may_meet(
            {unit.kato for part in parts if not part.other for unit in part.one}
            | {unit.kato for part in parts if not part.one for unit in part.other}
        ),
    )
    return [
        Pair(
            part,
            total(one[unit.kato] for unit in part.one),
            total(other[unit.kato] for unit in part.other),
        )
        for part in parts
    ]


def total(figures: Iterable[Figure]) -> Figure:
    added: Figure = 0
    for figure in figures:
        added = added + figure  # type: ignore[operator]  # figures of one table are of one kind
    return added


def beside(one: Sequence[Unit], other: Sequence[Unit]) -> None:
    """Refuse to set figures of other borders beside each other."""
    require(rules.may_compare([unit.pk for unit in one], [unit.pk for unit in other]))
