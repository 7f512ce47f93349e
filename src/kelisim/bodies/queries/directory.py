"""The register as everybody may search it: its filters, and rows of a list."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import BigIntegerField, Q, QuerySet, Value
from django.db.models.functions import Cast, Replace

from kelisim.bodies.models import Accreditation, Association, Body, Fact, Tag
from kelisim.bodies.queries import findable
from kelisim.bodies.queries.tree import standing
from kelisim.bodies.states import FactState, TagKind
from kelisim.search.models import Entry, Term
from kelisim.search.queries import condition, hint
from kelisim.search.words import folded, tokens
from kelisim.territory.models import Unit

TAGGED = Association.tags.through
MOST_WORDS = 8
AT_ONCE = 5000
"""So many numbers are handed to the database as a list; of more it asks itself again."""
BY_TAG = {
    "community": TagKind.COMMUNITY,
    "language": TagKind.LANGUAGE,
    "activity": TagKind.ACTIVITY,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for. Territories by KATO code, tags by key; `language`: one that is taught."""

    words: str = ""
    region: str = ""
    district: str = ""
    community: str = ""
    language: str = ""
    activity: str = ""
    level: str = ""
    accredited: bool = False
    verified: bool = False


def entries() -> QuerySet[Body]:
    """The bodies that are kept in the register."""
    return Body.objects.filter(association__isnull=False)


def accredited(on: date) -> Q:
    """Whoever holds a public accreditation on a day."""
    return Q(pk__in=accreditations(on).values("association_id"))


def accreditations(on: date) -> QuerySet[Accreditation]:
    """Those that are held on a day."""
    return Accreditation.objects.filter(
        Q(revoked_on__isnull=True) | Q(revoked_on__gt=on), since__lte=on, until__gt=on
    ).order_by()


def verified(on: date) -> Q:
    """Whoever has no fact that is only declared, or due to be verified again."""
    return ~Q(pk__in=unsure_facts(on).values("association_id"))


def unsure_facts(on: date) -> QuerySet[Fact]:
    """Facts that are only declared, or due to be verified again on a day, marked so or not."""
    return Fact.objects.filter(
        Q(state__in=[FactState.DECLARED, FactState.DUE]) | Q(due_on__lte=on)
    ).order_by()


def lies_in(kato: str) -> Q:
    """Whoever has its territory in a region or district, whatever its borders were then."""
    units = Unit.objects.filter(Q(kato=kato) | Q(parent__kato=kato))
    return Q(unit__in=units.values("pk"))


def with_tag(kind: TagKind, key: str) -> QuerySet[Any]:
    """Which association has a tag."""
    return TAGGED.objects.filter(tag__kind=kind, tag__key=key)


def named(words: str) -> Q:
    """Whoever has each of these words, with any ending, in its names or tasks in a language."""
    asked = asked_words(words)
    if not asked:
        return Q(pk__in=()) if words.strip() else Q()
    entries = Entry.objects.filter(kind=findable.KIND)
    for place, token in enumerate(asked):
        terms = Term.objects.filter(condition(token, beginning=place == len(asked) - 1))
        entries = entries.filter(pk__in=terms.values("entry_id"))
    number = Cast(Replace("reference", Value("/"), Value("")), BigIntegerField())
    bodies = entries.annotate(body=number).values_list("body", flat=True).distinct()
    few = list(bodies[: AT_ONCE + 1])
    return Q(pk__in=few) if len(few) <= AT_ONCE else Q(pk__in=bodies)


def asked_words(words: str) -> list[str]:
    """The words of a question, each once."""
    return list(dict.fromkeys(tokens(folded(words)[:400].replace("\x00", ""))))[:MOST_WORDS]


def conditions(asked: Asked, on: date) -> dict[str, Q]:
    """Each filter that is set, by its name. Words are looked up at once: one query."""
    found: dict[str, Q] = {}
    if asked.words:
        found["words"] = named(asked.words)
    for name in ("region", "district"):
        if kato := getattr(asked, name):
            found[name] = lies_in(kato)
    for name, kind in BY_TAG.items():
        if key := getattr(asked, name):
            found[name] = Q(pk__in=with_tag(kind, key).values("association_id"))
    if asked.level:
        found["level"] = Q(association__level=asked.level)
    if asked.accredited:
        found["accredited"] = accredited(on)
    if asked.verified:
        found["verified"] = verified(on)
    return found


def matching(passes: Mapping[str, Q], on: date) -> QuerySet[Body]:
    """Every association of a day that passes all filters that `conditions` gave."""
    bodies = standing(entries(), on)
    for condition_ in passes.values():
        bodies = bodies.filter(condition_)
    return bodies


@dataclass(frozen=True, slots=True)
class Row:
    """An association in a list: keys of its tags, how surely it is known, until when accredited."""

    body: Body
    communities: Sequence[str] = ()
    languages: Sequence[str] = ()
    state: FactState = FactState.VERIFIED
    accredited_until: date | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the register; `next` is the address after which the next one begins."""

    rows: Sequence[Row]
    next: str = ""


def rows(bodies: Iterable[Body], on: date) -> list[Row]:
    """Bodies with what a list says of each; three queries."""
    found = {body.pk: body for body in bodies}
    tags: defaultdict[tuple[int, str], list[str]] = defaultdict(list)
    for pk, kind, key in (
        TAGGED.objects.filter(association__in=found)
        .exclude(tag__kind=TagKind.ACTIVITY)
        .order_by("tag__order", "tag__key")
        .values_list("association_id", "tag__kind", "tag__key")
    ):
        tags[pk, kind].append(key)
    states = unsure(found, on)
    until = dict(
        accreditations(on)
        .filter(association__in=found)
        .order_by("until")
        .values_list("association_id", "until")
    )
    return [
        Row(
            body,
            tags[pk, TagKind.COMMUNITY],
            tags[pk, TagKind.LANGUAGE],
            states.get(pk, FactState.VERIFIED),
            until.get(pk),
        )
        for pk, body in found.items()
    ]


def unsure(bodies: Iterable[int], on: date) -> dict[int, FactState]:
    """The least sure state of the records that are not verified whole; one query."""
    found: dict[int, FactState] = {}
    facts = unsure_facts(on).filter(association__in=bodies)
    for pk, state in facts.values_list("association_id", "state").distinct():
        declared = state == FactState.DECLARED or found.get(pk) is FactState.DECLARED
        found[pk] = FactState.DECLARED if declared else FactState.DUE
    return found


def perhaps(words: str) -> str:
    """Another spelling of words that were not found, or nothing; one query."""
    asked = asked_words(words)
    return hint(asked) if asked else ""


@dataclass(frozen=True, slots=True)
class Known:
    """The words that records are filtered by, as data: kind → key → words; number → key."""

    tags: Mapping[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)
    keys: Mapping[int, tuple[str, str]] = field(default_factory=dict)


def known_tags() -> Known:
    """Every tag by kind; one query."""
    tags: defaultdict[str, dict[str, Mapping[str, str]]] = defaultdict(dict)
    keys: dict[int, tuple[str, str]] = {}
    for tag in Tag.objects.order_by("kind", "order", "key"):
        tags[tag.kind][tag.key] = tag.words
        keys[tag.pk] = (tag.kind, tag.key)
    return Known(tags, keys)
