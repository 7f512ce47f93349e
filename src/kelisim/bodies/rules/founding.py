"""May a body be founded, renamed, moved, dissolved, described? Facts in, a Refusal or nothing."""

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from kelisim.bodies import rights
from kelisim.bodies.states import Nature
from kelisim.refusals import Refusal

if TYPE_CHECKING:
    from kelisim.bodies.models import Body
    from kelisim.bodies.queries.powers import Powers


def may_found(held: "Powers", *, parent: "Body | None", nature: Nature) -> Refusal | None:
    if not held.may(rights.FOUND, parent):
        return Refusal("bodies.not_founder")
    if parent is not None and parent.dissolved_on:
        return Refusal("bodies.parent_dissolved", place="parent")
    return may_stand_alone(held, nature) if parent is None else None


def may_stand_alone(held: "Powers", nature: Nature) -> Refusal | None:
    """From the top one reaches everything: only the operator of the server puts a body there."""
    if nature in {Nature.COUNCIL, Nature.SECRETARIAT} and not held.operator:
        return Refusal("bodies.stands_under_another", place="parent")
    return None


def fits(parent: "Body | None", under: Collection[str]) -> Refusal | None:
    """A kind stands only under the kinds that the data allow."""
    if not under:
        return None
    if parent is None or parent.kind_id not in under:
        return Refusal("bodies.wrong_parent", place="parent", kinds=", ".join(sorted(under)))
    return None


def may_name(name: dict[str, str]) -> Refusal | None:
    """A body is called something in at least one language."""
    return None if any(name.values()) else Refusal("bodies.name_needed", place="name")


def may_change(held: "Powers", body: "Body", right: str = rights.DESCRIBE) -> Refusal | None:
    """Names and contacts are kept by those who may, while the body stands."""
    if not held.may(right, body):
        return Refusal("bodies.not_keeper")
    if body.merged_into_id:
        return Refusal("bodies.merged")
    return None


def may_rename(held: "Powers", body: "Body", *, name: dict[str, str]) -> Refusal | None:
    return may_change(held, body, rights.FOUND) or may_name(name)


def may_move(held: "Powers", body: "Body", *, to: "Body | None") -> Refusal | None:
    """Under another body that one founds bodies under; never under itself or one of its own."""
    if refusal := may_change(held, body, rights.FOUND):
        return refusal
    if to is None:
        return may_stand_alone(held, body.nature)
    if to.path.startswith(body.path):
        return Refusal("bodies.under_itself", place="parent")
    return None if held.may(rights.FOUND, to) else Refusal("bodies.not_founder", place="parent")


def may_describe(held: "Powers", body: "Body", *, unit: bool) -> Refusal | None:
    """Contacts are kept by those who may; `unit`: the territory too, which is set from above.

    How far a council and its secretariat reach follows from it.
    """
    if refusal := may_change(held, body):
        return refusal
    reaches = body.nature in {Nature.COUNCIL, Nature.SECRETARIAT}
    if unit and reaches and not held.may(rights.FOUND, body.parent or body):
        return Refusal("bodies.not_founder", place="unit")
    return None


def may_dissolve(
    held: "Powers", body: "Body", *, on: date, children: int, mandates: int
) -> Refusal | None:
    """Once, after it was founded, when nothing stands under it and nobody holds a seat in it."""
    if refusal := may_change(held, body, rights.FOUND):
        return refusal
    if body.dissolved_on:
        return Refusal("bodies.already_dissolved")
    if body.founded_on and on < body.founded_on:
        return Refusal("bodies.dissolved_before_founded", place="on")
    if children:
        return Refusal("bodies.has_children", number=children)
    return Refusal("bodies.has_mandates", number=mandates) if mandates else None


def may_begin(*, begun: bool) -> Refusal | None:
    """A council begins once on an installation."""
    return Refusal("bodies.council_begun") if begun else None
