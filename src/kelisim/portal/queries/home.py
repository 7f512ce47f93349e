"""What the first page counts and announces."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q
from django.urls import reverse

from kelisim.bodies.queries.directory import entries
from kelisim.bodies.queries.tree import standing
from kelisim.charter.models import Provision
from kelisim.ledger.queries import checkpoint
from kelisim.pages.languages import LANGUAGES, Spoken
from kelisim.portal.queries.heads import Volume

NEWS = 5


def last_act(on: date) -> str:
    """The day and the last official act; one query.

    What the public pages show changes by official acts alone, and on days that were set. A page
    that is kept by these two is never old.
    """
    return f"{on} {checkpoint().hash}"


@dataclass(frozen=True, slots=True)
class Figures:
    """A few figures, each computed, each with its proof."""

    measures: int
    trilingual: int
    provisions: int
    versions: int
    acts: int
    associations: int
    proof: str


def figures(volumes: Sequence[Volume], on: date) -> Figures:
    """What stands on the shelf, in the register and in the ledger; three queries of its own."""
    newest = [volume.head.version.pk for volume in volumes]
    named = ~Q(wordings__title="") | ~Q(wordings__text="")
    trilingual = (
        Provision.objects.filter(version__in=newest)
        .annotate(languages=Count("wordings__language", filter=named, distinct=True))
        .filter(languages=len(LANGUAGES))
        .count()
    )
    longest = max(volumes, key=lambda volume: volume.provisions, default=None)
    return Figures(
        measures=sum(volume.promised for volume in volumes),
        trilingual=trilingual,
        provisions=sum(volume.provisions for volume in volumes),
        versions=sum(len(volume.head.versions) for volume in volumes),
        acts=checkpoint().number,
        associations=standing(entries(), on).count(),
        proof=longest.href if longest else reverse("portal:promised"),
    )


@dataclass(frozen=True, slots=True)
class News:
    """A version that was published."""

    day: datetime
    href: str
    title: Spoken
    number: int


def news(volumes: Sequence[Volume]) -> list[News]:
    """The newest publications; no query besides the shelf's own."""
    found = [
        News(
            version.published_at,
            reverse("portal:version", args=[volume.head.charter.slug, version.number]),
            volume.title,
            version.number,
        )
        for volume in volumes
        for version in volume.head.versions
        if version.published_at
    ]
    return sorted(found, key=lambda one: one.day, reverse=True)[:NEWS]
