"""May a vote be opened, cast, counted, closed, annulled? Facts in, refusals out."""

from typing import TYPE_CHECKING

from kelisim.meetings import rights
from kelisim.meetings.rules.sitting import heard, sits
from kelisim.meetings.states import (
    BY_NAME,
    NEXT_BALLOT,
    BallotForm,
    BallotState,
    Choice,
    ItemState,
    MotionState,
)
from kelisim.meetings.trees.procedure import Procedure
from kelisim.refusals import Refusal

if TYPE_CHECKING:
    from kelisim.bodies.queries.powers import Powers
    from kelisim.meetings.models import Ballot, Count, Item, Motion


def may_open(
    held: "Powers",
    item: "Item",
    procedure: Procedure,
    *,
    form: BallotForm,
    motion: "Motion | None",
    another: bool,
    present: int,
    needed: int,
    members: int,
) -> list[Refusal]:
    """The chair puts one question at a time, with a quorum there, secret where the rules say so."""
    if not held.may(rights.PRESIDE, item.meeting.body):
        return [Refusal("meetings.not_chair")]
    if refusal := sits(item.meeting) or heard(item):
        return [refusal]
    found = []
    if another:
        found.append(Refusal("meetings.ballot_open"))
    if item.subject in procedure.secret and form is not BallotForm.SECRET:
        found.append(Refusal("meetings.must_be_secret", place="form"))
    if motion is not None and motion.item_id != item.pk:
        found.append(Refusal("meetings.motion_elsewhere", place="motion"))
    elif motion is not None and motion.state != MotionState.MOVED:
        state = MotionState(motion.state).label
        found.append(Refusal("meetings.motion_state", place="motion", state=state))
    if present < needed:
        found.append(Refusal("meetings.no_quorum", present=present, needed=needed, members=members))
    return found


def may_cast(  # noqa: PLR0911  (one reason a line)
    ballot: "Ballot",
    *,
    choice: str,
    holds: bool,
    votes: bool,
    present: bool,
    recused: bool,
    before: str | None,
    keeper: bool = False,
) -> Refusal | None:
    """A voice is given by whoever holds the mandate, or read out and entered by the keeper.

    `before`: the voice given earlier. The same again is no fault: it is the same voice.
    """
    if ballot.form not in BY_NAME:
        return Refusal("meetings.not_by_name")
    if not holds and not (keeper and ballot.form == BallotForm.ROLL):
        return Refusal("meetings.not_member")
    if choice not in Choice.values:
        return Refusal("meetings.no_choice", place="choice")
    if not votes:
        return Refusal("meetings.has_no_vote")
    if recused:
        return Refusal("meetings.recused")
    if before == choice:
        return None
    if ballot.state != BallotState.OPEN:
        return Refusal("meetings.ballot_closed")
    if not present:
        return Refusal("meetings.not_present")
    if before is not None and not ballot.may_change:
        return Refusal("meetings.voice_given")
    return None


def may_enter(held: "Powers", ballot: "Ballot", count: "Count", *, may_vote: int) -> list[Refusal]:
    """Hands by whoever keeps the meeting, papers by the commission; the sums must agree."""
    secret = ballot.form == BallotForm.SECRET
    right = rights.COUNT if secret else rights.KEEP
    if not held.may(right, ballot.item.meeting.body):
        return [Refusal("meetings.not_counter")]
    if ballot.form not in {BallotForm.HANDS, BallotForm.SECRET}:
        return [Refusal("meetings.counted_by_name")]
    if BallotState.ENTERED not in NEXT_BALLOT[BallotState(ballot.state)]:
        return [Refusal("meetings.ballot_closed")]
    given = count.in_favour + count.against + count.abstained + count.spoiled
    found = []
    if given > may_vote:
        found.append(
            Refusal("meetings.too_many_voices", place="in_favour", given=given, most=may_vote)
        )
    if secret and count.handed_out is None:
        found.append(Refusal("meetings.papers_needed", place="handed_out"))
    if count.handed_out is not None and given > count.handed_out:
        found.append(
            Refusal(
                "meetings.more_than_handed_out",
                place="handed_out",
                given=given,
                most=count.handed_out,
            )
        )
    if not secret and count.spoiled:
        found.append(Refusal("meetings.hands_are_not_spoiled", place="spoiled"))
    return found


def may_sign(
    held: "Powers", ballot: "Ballot", *, entered_by: int | None, by: int
) -> Refusal | None:
    """A secret count is signed by another than who entered it."""
    if not held.may(rights.COUNT, ballot.item.meeting.body):
        return Refusal("meetings.not_counter")
    if ballot.form != BallotForm.SECRET:
        return Refusal("meetings.needs_no_signature")
    if ballot.state != BallotState.ENTERED or entered_by is None:
        return Refusal("meetings.nothing_to_sign")
    return Refusal("meetings.same_person") if entered_by == by else None


def may_close(held: "Powers", ballot: "Ballot", *, counted: bool) -> Refusal | None:
    """The chair closes an open vote; a secret one closes with its second signature."""
    if not held.may(rights.PRESIDE, ballot.item.meeting.body):
        return Refusal("meetings.not_chair")
    if BallotState.CLOSED not in NEXT_BALLOT[BallotState(ballot.state)]:
        return Refusal("meetings.ballot_closed")
    if ballot.form == BallotForm.SECRET:
        return Refusal("meetings.second_signature_needed")
    if ballot.form == BallotForm.HANDS and not counted:
        return Refusal("meetings.count_needed")
    return None


def may_annul(held: "Powers", ballot: "Ballot", *, because: str, decided: bool) -> Refusal | None:
    """The chair has a vote taken again, with a reason, until a decision stands on it."""
    if not held.may(rights.PRESIDE, ballot.item.meeting.body):
        return Refusal("meetings.not_chair")
    if BallotState.ANNULLED not in NEXT_BALLOT[BallotState(ballot.state)]:
        return Refusal("meetings.ballot_annulled")
    if decided:
        return Refusal("meetings.decided_on_it")
    if refusal := sits(ballot.item.meeting):
        return refusal
    return None if because.strip() else Refusal("meetings.reason_needed", place="because")


def may_decide(held: "Powers", ballot: "Ballot", *, points: int) -> list[Refusal]:
    """What was carried becomes a decision with at least one point."""
    item = ballot.item
    if not (
        held.may(rights.PRESIDE, item.meeting.body) or held.may(rights.KEEP, item.meeting.body)
    ):
        return [Refusal("meetings.not_keeper")]
    if refusal := sits(item.meeting):
        return [refusal]
    if item.state != ItemState.HEARD:
        return [Refusal("meetings.item_state", state=ItemState(item.state).label)]
    found = []
    if ballot.state != BallotState.CLOSED:
        found.append(Refusal("meetings.ballot_not_closed"))
    elif not ballot.carried:
        found.append(Refusal("meetings.not_carried"))
    elif ballot.motion_id is not None:
        found.append(Refusal("meetings.only_a_motion"))
    if not points:
        found.append(Refusal("meetings.points_needed", place="points"))
    return found
