"""The workplaces that one's rights open: each by a link, none that would be refused."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from kelisim.bodies.queries.powers import Powers
from kelisim.calendar import rights as calendar
from kelisim.commitments import rights as commitments
from kelisim.evaluation import rights as evaluation


@dataclass(frozen=True, slots=True)
class Door:
    """A workplace: the name of its address, what it is called, any of whose rights opens it."""

    name: str
    words: Any
    rights: tuple[str, ...]


DOORS = (
    Door(
        "commitments:office-plans",
        _("Plans being prepared and amended"),
        (commitments.DRAFT, commitments.APPROVE, commitments.AGREE),
    ),
    Door(
        "commitments:agreements",
        _("Plans that name our body, and our answers"),
        (commitments.AGREE,),
    ),
    Door(
        "evaluation:office-periods",
        _("Reports for a period"),
        (evaluation.WRITE, evaluation.PUBLISH),
    ),
    Door("evaluation:office-results", _("Results of the charter"), (evaluation.KEEP,)),
    Door("calendar:keep", _("Working days that were moved"), (calendar.KEEP,)),
)


def doors(held: Powers) -> Iterator[Door]:
    """Those that somebody may enter; no query."""
    return (door for door in DOORS if any(held.may(right) for right in door.rights))
