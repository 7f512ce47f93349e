"""Where meetings, items, motions, ballots, minutes and answers stand, and how they move.

`NEXT` of each kind of thing is its whole table: what is not in it is refused.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class MeetingKind(TextChoices):
    SESSION = "session", _("session")
    MEETING = "meeting", _("meeting")
    HEARING = "hearing", _("hearing")
    WORKING = "working", _("working meeting")


class MeetingState(TextChoices):
    PLANNED = "planned", _("being prepared")
    CONVENED = "convened", _("convened")
    OPEN = "open", _("open")
    ADJOURNED = "adjourned", _("adjourned")
    CLOSED = "closed", _("closed")
    MINUTED = "minuted", _("minutes signed")
    PUBLISHED = "published", _("published")
    CANCELLED = "cancelled", _("cancelled")


NEXT_MEETING = {
    MeetingState.PLANNED: {MeetingState.CONVENED, MeetingState.CANCELLED},
    MeetingState.CONVENED: {MeetingState.OPEN, MeetingState.CANCELLED},
    MeetingState.OPEN: {MeetingState.ADJOURNED, MeetingState.CLOSED},
    MeetingState.ADJOURNED: {MeetingState.OPEN, MeetingState.CLOSED},
    MeetingState.CLOSED: {MeetingState.MINUTED},
    MeetingState.MINUTED: {MeetingState.PUBLISHED},
    MeetingState.PUBLISHED: set[MeetingState](),
    MeetingState.CANCELLED: set[MeetingState](),
}
# The agenda is public from here on; minutes and decisions only when they are published.
ANNOUNCED = frozenset(MeetingState) - {MeetingState.PLANNED}


class ItemState(TextChoices):
    PROPOSED = "proposed", _("proposed")
    LISTED = "listed", _("on the agenda")
    DECLINED = "declined", _("not put on the agenda")
    HEARD = "heard", _("under discussion")
    DECIDED = "decided", _("decided")
    NOTED = "noted", _("taken note of")
    DEFERRED = "deferred", _("deferred")


NEXT_ITEM = {
    ItemState.PROPOSED: {ItemState.LISTED, ItemState.DECLINED},
    ItemState.LISTED: {ItemState.HEARD, ItemState.DEFERRED},
    ItemState.DECLINED: set[ItemState](),
    ItemState.HEARD: {ItemState.DECIDED, ItemState.NOTED, ItemState.DEFERRED},
    ItemState.DECIDED: set[ItemState](),
    ItemState.NOTED: set[ItemState](),
    ItemState.DEFERRED: set[ItemState](),
}
ON_AGENDA = frozenset(ItemState) - {ItemState.PROPOSED, ItemState.DECLINED}


class Subject(TextChoices):
    """What an item is about, where the rules of procedure treat it differently."""

    GENERAL = "general", _("general")
    ELECTION = "election", _("election or dismissal")
    PROCEDURE = "procedure", _("rules of procedure")
    BUDGET = "budget", _("money")


class Presence(TextChoices):
    INVITED = "invited", _("invited")
    COMING = "coming", _("will come")
    APOLOGISED = "apologised", _("will not come")
    PRESENT = "present", _("present")
    LEFT = "left", _("left")


NEXT_PRESENCE = {
    Presence.INVITED: {Presence.COMING, Presence.APOLOGISED, Presence.PRESENT},
    Presence.COMING: {Presence.APOLOGISED, Presence.PRESENT},
    Presence.APOLOGISED: {Presence.COMING, Presence.PRESENT},
    Presence.PRESENT: {Presence.LEFT},
    Presence.LEFT: {Presence.PRESENT},
}


class MotionKind(TextChoices):
    MOTION = "motion", _("motion")
    AMENDMENT = "amendment", _("amendment")


class MotionState(TextChoices):
    MOVED = "moved", _("moved")
    CARRIED = "carried", _("carried")
    LOST = "lost", _("lost")
    WITHDRAWN = "withdrawn", _("withdrawn")


NEXT_MOTION = {
    MotionState.MOVED: {MotionState.CARRIED, MotionState.LOST, MotionState.WITHDRAWN},
    MotionState.CARRIED: set[MotionState](),
    MotionState.LOST: set[MotionState](),
    MotionState.WITHDRAWN: set[MotionState](),
}


class BallotForm(TextChoices):
    """How a vote is taken."""

    ELECTRONIC = "electronic", _("open, from members’ own devices")
    ROLL = "roll", _("open, by name")
    HANDS = "hands", _("by show of hands")
    SECRET = "secret", _("secret, on paper")


BY_NAME = (BallotForm.ELECTRONIC, BallotForm.ROLL)


class BallotState(TextChoices):
    OPEN = "open", _("open")
    ENTERED = "entered", _("counted by one, not yet signed by another")
    CLOSED = "closed", _("closed")
    ANNULLED = "annulled", _("annulled")


NEXT_BALLOT = {
    BallotState.OPEN: {BallotState.ENTERED, BallotState.CLOSED, BallotState.ANNULLED},
    BallotState.ENTERED: {BallotState.ENTERED, BallotState.CLOSED, BallotState.ANNULLED},
    BallotState.CLOSED: {BallotState.ANNULLED},
    BallotState.ANNULLED: set[BallotState](),
}


class Choice(TextChoices):
    FOR = "for", _("for")
    AGAINST = "against", _("against")
    ABSTAIN = "abstain", _("abstain")


class MinutesState(TextChoices):
    DRAFT = "draft", _("being written")
    SIGNED = "signed", _("signed")


class AnswerState(TextChoices):
    """What a body that a point is addressed to has said."""

    WAITING = "waiting", _("waiting for an answer")
    ACCEPTED = "accepted", _("accepted")
    PARTLY = "partly", _("accepted in part")
    DECLINED = "declined", _("declined")


ANSWERED = frozenset({AnswerState.ACCEPTED, AnswerState.PARTLY, AnswerState.DECLINED})
# An answer may be given again, with better reasons or another result; never taken back.
NEXT_ANSWER = dict.fromkeys(AnswerState, ANSWERED)
