"""What of plans and commitments can be found by search: those that were approved."""

from collections.abc import Iterator

from kelisim.commitments.models import Commitment, Plan
from kelisim.commitments.states import PlanState
from kelisim.search.actions import Document

PLAN, COMMITMENT = "plan", "commitment"
LANGUAGES = ("kk", "ru", "en")


def of_plan(plan: Plan) -> Iterator[Document]:
    """A plan and its commitments, in every language that they have; one query more."""
    for language in LANGUAGES:
        if title := plan.title.get(language):
            yield Document(PLAN, f"{plan.pk}/", language, f"plans/{plan.slug}/", title=title)
    for one in Commitment.objects.filter(plan=plan).order_by("pk").iterator(chunk_size=2000):
        yield from of_commitment(one)


def of_commitment(one: Commitment) -> Iterator[Document]:
    for language in LANGUAGES:
        if title := one.title.get(language):
            yield Document(
                COMMITMENT,
                f"{one.pk}/",
                language,
                f"commitments/{one.pk}/",
                title=title,
                text=" ".join((one.description.get(language, ""), one.form.get(language, ""))),
                label=f"№ {one.number}",
            )


def everything() -> Iterator[Document]:
    known = Plan.objects.filter(state__in=[PlanState.IN_FORCE, PlanState.CLOSED])
    for plan in known.order_by("pk"):
        yield from of_plan(plan)
