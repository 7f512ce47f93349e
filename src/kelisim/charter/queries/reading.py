"""A version as it is written out: sealed, exported, indexed. Three queries whatever its size."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from kelisim.charter.models import Act, Edition, Provision, Version, Wording
from kelisim.charter.states import VersionState
from kelisim.charter.trees.types import CharterType, known
from kelisim.pages.languages import LANGUAGES, Spoken, spoken

MOST_VERSIONS = 1_000_000
"""Beyond this no database need be asked."""
ACTS = ("charter__adopted_by", "charter__repealed_by", "charter__superseded_by", "by_act")


@dataclass(frozen=True, slots=True)
class Row:
    """A provision with its words, by language."""

    pk: int
    eid: str
    kind: str
    number: str
    cite: str
    heading: bool
    depth: int
    position: int
    parent: str | None
    lines: tuple[int, int]
    texts: Mapping[str, str]
    titles: Mapping[str, str]

    def words(self, language: str) -> Spoken:
        """Its text, or its short title where no text is there."""
        text = spoken(self.texts, language)
        return text if text.text else spoken(self.titles, language)


@dataclass(frozen=True, slots=True)
class Whole:
    """A version with all that it says."""

    version: Version
    editions: tuple[Edition, ...]
    rows: tuple[Row, ...]

    @property
    def languages(self) -> list[str]:
        """The languages of its texts, authentic ones first; of its titles where no text is."""
        written = {language for row in self.rows for language in row.texts}
        if written:
            return [one.language for one in self.editions if one.language in written]
        said = {language for row in self.rows for language in row.titles}
        return [language for language in LANGUAGES if language in said]

    @property
    def type(self) -> CharterType:
        return known().get(self.version.charter.type, known()["generic"])


def published() -> QuerySet[Version]:
    """Published versions with the acts that they name."""
    return Version.objects.filter(state=VersionState.PUBLISHED).select_related(*ACTS)


def version(slug: str, number: int) -> Version | None:
    """A published version; one query."""
    if number > MOST_VERSIONS:
        return None
    return published().filter(charter__slug=slug, number=number).first()


def current(slug: str, on: date) -> Version | None:
    """The version that holds on a day: the last whose day has come, else the first; one query."""
    versions = list(published().filter(charter__slug=slug).order_by("number"))
    return holding(versions, on) if versions else None


def holding(versions: Sequence[Version], on: date) -> Version:
    """Which of a charter's versions, in their order, holds on a day."""
    begun = [one for one in versions if one.in_force_from <= on]
    return begun[-1] if begun else versions[0]


def previous(one: Version) -> Version | None:
    """The published version before this one; one query."""
    return (
        published()
        .filter(charter=one.charter_id, number__lt=one.number)
        .order_by("-number")
        .first()
    )


def whole(one: Version) -> Whole:
    """Everything that a version says; three queries."""
    provisions = Provision.objects.filter(version=one).order_by("position")
    words = Wording.objects.filter(provision__version=one)
    editions = Edition.objects.filter(version=one).order_by("-authentic", "language")
    return Whole(one, tuple(editions), tuple(rows(provisions, words)))


def branch(one: Version, eid: str) -> Whole | None:
    """A provision with what stands under it; five queries, None where there is no such."""
    top = Provision.objects.filter(version=one, eid=eid).select_related("parent").first()
    if top is None:
        return None
    after = (
        Provision.objects.filter(version=one, position__gt=top.position, depth__lte=top.depth)
        .order_by("position")
        .values_list("position", flat=True)
        .first()
    )
    provisions = Provision.objects.filter(version=one, position__gte=top.position)
    words = Wording.objects.filter(provision__version=one, provision__position__gte=top.position)
    if after is not None:
        provisions = provisions.filter(position__lt=after)
        words = words.filter(provision__position__lt=after)
    editions = Edition.objects.filter(version=one).order_by("-authentic", "language")
    found = rows(provisions.order_by("position"), words, {top.parent_id: parent_eid(top)})
    return Whole(one, tuple(editions), tuple(found))


def parent_eid(provision: Provision) -> str | None:
    return provision.parent.eid if provision.parent else None


COLUMNS = (
    "pk", "eid", "kind", "number", "cite", "heading", "depth", "position", "parent_id",
    "first_line", "last_line",
)  # fmt: skip


def rows(
    provisions: QuerySet[Provision],
    wordings: QuerySet[Wording],
    above: Mapping[int | None, str | None] | None = None,
) -> list[Row]:
    """Provisions in the order given, with their words; two queries."""
    texts: defaultdict[int, dict[str, str]] = defaultdict(dict)
    titles: defaultdict[int, dict[str, str]] = defaultdict(dict)
    for pk, language, text, title in wordings.values_list("provision", "language", "text", "title"):
        if text:
            texts[pk][language] = text
        if title:
            titles[pk][language] = title
    eids: dict[int | None, str | None] = {None: None, **(above or {})}
    found = []
    for (
        pk,
        eid,
        kind,
        number,
        cite,
        heading,
        depth,
        position,
        parent,
        first,
        last,
    ) in provisions.values_list(*COLUMNS):
        eids[pk] = eid
        place = (pk, eid, kind, number, cite, heading, depth, position)
        words = (texts.get(pk, {}), titles.get(pk, {}))
        found.append(Row(*place, eids.get(parent), (first, last), *words))
    return found


def act_facts(act: Act) -> dict[str, Any]:
    return {
        "kind": act.kind,
        "number": act.number,
        "date": act.date.isoformat(),
        "issuer": act.issuer,
        "title": act.title,
    }


def facts(found: Whole) -> dict[str, Any]:
    """All that a version says, as plain values in one form: what is sealed, and what is exported.

    Lines are not in it: where in a file a provision was read is no part of what it says.
    """
    one = found.version
    return {
        "charter": one.charter.slug,
        "type": one.charter.type,
        "charter_titles": one.charter.title,
        "version": one.number,
        "act": act_facts(one.by_act),
        "in_force_from": one.in_force_from.isoformat(),
        "editions": [
            {
                "language": edition.language,
                "authentic": edition.authentic,
                "translated_by": edition.translated_by,
            }
            for edition in found.editions
        ],
        "provisions": provisions_facts(found.rows),
    }


def provisions_facts(found: Iterable[Row]) -> list[dict[str, Any]]:
    return [
        {
            "eId": row.eid,
            "kind": row.kind,
            "number": row.number,
            "cite": row.cite,
            "parent": row.parent,
            "heading": row.heading,
            "texts": dict(row.texts),
            "titles": dict(row.titles),
        }
        for row in found
    ]


def history(charter_id: int) -> list[Version]:
    """Every published version of a charter; one query."""
    return list(published().filter(charter=charter_id).order_by("number"))


def chosen(found: Sequence[str], language: str) -> str:
    """The language to write in: the one asked for where there is one, else the first."""
    return language if language in found or not found else found[0]
