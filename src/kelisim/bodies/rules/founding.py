"""May a body be founded, renamed, moved, dissolved, described? Facts in, a Refusal or nothing."""

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING

from kelisim.bodies import rights
from kelisim.refusals import Refusal

if TYPE_CHECKING:
    from kelisim.bodies.models import Body
    from kelisim.bodies.queries.powers import Powers


def may_found(held: "Powers", *, parent: "Body | None") -> Refusal | None:
    if not held.may(rights.FOUND, parent):
        return Refusal("bodies.not_founder")
    if parent is not None and parent.dissolved_on:
        return Refusal("bodies.parent_dissolved", place="parent")
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
    """Under another body, never under itself or one of its own."""
    if refusal := may_change(held, body, rights.FOUND):
        return refusal
    if to is not None and to.path.startswith(body.path):
        return Refusal("bodies.under_itself", place="parent")
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
