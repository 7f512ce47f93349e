"""What may be done to a draft before it is submitted, and by whom."""

from typing import TYPE_CHECKING

from kelisim.charter import rights
from kelisim.charter.states import EDITABLE, VersionState
from kelisim.charter.trees.edits import DEEPEST
from kelisim.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kelisim.bodies.queries.powers import Powers
    from kelisim.charter.models import Step, Version
    from kelisim.charter.trees.edits import Place
    from kelisim.charter.trees.types import CharterType
    from kelisim.people.models import Person


def may_edit(version: "Version", by: "Person", held: "Powers") -> Refusal | None:
    """Whoever prepares it, as long as it is theirs to change.

    Nobody else: who had a hand in a text must not be the second person who publishes it.
    """
    if not held.may(rights.PREPARE):
        return Refusal("charter.not_preparer")
    if version.state not in EDITABLE:
        return Refusal("charter.not_editable", state=VersionState(version.state).label)
    if version.prepared_by_id != by.pk:
        return Refusal("charter.another_prepares")
    return None


def may_look(held: "Powers") -> Refusal | None:
    """Drafts are seen by those who prepare or publish, and by nobody else."""
    if held.may(rights.PREPARE) or held.may(rights.PUBLISH):
        return None
    return Refusal("charter.not_for_you")


def may_undo(step: "Step | None") -> Refusal | None:
    """An edition that joined the tree cannot be taken out by undoing; nor can nothing."""
    if step is None:
        return Refusal("charter.nothing_to_undo")
    return Refusal("charter.undo_ends_here") if step.verb == "edition" else None


def may_redo(step: "Step | None") -> Refusal | None:
    return None if step else Refusal("charter.nothing_to_redo")


def may_remove(*, quoted: bool) -> Refusal | None:
    """A provision beside which another instrument stands is not removed by an edit."""
    return Refusal("charter.has_correspondence") if quoted else None


def may_describe(version: "Version") -> Refusal | None:
    """The passport and the title belong to the charter: fixed once its first version is out."""
    return Refusal("charter.passport_fixed") if version.number > 1 else None


def may_have_kind(kind: str, charter_type: "CharterType") -> Refusal | None:
    """Kinds are data of the charter's type."""
    return None if kind in charter_type.kinds else Refusal("charter.kind_unknown", kind=kind)


def may_stand(places: "Sequence[Place]", *, eid: int, cite: int) -> Refusal | None:
    """A tree so deep that an address or a citation could not be stored is refused."""
    if any(len(place.eid) > eid or len(place.cite) > cite for place in places):
        return Refusal("charter.too_deep", deepest=DEEPEST + 1)
    return None
