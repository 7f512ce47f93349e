"""The rows: a charter's headings and measures, and what each was before."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from kelisim.charter.models import Charter, Provision, Version, Wording
from kelisim.charter.queries import lineage
from kelisim.charter.states import VersionState
from kelisim.charter.trees.types import known
from kelisim.commitments.models import Fulfils
from kelisim.evaluation.trees import coverage as trees
from kelisim.pages.languages import Spoken, spoken

SHORT = 110
"""Letters of a measure's own words where nobody gave it a title."""


@dataclass(frozen=True, slots=True)
class Row(trees.Place):
    """A provision with the words that name it."""

    words: Spoken
    gone: bool = False

    @property
    def short(self) -> str:
        return shortened(self.words.text)


def shortened(text: str) -> str:
    text = text.rstrip(" :;.")
    return text if len(text) <= SHORT else text[: SHORT - 1].rsplit(" ", 1)[0] + "…"


def versions(slug: str) -> list[Version]:
    """Every published version of a charter; one query."""
    return list(
        Version.objects.filter(charter__slug=slug, state=VersionState.PUBLISHED)
        .select_related("charter")
        .defer("leavings", "guesses", "return_reason")
        .order_by("number")
    )


def holding(slug: str, on: date) -> Version | None:
    """The version that is shown: the last whose day has come, else the first; one query."""
    found = versions(slug)
    come = [version for version in found if version.in_force_from <= on]
    return (come or found[:1])[-1] if found else None


def charters(on: date) -> list[Charter]:
    """Charters that were published, those that commitments fulfil first; one query."""
    fulfilled = Fulfils.objects.filter(provision__version__charter=OuterRef("pk"))
    rows: QuerySet[Any] = Charter.objects.filter(versions__state=VersionState.PUBLISHED).distinct()
    rows = rows.annotate(fulfilled=Exists(fulfilled)).order_by("in_force_from", "pk")
    return sorted(
        rows,
        key=lambda one: (
            not one.fulfilled,
            one.repealed_on is not None and one.repealed_on <= on,
            one.superseded_on is not None and one.superseded_on <= on,
        ),
    )


def promised(charter: Charter) -> set[str]:
    """The kinds of provision that this type of charter counts as promises."""
    found = known().get(charter.type)
    return {key for key, kind in found.kinds.items() if kind.promise} if found else set()


def forms(version: Version) -> dict[int, list[int]]:
    """From any form of a provision to what it is in this version; one query."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    for now, earlier in lineage.ancestry(version):
        found[earlier].append(now)
    return dict(found)


def of_charter(charter: Charter) -> QuerySet[Provision]:
    return Provision.objects.filter(version__charter=charter)


def said(keys: Q, language: str) -> dict[int, Spoken]:
    """The words that name provisions: a title, else their text; one query."""
    texts: defaultdict[int, dict[str, str]] = defaultdict(dict)
    rows = Wording.objects.filter(keys).values_list("provision", "language", "title", "text")
    for pk, code, title, text in rows:
        texts[pk][code] = title or text[: SHORT * 2]
    return {pk: spoken(found, language) for pk, found in texts.items()}


def rows(version: Version, also: Iterable[int], language: str) -> list[Row]:
    """The charter's headings and measures in order, and other provisions that are fulfilled.

    Provisions of an earlier version that led nowhere stand at the end. Two queries.
    """
    kinds, also = promised(version.charter), set(also)
    here = Q(version=version) & (Q(heading=True) | Q(kind__in=kinds))
    found = list(
        of_charter(version.charter)
        .filter(here | Q(pk__in=also))
        .order_by("position", "pk")
        .values_list("pk", "eid", "cite", "depth", "heading", "kind", "version")
    )
    words = said(Q(provision__in=[row[0] for row in found]), language)
    nothing = Spoken("", language, borrowed=False)
    made = [
        Row(
            pk,
            eid,
            cite,
            depth,
            heading and of == version.pk,
            kind in kinds or pk in also,
            words.get(pk, nothing),
            gone=of != version.pk,
        )
        for pk, eid, cite, depth, heading, kind, of in found
    ]
    return [row for row in made if not row.gone] + [row for row in made if row.gone]
