"""A body is found by its names; one that was merged away is not."""

from collections.abc import Sequence

from kelisim.bodies.models import Body
from kelisim.bodies.queries import findable
from kelisim.search.actions import Document, forget, index, remove


def show(body: Body) -> None:
    """Index a body anew, in every language that its name has."""
    forget(findable.KIND, beginning=f"{body.pk}/")
    if not body.merged_into_id:
        index(findable.documents(body))


def show_all(bodies: Sequence[Body]) -> None:
    """Index many anew, in as many queries as a few."""
    remove(
        [
            Document(findable.KIND, f"{body.pk}/", language, path="")
            for body in bodies
            for language in findable.LANGUAGES
        ]
    )
    kept = [body.pk for body in bodies if not body.merged_into_id]
    index(document for body in findable.with_names(kept) for document in findable.documents(body))
