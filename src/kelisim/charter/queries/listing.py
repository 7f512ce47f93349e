"""Lists of charters and provisions, a page at a time; a fixed number of queries each."""

from collections import defaultdict

from django.db.models import Count, Exists, OuterRef, Q

from kelisim.charter.models import Charter, Provision, Version, Wording
from kelisim.charter.queries import reading
from kelisim.charter.states import VersionState
from kelisim.charter.trees.types import CharterType, known


def charters(*, after: str, limit: int) -> list[tuple[Charter, list[Version]]]:
    """Charters that were published, by their slugs, with their versions; two queries."""
    published = Version.objects.filter(charter=OuterRef("pk"), state=VersionState.PUBLISHED)
    found = list(
        Charter.objects.filter(Exists(published), slug__gt=after)
        .select_related("adopted_by", "repealed_by", "superseded_by")
        .order_by("slug")[:limit]
    )
    versions: defaultdict[int, list[Version]] = defaultdict(list)
    for version in reading.published().filter(charter__in=found).order_by("number"):
        versions[version.charter_id].append(version)
    return [(charter, versions[charter.pk]) for charter in found]


def kinds(version: Version) -> dict[str, int]:
    """How many provisions of each kind; one query."""
    rows = Provision.objects.filter(version=version).order_by("kind").values_list("kind")
    return dict(rows.annotate(number=Count("pk")))


def rows(version: Version, where: Q, *, limit: int) -> list[reading.Row]:
    """Provisions in reading order with their words; three queries."""
    keys = list(
        Provision.objects.filter(where, version=version)
        .order_by("position")
        .values_list("pk", "parent_id", "parent__eid")[:limit]
    )
    provisions = Provision.objects.filter(pk__in=[pk for pk, _, _ in keys]).order_by("position")
    words = Wording.objects.filter(provision__in=[pk for pk, _, _ in keys])
    above: dict[int | None, str | None] = {parent: eid for _, parent, eid in keys}
    return reading.rows(provisions, words, above)


def row(version: Version, one: Provision) -> reading.Row:
    """One provision with its words; three queries."""
    return rows(version, Q(pk=one.pk), limit=1)[0]


def type_of(version: Version) -> CharterType:
    return known().get(version.charter.type, known()["generic"])
