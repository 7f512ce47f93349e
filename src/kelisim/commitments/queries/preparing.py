"""What handing a commitment down would do, before it is done."""

from collections.abc import Collection
from dataclasses import dataclass

from kelisim.bodies.models import Body
from kelisim.bodies.states import Nature
from kelisim.commitments.models import Commitment, Edition, Line, Plan
from kelisim.commitments.states import OPEN_EDITIONS, EditionState, PlanState


@dataclass(frozen=True)
class Below:
    """A body beneath, and where a commitment would stand with it."""

    body: Body
    plan: Plan | None
    edition: Edition | None
    there: bool

    @property
    def stuck(self) -> bool:
        """Its plan is before its executors, so nothing can be put into it now."""
        return bool(self.edition and self.edition.state in OPEN_EDITIONS and not self.open)

    @property
    def open(self) -> bool:
        return bool(self.edition and self.edition.state == EditionState.DRAFT)


def commitment(pk: int) -> Commitment | None:
    """A commitment with what rights over it are judged by; one query."""
    found = Commitment.objects.select_related(
        "plan", "body__kind", "body__unit__parent", "body__parent"
    )
    return found.filter(pk=pk).first()


def beneath(of: Commitment) -> list[Body]:
    """The councils right under the one whose commitment it is; one query."""
    found = Body.objects.filter(
        parent=of.body_id, kind__nature=Nature.COUNCIL, dissolved_on=None, merged_into=None
    )
    return list(found.order_by("path"))


def handing(of: Commitment, bodies: Collection[Body]) -> list[Below]:
    """What each of the bodies has of a commitment; three queries."""
    mirrors = Plan.objects.filter(body__in=bodies, parent=of.plan_id).exclude(
        state__in=[PlanState.DISCARDED, PlanState.CLOSED]
    )
    plans = {plan.body_id: plan for plan in mirrors.order_by("-pk")}
    # The edition that is worked on stands over the one in force.
    editions: dict[int, Edition] = {}
    known = Edition.objects.filter(
        plan__in=plans.values(), state__in=[*OPEN_EDITIONS, EditionState.IN_FORCE]
    )
    for edition in sorted(known, key=lambda one: one.state in OPEN_EDITIONS):
        editions[edition.plan_id] = edition
    there = set(
        Line.objects.filter(edition__in=editions.values(), content__parent=of.pk).values_list(
            "edition__plan__body", flat=True
        )
    )
    return [
        Below(
            body,
            plan := plans.get(body.pk),
            editions.get(plan.pk) if plan else None,
            body.pk in there,
        )
        for body in bodies
    ]
