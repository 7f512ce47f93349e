"""Plans on the desk: those that somebody drafts, agrees to or approves; a draft with its faults."""

from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Count, F, Max, Q, QuerySet

from kelisim.bodies.models import Body
from kelisim.bodies.queries.powers import Powers
from kelisim.bodies.states import Nature
from kelisim.charter.models import Provision, Version, Wording
from kelisim.charter.states import VersionState
from kelisim.commitments import rights
from kelisim.commitments.models import Agreement, Edit, Edition, Plan
from kelisim.commitments.states import (
    EditionState,
    PlanState,
    Say,
)
from kelisim.commitments.trees.sheet import Ground, folded
from kelisim.meetings.models import Point
from kelisim.pages.languages import spoken

WHOLE = ("plan__body__kind", "plan__body__unit__parent", "plan__body__parent")
PAGE = 40
UNITS = {"1": Decimal(1), "1000": Decimal(1000), "1000000": Decimal(1_000_000)}


def edition(pk: int) -> Edition | None:
    """An edition with its plan and what rights over it are judged by; one query."""
    return Edition.objects.select_related(*WHOLE, "plan__version__charter").filter(pk=pk).first()


def over(held: Powers, right: str, path: str = "body") -> Q:
    """A right over bodies as a filter of what belongs to them."""
    found = Body.objects.filter(held.reached(right)).values("pk")
    return Q(**{f"{path}__in": found})


def drafted(held: Powers) -> QuerySet[Plan]:
    """The plans that somebody may draft or approve, those being prepared first."""
    mine = over(held, rights.DRAFT) | over(held, rights.APPROVE)
    found = Plan.objects.filter(mine).exclude(state=PlanState.DISCARDED).select_related("body")
    return found.order_by("-starts", "body__path", "pk")


def open_editions(plans: Iterable[Plan]) -> dict[int, Edition]:
    """The edition of each plan that is worked on, or the latest; one query."""
    found: dict[int, Edition] = {}
    rows = Edition.objects.filter(plan__in=list(plans)).exclude(state=EditionState.DISCARDED)
    for row in rows.annotate(lines_count=Count("lines")).order_by("number"):
        found[row.plan_id] = row
    return found


def asked(held: Powers) -> list[Agreement]:
    """What waits for the word of bodies that somebody speaks for; one query."""
    found = Agreement.objects.filter(
        over(held, rights.AGREE),
        state__in=[Say.ASKED, Say.SILENT],
        edition__state=EditionState.AGREEING,
        round=F("edition__round"),
    )
    return list(found.select_related("edition__plan__body", "body").order_by("due_on", "pk"))


def versions(language: str) -> list[tuple[str, str]]:
    """Published versions of charters to choose from, the latest first; one query."""
    found = Version.objects.filter(state=VersionState.PUBLISHED).select_related("charter")
    return [
        (str(one.pk), f"{spoken(one.charter.title, language).text}, {one.number}")
        for one in found.order_by("-in_force_from", "-pk")
    ]


def points(held: Powers, language: str, limit: int = 200) -> list[tuple[str, str]]:
    """Published points of decisions that a plan may arise from, the latest first; one query."""
    found = Point.objects.filter(
        over(held, rights.DRAFT, "decision__item__meeting__body")
        | over(held, rights.DRAFT, "executor"),
        decision__published_at__isnull=False,
    ).select_related("decision")
    return [
        (
            str(one.pk),
            f"№ {one.decision.number}, {one.number}. {spoken(one.text, language).text[:120]}",
        )
        for one in found.order_by("-decision__published_at", "number")[:limit]
    ]


def drafting_bodies(held: Powers, language: str) -> list[tuple[int, str]]:
    """The bodies whose plans somebody may draft: councils of every level; one query."""
    found = Body.objects.filter(
        held.reached(rights.DRAFT), kind__nature=Nature.COUNCIL, dissolved_on=None
    ).order_by("path")
    return [(body.pk, spoken(body.name, language).text) for body in found]


def executing(language: str) -> list[tuple[str, str]]:
    """Every body that may execute, by its slug; one query."""
    found = Body.objects.filter(dissolved_on=None, merged_into=None).only("slug", "name")
    return [
        (body.slug, spoken(body.name, language).text)
        for body in found.order_by(f"order_{language}", "pk")
    ]


def ground(of: Plan, language: str, unit: Decimal = Decimal(1)) -> Ground:
    """What the cells of a plan are read by: every body by its names in all languages; one query."""
    names: dict[str, str] = {}
    labels: dict[str, str] = {}
    bodies = Body.objects.filter(merged_into=None).only("slug", "name", "short")
    for body in bodies.order_by("-pk"):
        labels[body.slug] = body.short.get(language) or spoken(body.name, language).text
        said = (*body.name.values(), *body.short.values(), body.slug)
        names |= {folded(words): body.slug for words in said if words}
    years = tuple(range(of.starts.year, of.ends.year + 1))
    return Ground(language, years, names, labels, unit)


def provisions(of: Plan, language: str) -> list[tuple[str, str]]:
    """The measures of the plan's charter to choose from, in its order; two queries."""
    if not of.version_id:
        return []
    found = list(
        Provision.objects.filter(version=of.version_id, kind="measure").order_by("position")
    )
    said: dict[int, dict[str, str]] = {}
    for one in Wording.objects.filter(provision__in=[row.pk for row in found]):
        said.setdefault(one.provision_id, {})[one.language] = one.title or one.text
    return [
        (row.eid, f"{row.cite or row.eid}: {spoken(said.get(row.pk, {}), language).text[:140]}")
        for row in found
    ]


def last_step(of: Edition) -> int:
    """The number of the last edit; one query."""
    return Edit.objects.filter(edition=of).aggregate(last=Max("number"))["last"] or 0


def touched_since(of: Edition, step: int) -> set[str]:
    """The lines that were changed after an edit which a page knows; one query."""
    found = Edit.objects.filter(edition=of, number__gt=step).values_list("before", "after")
    return {kept["key"] for pair in found for side in pair for kept in side}
