"""What is done for a provision: commitments that fulfil it, and photographs of what was done."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from kelisim.charter.models import Version
from kelisim.commitments.models import Commitment, Evidence
from kelisim.commitments.queries.commitment import open_evidence
from kelisim.commitments.states import Status
from kelisim.evaluation.queries import coverage
from kelisim.evaluation.queries.coverage import Asked, newest_standing
from kelisim.evaluation.words import MARKS, STATES
from kelisim.portal.queries.stories import Told, story
from kelisim.portal.trees import Glance

__all__ = ["Doings", "doings", "glances", "newest_standing", "standing"]

SHOWN, PHOTOGRAPHS = 12, 6
ENDS = [Status.DONE, Status.DONE_LATE]


@dataclass(frozen=True, slots=True)
class Doings:
    """The latest commitments, how many there are, public photographs, what happened in time."""

    commitments: Sequence[Commitment]
    photographs: Sequence[Evidence]
    story: Sequence[Told]
    total: int
    done: int
    overdue: int


def doings(version: Version, provision: int) -> Doings:
    """What is done for a provision in any of its forms; nine queries, whatever there is."""
    found = coverage.commitments(version, Asked(), provision=provision, step=None).order_by()
    counts = found.aggregate(
        total=Count("pk"),
        done=Count("pk", filter=Q(status__in=ENDS)),
        overdue=Count("pk", filter=Q(status=Status.OVERDUE)),
    )
    photographs = (
        open_evidence()
        .filter(photo=True, file__isnull=False, report__commitment__in=found.values("pk"))
        .order_by("-effective_on", "-pk")
    )
    return Doings(
        list(found.order_by("-year", "plan__parent_id", "position", "pk")[:SHOWN]),
        list(photographs[:PHOTOGRAPHS]),
        story(coverage.earlier(version, provision), found),
        **counts,
    )


def glances(version: Version) -> dict[int, Glance]:
    """How every provision stands that anything is planned for; two queries."""
    found = coverage.glances(version)
    return {
        pk: Glance(STATES[counts.state.value], MARKS[counts.state.value], counts.planned)
        for pk, counts in found.items()
    }


def standing() -> dict[str, int]:
    """How all commitments fare; one query."""
    return Commitment.objects.exclude(status=Status.CANCELLED).aggregate(
        total=Count("pk"),
        done=Count("pk", filter=Q(status__in=ENDS)),
        overdue=Count("pk", filter=Q(status=Status.OVERDUE)),
    )
