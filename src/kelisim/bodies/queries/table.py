"""What words in a table may mean, and the records that its rows may be about."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from kelisim.bodies.models import Association, Tag
from kelisim.bodies.queries.record import facts_of
from kelisim.bodies.trees.matching import Record
from kelisim.bodies.trees.territory import Called, Vocabulary
from kelisim.pages.languages import spoken
from kelisim.territory.models import Lineage, Name, Unit
from kelisim.territory.queries import names, on_day

TONGUES = ("kk", "ru", "en")


def vocabulary(on: date, language: str) -> Vocabulary:
    """Every territory by every name that it ever had, and every word to filter by; four queries."""
    standing: dict[str, Unit] = {}
    ended: dict[str, Unit] = {}
    for unit in Unit.objects.select_related("parent"):
        (standing if unit.existed(on) else ended)[unit.kato] = unit
    called = list(Name.objects.order_by("kato", "used_from"))
    now = {name.kato: shown(name, language) for name in called if name.in_use(on)}
    became: dict[str, list[str]] = {}
    for row in Lineage.objects.select_related("old", "new"):
        if row.new.kato in standing:
            became.setdefault(row.old.kato, []).append(now.get(row.new.kato, row.new.kato))
    places = []
    for name in called:
        of_code = standing.get(name.kato) or ended.get(name.kato)
        if of_code is None:
            continue
        spellings = [*name.words.values(), *name.full.values(), shown(name, language)]
        places.append(
            Called(
                kato=name.kato,
                parent=of_code.parent.kato if of_code.parent else "",
                sort=of_code.kind,
                spellings=tuple(spellings),
                in_use=name.in_use(on),
                stands=name.kato in standing,
                became=tuple(became.get(name.kato, ())),
            )
        )
    tags = tuple(
        (tag.kind, word, tag.key)
        for tag in Tag.objects.all()
        for word in (*(tag.words.get(tongue, "") for tongue in TONGUES), tag.key)
        if word
    )
    return Vocabulary(tuple(places), tags)


def shown(name: Name, language: str) -> str:
    return str(name.full.get(language) or name.full.get("ru") or name)


def records(on: date, associations: QuerySet[Association] | None = None) -> list[Record]:
    """Records of the register (all of them) with their facts; six queries, however many."""
    found = Association.objects.all() if associations is None else associations
    rows = list(
        found.filter(body__merged_into=None)
        .select_related("body__unit__parent", "body__parent")
        .order_by("pk")
    )
    facts = facts_of(rows, on)
    return [Record(row.pk, row.body.slug, facts[row.pk]) for row in rows]


@dataclass(frozen=True, slots=True)
class Words:
    """How codes and keys are called in one language: tags, and territories (region, district)."""

    tags: Mapping[tuple[str, str], str]
    places: Mapping[str, tuple[str, str]]


def words(on: date, language: str) -> Words:
    """What a table calls the things that it names; three queries."""
    units = list(on_day(Unit.objects.select_related("parent"), on))
    called = names([unit.kato for unit in units], on, language)

    def full(kato: str) -> str:
        return called[kato].full.text if kato in called else kato

    return Words(
        tags={
            (tag.kind, tag.key): spoken(tag.words, language).text or tag.key
            for tag in Tag.objects.all()
        },
        places={
            unit.kato: (full(unit.parent.kato), full(unit.kato))
            if unit.parent
            else (full(unit.kato), "")
            for unit in units
        },
    )
