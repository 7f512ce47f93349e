"""May a charter's version be begun, submitted, returned, published, discarded? Two people do it."""

from datetime import date
from typing import TYPE_CHECKING

from kelisim.charter import rights
from kelisim.charter.states import EDITABLE, NEXT, VersionState
from kelisim.refusals import Refusal

if TYPE_CHECKING:
    from kelisim.bodies.queries.powers import Powers
    from kelisim.charter.models import Charter, Version
    from kelisim.people.models import Person


def may_begin(held: "Powers", *, open_version: "Version | None" = None) -> Refusal | None:
    """A preparer begins a version where no other is open."""
    if not held.may(rights.PREPARE):
        return Refusal("charter.not_preparer")
    if open_version:
        return Refusal("charter.version_open", number=open_version.number)
    return None


def moves(version: "Version", to: VersionState) -> Refusal | None:
    """The table of states allows this move."""
    if to in NEXT[VersionState(version.state)]:
        return None
    return Refusal("charter.wrong_state", state=VersionState(version.state).label)


def may_submit(
    version: "Version", by: "Person", held: "Powers", *, provisions: int
) -> Refusal | None:
    """Whoever prepares it submits it, when there is something to publish."""
    if not held.may(rights.PREPARE):
        return Refusal("charter.not_preparer")
    if version.prepared_by_id != by.pk:
        return Refusal("charter.another_prepares")
    if refusal := moves(version, VersionState.SUBMITTED):
        return refusal
    return None if provisions else Refusal("charter.nothing_to_publish")


def may_decide(
    version: "Version", by: "Person", held: "Powers", to: VersionState
) -> Refusal | None:
    """Publishing and returning belong to a publisher who did not prepare it."""
    if not held.may(rights.PUBLISH):
        return Refusal("charter.not_publisher")
    if version.prepared_by_id == by.pk:
        return Refusal("charter.same_person")
    return moves(version, to)


def may_publish(
    version: "Version", by: "Person", held: "Powers", *, unconfirmed: int = 0
) -> Refusal | None:
    """Another person publishes, once every succession has been confirmed."""
    if refusal := may_decide(version, by, held, VersionState.PUBLISHED):
        return refusal
    return Refusal("charter.succession_open", number=unconfirmed) if unconfirmed else None


def may_return(version: "Version", by: "Person", held: "Powers", *, reason: str) -> Refusal | None:
    """It is returned with a reason that the preparer can act on."""
    if refusal := may_decide(version, by, held, VersionState.RETURNED):
        return refusal
    return None if reason.strip() else Refusal("charter.reason_needed", place="reason")


def may_discard(version: "Version", by: "Person", held: "Powers") -> Refusal | None:
    """Whoever prepares it gives it up."""
    if not held.may(rights.PREPARE):
        return Refusal("charter.not_preparer")
    if version.prepared_by_id != by.pk:
        return Refusal("charter.another_prepares")
    return moves(version, VersionState.DISCARDED)


def may_end(charter: "Charter", held: "Powers", *, on: date) -> Refusal | None:
    """A publisher records that a charter ended, and not before it began."""
    if not held.may(rights.PUBLISH):
        return Refusal("charter.not_publisher")
    if on < charter.in_force_from:
        return Refusal("charter.ended_before_begun")
    return None


def may_repeal(charter: "Charter", held: "Powers", *, on: date) -> Refusal | None:
    if charter.repealed_on:
        return Refusal("charter.already_repealed")
    return may_end(charter, held, on=on)


def may_supersede(
    charter: "Charter", held: "Powers", *, on: date, successor: "Charter"
) -> Refusal | None:
    if charter.superseded_on:
        return Refusal("charter.already_superseded")
    if successor.pk == charter.pk:
        return Refusal("charter.supersedes_itself")
    return may_end(charter, held, on=on)


def may_confirm(version: "Version", by: "Person", held: "Powers") -> Refusal | None:
    """What became of each provision is confirmed by the preparer, or by who is to publish it."""
    if version.state == VersionState.SUBMITTED:
        return may_decide(version, by, held, VersionState.PUBLISHED)
    if not held.may(rights.PREPARE):
        return Refusal("charter.not_preparer")
    if version.prepared_by_id != by.pk:
        return Refusal("charter.another_prepares")
    if version.state not in EDITABLE:
        return Refusal("charter.not_editable", state=VersionState(version.state).label)
    return None


def may_correspond(version: "Version", held: "Powers") -> Refusal | None:
    """A correspondence is a remark beside the text, no part of it: it may be added later."""
    if version.state == VersionState.PUBLISHED:
        return None if held.may(rights.PUBLISH) else Refusal("charter.not_publisher")
    if version.state == VersionState.DISCARDED:
        return Refusal("charter.wrong_state", state=VersionState(version.state).label)
    return None if held.may(rights.PREPARE) else Refusal("charter.not_preparer")
