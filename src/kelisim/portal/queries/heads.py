"""What stands above every page of a charter: which version, in force or not, by which act."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Count, Exists, OuterRef
from django.urls import reverse

from kelisim.charter.exports.citations import cited
from kelisim.charter.models import Charter, Correspondence, Provision, Version
from kelisim.charter.rules.standing import worth
from kelisim.charter.states import VersionState
from kelisim.charter.trees.types import known
from kelisim.pages.languages import Spoken, spoken

SCHEMA = "https://schema.org/"


@dataclass(frozen=True, slots=True)
class KindCount:
    """A kind of provision and how many there are."""

    words: str
    number: int


@dataclass(frozen=True, slots=True)
class Link:
    """An address with its words."""

    href: str
    name: str
    media: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a charter is worth on the day of reading, since when and by which act."""

    key: str
    since: date | None = None
    by: str = ""
    successor: Link | None = None

    @property
    def force(self) -> str:
        """The same in the vocabulary of schema.org."""
        return SCHEMA + ("InForce" if self.key == "in_force" else "NotInForce")


def standing(charter: Charter, on: date, language: str) -> Standing:
    """The state of a charter on a day, in words."""
    found = worth(charter, on)
    successor = None
    if found.successor:
        href = reverse("portal:charter", args=[found.successor.slug])
        successor = Link(href, spoken(found.successor.title, language).text)
    by = cited(found.act, language) if found.act else ""
    return Standing(found.standing.value, found.since, by, successor)


def holding(versions: Sequence[Version], on: date) -> Version:
    """The version that holds on a day: the last whose day has come, else the first."""
    return next((v for v in reversed(versions) if v.in_force_from <= on), versions[0])


@dataclass(frozen=True)
class Head:
    """A version among its neighbours, on a day, for a language."""

    version: Version
    versions: tuple[Version, ...]
    on: date
    language: str

    @property
    def charter(self) -> Charter:
        return self.version.charter

    @property
    def current(self) -> bool:
        return self.version.pk == holding(self.versions, self.on).pk

    @cached_property
    def title(self) -> Spoken:
        return spoken(self.charter.title, self.language)

    @cached_property
    def standing(self) -> Standing:
        return standing(self.charter, self.on, self.language)

    @property
    def base(self) -> str:
        """What the address of each provision of this version begins with."""
        if self.current:
            return reverse("portal:charter", args=[self.charter.slug])
        return reverse("portal:version", args=[self.charter.slug, self.version.number])

    @property
    def permanent(self) -> str:
        return f"/id/charters/{self.charter.slug}/v{self.version.number}"

    @property
    def exports(self) -> list[Link]:
        stem = reverse("portal:charter", args=[self.charter.slug]) + f"v{self.version.number}"
        word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        return [
            Link(f"{stem}.akn.xml", "Akoma Ntoso", "application/akn+xml"),
            Link(f"{stem}.json", "JSON", "application/json"),
            Link(f"{stem}.docx", "DOCX", word),
        ]


def published() -> Any:
    """Published versions with what every page says about them: one query."""
    return (
        Version.objects.filter(state=VersionState.PUBLISHED)
        .select_related(
            "charter",
            "by_act",
            "charter__adopted_by",
            "charter__repealed_by",
            "charter__superseded_by",
        )
        .defer("leavings", "guesses", "return_reason")
    )


def head(slug: str, *, on: date, language: str, number: int | None = None) -> Head | None:
    """A published version of a charter, the one that holds unless a number is given; one query."""
    versions = tuple(published().filter(charter__slug=slug).order_by("number"))
    if number is None and versions:
        return Head(holding(versions, on), versions, on, language)
    wanted = [v for v in versions if v.number == number]
    return Head(wanted[0], versions, on, language) if wanted else None


SHOWN = (
    "number",
    "digest",
    "published_at",
    "by_act",
    "charter__title",
    "charter__type",
    "charter__fields",
    "charter__invented",
    "charter__adopted_by",
    "charter__repealed_by",
    "charter__superseded_by__title",
    "corresponds",
    "in_force_from",
    "charter__in_force_from",
    "charter__superseded_on",
    "charter__repealed_on",
)
DAYS = 4


def imprint(slug: str, *, on: date, number: int | None = None) -> str | None:
    """Everything that a page of a document may show, as one string; one small query.

    It changes when a version is published, when the charter's head does, and on the days on which
    a version comes into force or the charter loses it. None where there is no such version.
    """
    there = Correspondence.objects.filter(provision__version=OuterRef("pk"))
    rows = list(
        Version.objects.filter(charter__slug=slug, state=VersionState.PUBLISHED)
        .annotate(corresponds=Exists(there))
        .order_by("number")
        .values_list(*SHOWN)
    )
    if not rows or (number is not None and number not in {row[0] for row in rows}):
        return None
    come = [day is not None and day <= on for row in rows for day in row[-DAYS:]]
    return json.dumps([number, come, rows], ensure_ascii=False, sort_keys=True, default=str)


@dataclass(frozen=True, slots=True)
class Volume:
    """A charter on the shelf: its newest version, how long it is, how much it promises."""

    head: Head
    provisions: int
    promised: int

    @property
    def href(self) -> str:
        return self.head.base

    @property
    def title(self) -> Spoken:
        return self.head.title

    @property
    def standing(self) -> Standing:
        return self.head.standing

    @property
    def act(self) -> str:
        return cited(self.head.charter.adopted_by, self.head.language)

    @property
    def number(self) -> int:
        return self.head.version.number


def promise_kinds(charter_type: str) -> frozenset[str]:
    """The kinds of provision that this type of charter counts as promises."""
    found = known().get(charter_type)
    return (
        frozenset(key for key, kind in found.kinds.items() if kind.promise)
        if found
        else frozenset()
    )


def shelf(*, on: date, language: str) -> list[Volume]:
    """Every charter that was published, those in force first; two queries."""
    versions: defaultdict[int, list[Version]] = defaultdict(list)
    for version in published().order_by("charter", "number"):
        versions[version.charter_id].append(version)
    heads = [Head(holding(found, on), tuple(found), on, language) for found in versions.values()]
    counts: defaultdict[int, dict[str, int]] = defaultdict(dict)
    newest = [head.version.pk for head in heads]
    rows = Provision.objects.filter(version__in=newest).order_by().values_list("version", "kind")
    for version_id, kind, number in rows.annotate(number=Count("pk")):
        counts[version_id][kind] = number
    volumes = [
        Volume(
            one,
            provisions=sum(counts[one.version.pk].values()),
            promised=sum(
                counts[one.version.pk].get(kind, 0) for kind in promise_kinds(one.charter.type)
            ),
        )
        for one in heads
    ]
    order = ["in_force", "coming", "superseded", "repealed"]
    return sorted(volumes, key=lambda v: (order.index(v.standing.key), v.head.charter.pk))
