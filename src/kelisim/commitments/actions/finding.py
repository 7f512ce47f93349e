"""Approved plans and their commitments are put into the index."""

from kelisim.commitments.models import Plan
from kelisim.commitments.queries import findable
from kelisim.search.actions import index


def put_in_index(plan_id: int) -> int:
    """Index a plan anew, with its commitments; says how many entries."""
    return index(findable.of_plan(Plan.objects.get(pk=plan_id)))
