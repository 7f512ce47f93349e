"""What is done for a provision: commitments that fulfil it, and photographs of what was done."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from kelisim.charter.models import Version
from kelisim.commitments.models import Commitment, Evidence
from kelisim.commitments.queries.commitment import open_evidence
from kelisim.commitments.states import Status
from kelisim.evaluation.queries import coverage
from kelisim.evaluation.queries.coverage import Asked

SHOWN, PHOTOGRAPHS = 12, 6
ENDS = [Status.DONE, Status.DONE_LATE]


@dataclass(frozen=True, slots=True)
class Doings:
    """The latest commitments, how many there are, and public photographs."""

    commitments: Sequence[Commitment]
    photographs: Sequence[Evidence]
    total: int
    done: int
    overdue: int


def doings(version: Version, provision: int) -> Doings:
    """What is done for a provision in any of its forms; four queries, whatever there is."""
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
        **counts,
    )


def standing() -> dict[str, int]:
    """How all commitments fare; one query."""
    return Commitment.objects.exclude(status=Status.CANCELLED).aggregate(
        total=Count("pk"),
        done=Count("pk", filter=Q(status__in=ENDS)),
        overdue=Count("pk", filter=Q(status=Status.OVERDUE)),
    )
