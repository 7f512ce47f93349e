"""A body is found by its names; one that was merged away is not."""

from kelisim.bodies.models import Body
from kelisim.bodies.queries import findable
from kelisim.search.actions import forget, index


def show(body: Body) -> None:
    """Index a body anew, in every language that its name has."""
    forget(findable.KIND, beginning=f"{body.pk}/")
    if not body.merged_into_id:
        index(findable.documents(body))
