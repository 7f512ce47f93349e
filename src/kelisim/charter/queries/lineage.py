"""What became of a provision, and where it came from: along confirmed, published successions."""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from kelisim.charter.models import Provision, Succession, Version
from kelisim.charter.queries.reading import current
from kelisim.charter.states import VersionState

# Both databases read the same SQL. UNION, not UNION ALL: what is met twice is not walked twice.
PUBLISHED = (
    "SELECT s.old_id, s.new_id FROM charter_succession s "
    "JOIN charter_version v ON v.id = s.version_id AND v.state = 'published' "
    "WHERE s.old_id IS NOT NULL AND s.new_id IS NOT NULL"
)
LATER = (
    f"WITH RECURSIVE step(old_id, new_id) AS ({PUBLISHED}), "  # noqa: S608  (no words of ours)
    "walk(id) AS (SELECT CAST(%s AS bigint) UNION "
    "SELECT step.new_id FROM walk JOIN step ON step.old_id = walk.id) "
    "SELECT id FROM walk"
)
EARLIER = LATER.replace("step.new_id FROM", "step.old_id FROM").replace(
    "step.old_id = walk", "step.new_id = walk"
)
PAIRS = (
    f"WITH RECURSIVE step(old_id, new_id) AS ({PUBLISHED}), "  # noqa: S608
    "walk(origin, id) AS ("
    "SELECT p.id, p.id FROM charter_provision p WHERE p.version_id = %s UNION "
    "SELECT walk.origin, step.new_id FROM walk JOIN step ON step.old_id = walk.id) "
    "SELECT walk.origin, walk.id FROM walk "
    "JOIN charter_provision p ON p.id = walk.id WHERE p.version_id = %s"
)


def walked(sql: str, *arguments: int) -> list[tuple[int, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, arguments)
        rows: list[tuple[int, ...]] = cursor.fetchall()
        return rows


def pairs(old: Version, new: Version) -> list[tuple[int, int]]:
    """Which provision of one version became which of a later one; one query."""
    return [(origin, form) for origin, form in walked(PAIRS, old.pk, new.pk)]


def follow(provision: Provision, *, to: Version) -> list[Provision]:
    """The later forms of a provision in a version: none when it was repealed; two queries."""
    if provision.version_id == to.pk:
        return [provision]
    found = [pk for (pk,) in walked(LATER, provision.pk)]
    return list(Provision.objects.filter(pk__in=found, version=to).order_by("position"))


@dataclass(frozen=True, slots=True)
class Form:
    """A provision as it stood in one version, and how it came to be so."""

    provision: Provision
    relation: str
    text_changed: bool


def forms(provision: Provision) -> list[Form]:
    """Every form that a provision had or has, by version; four queries whatever their number."""
    reached = {pk for sql in (EARLIER, LATER) for (pk,) in walked(sql, provision.pk)}
    provisions = Provision.objects.filter(pk__in=reached).select_related("version")
    came = {
        row.new_id: row
        for row in Succession.objects.filter(
            new__in=reached, version__state=VersionState.PUBLISHED
        ).order_by("pk")
    }
    return [
        Form(
            one,
            came[one.pk].relation if one.pk in came else "",
            came[one.pk].text_changed if one.pk in came else False,
        )
        for one in provisions.order_by("version__number", "position")
    ]


def ended_in(provision: Provision) -> Version | None:
    """The version in which a provision was repealed, if it was; one query."""
    found = (
        Succession.objects.filter(
            old=provision, new__isnull=True, version__state=VersionState.PUBLISHED
        )
        .select_related("version")
        .first()
    )
    return found.version if found else None


@dataclass(frozen=True, slots=True)
class Found:
    """What an address without a version leads to.

    `now` are its forms in the current version; `last` is the provision that bears the eId itself,
    in the newest version that has it. `now` is empty when it was repealed.
    """

    version: Version
    last: Provision
    now: tuple[Provision, ...]

    @property
    def unmoved(self) -> bool:
        return self.now == (self.last,)


def find(slug: str, eid: str, *, on: date) -> Found | None:
    """Look an eId up in the current version, else follow it from the newest that had it."""
    version = current(slug, on)
    if version is None:
        return None
    bearers = (
        Provision.objects.filter(
            version__charter=version.charter_id, version__state=VersionState.PUBLISHED, eid=eid
        )
        .select_related("version")
        .order_by("-version__number")
    )
    found = list(bearers)
    here = next((one for one in found if one.version_id == version.pk), None)
    if here:
        return Found(version, here, (here,))
    last = next((one for one in found if one.version.number < version.number), None)
    if last is None:
        return None
    return Found(version, last, tuple(follow(last, to=version)))


ANCESTRY = (
    f"WITH RECURSIVE step(old_id, new_id) AS ({PUBLISHED}), "  # noqa: S608
    "walk(origin, id) AS ("
    "SELECT p.id, p.id FROM charter_provision p WHERE p.version_id = %s UNION "
    "SELECT walk.origin, step.old_id FROM walk JOIN step ON step.new_id = walk.id) "
    "SELECT walk.origin, walk.id FROM walk ORDER BY walk.origin, walk.id"
)


def ancestry(version: Version) -> list[tuple[int, int]]:
    """Each provision of a version with every earlier form of it, itself too; one query."""
    return [(now, earlier) for now, earlier in walked(ANCESTRY, version.pk)]
