"""The map of the site for programs: every public address, in each language."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, QuerySet

from kelisim.bodies.models import Body
from kelisim.charter.models import Provision, Version
from kelisim.charter.states import VersionState
from kelisim.commitments.models import Plan
from kelisim.commitments.queries.commitment import seen
from kelisim.commitments.queries.plans import PUBLIC

A_SECTION = 500
ALWAYS = (
    *("", "charters/", "bodies/", "associations/", "houses/"),
    *("territory/", "ledger/", "api/", "about/", "plans/"),
    *("evaluation/discipline/", "evaluation/effectiveness/", "open-data/"),
)
BODIES, PLANS, COMMITMENTS = "-bodies", "-plans", "-commitments"
"""No charter's: an address of ours begins with a letter or digit."""


@dataclass(frozen=True, slots=True)
class Place:
    """An address without its language, and when what stands there last changed."""

    path: str
    changed: datetime | None = None


def newest() -> dict[str, int]:
    """The current version of each charter."""
    rows = Version.objects.filter(state=VersionState.PUBLISHED).order_by()
    found = rows.values_list("charter__slug").annotate(newest=Max("number"))
    return dict(found)


def sections() -> list[str]:
    """Names of all sections; five queries."""
    current = newest()
    counts = (
        Provision.objects.filter(version__state=VersionState.PUBLISHED)
        .order_by()
        .values_list("version__charter__slug", "version__number")
        .annotate(total=Count("pk"))
    )
    found = ["pages", "charters"]
    for slug, number, total in counts:
        if current.get(slug) == number:
            found += [f"{slug}.{chunk}" for chunk in range(-(-total // A_SECTION))]
    bodies = Body.objects.filter(merged_into__isnull=True).count()
    sizes = {BODIES: bodies, PLANS: public_plans().count(), COMMITMENTS: seen().count()}
    return found + [
        f"{name}.{chunk}" for name, size in sizes.items() for chunk in range(-(-size // A_SECTION))
    ]


def places(section: str) -> list[Place] | None:
    """The addresses of a section, none if there is no such; at most two queries."""
    if section == "pages":
        return [Place(path) for path in ALWAYS]
    if section == "charters":
        return charters()
    slug, _dot, chunk = section.rpartition(".")
    if not chunk.isdecimal():
        return None
    runs = {BODIES: bodies, PLANS: plans, COMMITMENTS: commitments}
    return runs[slug](int(chunk)) if slug in runs else provisions(slug, int(chunk))


def bodies(chunk: int) -> list[Place] | None:
    """A run of bodies and associations, each at its own address."""
    rows = Body.objects.filter(merged_into__isnull=True).order_by("pk")
    start = chunk * A_SECTION
    slugs = rows.values_list("slug", flat=True)[start : start + A_SECTION]
    return [Place(f"bodies/{slug}/") for slug in slugs] or None


def public_plans() -> QuerySet[Plan]:
    return Plan.objects.filter(state__in=PUBLIC).order_by("pk")


def plans(chunk: int) -> list[Place] | None:
    """A run of plans that are or were in force."""
    start = chunk * A_SECTION
    slugs = public_plans().values_list("slug", flat=True)[start : start + A_SECTION]
    return [Place(f"plans/{slug}/") for slug in slugs] or None


def commitments(chunk: int) -> list[Place] | None:
    """A run of commitments that everybody may read."""
    start = chunk * A_SECTION
    found = seen().order_by("pk").values_list("pk", flat=True)[start : start + A_SECTION]
    return [Place(f"commitments/{pk}/") for pk in found] or None


def charters() -> list[Place]:
    """Each charter, and each of its versions."""
    rows = (
        Version.objects.filter(state=VersionState.PUBLISHED)
        .order_by("charter__slug", "number")
        .values_list("charter__slug", "number", "published_at")
    )
    whole: dict[str, Place] = {}
    versions: list[Place] = []
    for slug, number, published in rows:
        whole[slug] = Place(f"charters/{slug}/", published)
        versions.append(Place(f"charters/{slug}/v{number}/", published))
    return [*whole.values(), *versions]


def provisions(slug: str, chunk: int) -> list[Place] | None:
    """A run of provisions of a charter's current version."""
    version = (
        Version.objects.filter(charter__slug=slug, state=VersionState.PUBLISHED)
        .order_by("-number")
        .values_list("pk", "published_at")
        .first()
    )
    if version is None:
        return None
    rows = Provision.objects.filter(version=version[0]).order_by("position")
    start = chunk * A_SECTION
    eids = rows.values_list("eid", flat=True)[start : start + A_SECTION]
    return [Place(f"charters/{slug}/{eid}/", version[1]) for eid in eids] or None
