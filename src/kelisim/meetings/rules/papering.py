"""May minutes and decisions be given their numbers? Facts in, a Refusal or nothing."""

from typing import TYPE_CHECKING

from kelisim.meetings import rights
from kelisim.meetings.states import MinutesState
from kelisim.refusals import Refusal

if TYPE_CHECKING:
    from kelisim.bodies.queries.powers import Powers
    from kelisim.meetings.models import Decision, Meeting, Minutes


def may_register_minutes(
    held: "Powers", meeting: "Meeting", minutes: "Minutes | None"
) -> Refusal | None:
    """Signed minutes get one number."""
    if not held.may(rights.MINUTE, meeting.body):
        return Refusal("meetings.not_minuting")
    if minutes is None or minutes.state != MinutesState.SIGNED:
        return Refusal("meetings.minutes_not_signed")
    return Refusal("meetings.registered_already") if minutes.document_id else None


def may_register_decision(
    held: "Powers", meeting: "Meeting", decision: "Decision"
) -> Refusal | None:
    """A published decision gets one number; its letters name the term of the answer."""
    if not held.may(rights.MINUTE, meeting.body):
        return Refusal("meetings.not_minuting")
    if decision.published_at is None:
        return Refusal("meetings.not_published")
    return Refusal("meetings.registered_already") if decision.document_id else None
