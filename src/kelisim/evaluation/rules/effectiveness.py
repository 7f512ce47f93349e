"""May a comparison be kept."""

from typing import TYPE_CHECKING

from kelisim.evaluation import rights
from kelisim.refusals import Refusal

if TYPE_CHECKING:
    from kelisim.bodies.queries.powers import Powers


def may_keep(held: "Powers") -> Refusal | None:
    """Offices of councils keep comparisons: whoever may compute them for anybody at all."""
    return None if held.may(rights.RUN) else Refusal("evaluation.not_office")
