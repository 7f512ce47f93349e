"""Every state of everything that moves × every act × every post: what is allowed, and no more."""

from itertools import product
from types import SimpleNamespace as Facts

import pytest

from kelisim.bodies.rights import RIGHTS
from kelisim.bodies.states import ROLES, Nature, Role
from kelisim.meetings import states
from kelisim.meetings.rules import concluding, convening, sitting, voting
from kelisim.meetings.states import (
    AnswerState,
    BallotForm,
    BallotState,
    Choice,
    ItemState,
    MeetingState,
    MinutesState,
    MotionState,
    Presence,
)
from kelisim.meetings.trees.procedure import SHIPPED

TABLES = {
    MeetingState: states.NEXT_MEETING,
    ItemState: states.NEXT_ITEM,
    Presence: states.NEXT_PRESENCE,
    MotionState: states.NEXT_MOTION,
    BallotState: states.NEXT_BALLOT,
    AnswerState: states.NEXT_ANSWER,
}
POSTS = [(nature, role) for nature in Nature for role in ROLES[nature]]
BODY = Facts(dissolved_on=None)


class Post:
    """The powers of one post at the body that the act concerns; bodies and reach are elsewhere."""

    def __init__(self, post):
        self.post = post

    def may(self, right, _body=None):
        return self.post in RIGHTS[right].posts


@pytest.mark.parametrize("kind", TABLES, ids=lambda kind: kind.__name__)
def test_every_state_has_its_line_and_leads_only_to_states(kind):
    table = TABLES[kind]
    assert set(table) == set(kind)
    assert all(set(after) <= set(kind) for after in table.values())


@pytest.mark.parametrize("kind", TABLES, ids=lambda kind: kind.__name__)
def test_every_state_can_be_reached_from_the_first(kind):
    table = TABLES[kind]
    first = {ItemState: {ItemState.PROPOSED, ItemState.LISTED}}.get(kind, {next(iter(kind))})
    reached = set(first)
    while more := {after for state in reached for after in table[state]} - reached:
        reached |= more
    assert reached == set(kind)


def meeting(state):
    return Facts(pk=1, state=state, body=BODY)


def item(meeting_state, state=ItemState.HEARD):
    return Facts(pk=1, state=state, meeting=meeting(meeting_state), subject="general")


def ballot(state, form=BallotForm.ELECTRONIC):
    return Facts(
        state=state,
        form=form,
        may_change=True,
        carried=True,
        motion_id=None,
        item=item(MeetingState.OPEN),
    )


def count():
    return Facts(in_favour=1, against=0, abstained=0, spoiled=0, handed_out=5)


COUNCIL = {(Nature.COUNCIL, role) for role in ROLES[Nature.COUNCIL]}
CHAIRS = {(Nature.COUNCIL, Role.CHAIR), (Nature.COUNCIL, Role.DEPUTY)}
SECRETARY = {(Nature.COUNCIL, Role.SECRETARY)}
OFFICE = {(Nature.SECRETARIAT, Role.HEAD), (Nature.SECRETARIAT, Role.OFFICER)}
HEAD = {(Nature.SECRETARIAT, Role.HEAD)}
CHAIR = {(Nature.COUNCIL, Role.CHAIR)}
MEMBERS = COUNCIL - {(Nature.COUNCIL, Role.OBSERVER)}
COUNTERS = SECRETARY | {(Nature.COUNCIL, Role.MEMBER)}
ORGANISED = {
    (nature, role)
    for nature in (Nature.STATE, Nature.ASSOCIATION, Nature.PARTNER)
    for role in ROLES[nature]
}
S, B = MeetingState, BallotState
# act: (states in which it may be done, posts that may do it, the question to the rule)
MEETING_ACTS = {
    "prepare": (
        {S.PLANNED, S.CONVENED},
        OFFICE | SECRETARY | CHAIRS,
        lambda held, state: convening.may_prepare(held, meeting(state)),
    ),
    "propose": (
        {S.PLANNED, S.CONVENED},
        MEMBERS,
        lambda held, state: convening.may_propose(held, meeting(state), mover=True),
    ),
    "convene": (
        {S.PLANNED},
        CHAIRS | HEAD,
        lambda held, state: convening.may_convene(
            held, meeting(state), SHIPPED, roles=frozenset(), items=1, earliest=1, day=1
        ),
    ),
    "postpone": (
        {S.PLANNED, S.CONVENED},
        CHAIRS | HEAD,
        lambda held, state: convening.may_postpone(held, meeting(state), to=2, at=1),
    ),
    "cancel": (
        {S.PLANNED, S.CONVENED},
        CHAIRS | HEAD,
        lambda held, state: convening.may_cancel(held, meeting(state), because="x"),
    ),
    "send papers": (
        {S.CONVENED},
        OFFICE | SECRETARY | CHAIRS,
        lambda held, state: convening.may_send_papers(held, meeting(state), papers=1),
    ),
    "open": (
        {S.CONVENED, S.ADJOURNED},
        CHAIRS,
        lambda held, state: sitting.may_open(held, meeting(state), present=5, needed=5, members=7),
    ),
    "adjourn": (
        {S.OPEN},
        CHAIRS,
        lambda held, state: sitting.may_adjourn(held, meeting(state), ballots=0),
    ),
    "close": (
        {S.OPEN, S.ADJOURNED},
        CHAIRS,
        lambda held, state: sitting.may_close(held, meeting(state), ballots=0, items=0),
    ),
    "mark present": (
        {S.CONVENED, S.OPEN, S.ADJOURNED},
        OFFICE | SECRETARY,
        lambda held, state: sitting.may_mark(
            held,
            Facts(presence=Presence.COMING, meeting=meeting(state)),
            Presence.PRESENT,
            own=False,
        ),
    ),
    "take note": (
        {S.OPEN},
        CHAIRS,
        lambda held, state: sitting.may_take_up(held, item(state), ItemState.NOTED),
    ),
    "enter in the speakers’ list": (
        {S.OPEN},
        OFFICE | SECRETARY,
        lambda held, state: sitting.may_ask_floor(
            held, item(state), own=False, present=True, waiting=False
        ),
    ),
    "give the floor": (
        {S.OPEN},
        OFFICE | SECRETARY | CHAIRS,
        lambda held, state: sitting.may_call(
            held, Facts(item=item(state), withdrawn=False, called_at=None), speaking=False
        ),
    ),
    "move": (
        {S.OPEN},
        MEMBERS,
        lambda held, state: sitting.may_move(
            held, item(state), mover=True, present=True, text=True
        ),
    ),
    "open a vote": (
        {S.OPEN},
        CHAIRS,
        lambda held, state: voting.may_open(
            held,
            item(state),
            SHIPPED,
            form=BallotForm.ELECTRONIC,
            motion=None,
            another=False,
            present=5,
            needed=5,
            members=7,
        ),
    ),
    "write minutes": (
        {S.OPEN, S.ADJOURNED, S.CLOSED},
        OFFICE | SECRETARY,
        lambda held, state: concluding.may_write(held, meeting(state), signed=False),
    ),
    "sign minutes as chair": (
        {S.CLOSED},
        CHAIRS,
        lambda held, state: concluding.may_sign(
            held, minutes(state), as_chair=True, digest="d", by=1
        ),
    ),
    "sign minutes as secretary": (
        {S.CLOSED},
        OFFICE | SECRETARY,
        lambda held, state: concluding.may_sign(
            held, minutes(state), as_chair=False, digest="d", by=1
        ),
    ),
    "publish": (
        {S.MINUTED},
        CHAIR | HEAD,
        lambda held, state: concluding.may_publish(held, meeting(state)),
    ),
}
BALLOT_ACTS = {
    "enter hands": (
        {B.OPEN, B.ENTERED},
        OFFICE | SECRETARY,
        lambda held, state: voting.may_enter(
            held, ballot(state, BallotForm.HANDS), count(), may_vote=7
        ),
    ),
    "enter papers": (
        {B.OPEN, B.ENTERED},
        COUNTERS,
        lambda held, state: voting.may_enter(
            held, ballot(state, BallotForm.SECRET), count(), may_vote=7
        ),
    ),
    "sign the count": (
        {B.ENTERED},
        COUNTERS,
        lambda held, state: voting.may_sign(
            held, ballot(state, BallotForm.SECRET), entered_by=2, by=1
        ),
    ),
    "close": (
        {B.OPEN, B.ENTERED},
        CHAIRS,
        lambda held, state: voting.may_close(held, ballot(state), counted=True),
    ),
    "annul": (
        {B.OPEN, B.ENTERED, B.CLOSED},
        CHAIRS,
        lambda held, state: voting.may_annul(held, ballot(state), because="x", decided=False),
    ),
    "decide": (
        {B.CLOSED},
        CHAIRS | OFFICE | SECRETARY,
        lambda held, state: voting.may_decide(held, ballot(state), points=1),
    ),
}
ANSWER_ACTS = {
    "answer": (
        set(AnswerState),
        ORGANISED | HEAD | CHAIR,
        lambda held, state: concluding.may_answer(
            held,
            Facts(state=state, body=BODY),
            AnswerState.ACCEPTED,
            reasons="",
            published=True,
        ),
    ),
}


def minutes(state):
    return Facts(
        meeting=meeting(state),
        state=MinutesState.DRAFT,
        digest="d",
        chair_signed_by_id=None,
        secretary_signed_by_id=None,
    )


@pytest.mark.parametrize(
    ("kind", "acts"),
    [(MeetingState, MEETING_ACTS), (BallotState, BALLOT_ACTS), (AnswerState, ANSWER_ACTS)],
    ids=["meeting", "ballot", "answer"],
)
def test_every_state_by_every_act_by_every_post(kind, acts):
    for (name, (allowed, posts, ask)), state, post in product(acts.items(), kind, POSTS):
        said = ask(Post(post), state)
        assert bool(not said) == (state in allowed and post in posts), (name, state, post, said)


@pytest.mark.parametrize("state", ItemState)
@pytest.mark.parametrize("to", ItemState)
def test_an_item_moves_only_by_its_table(state, to):
    chair = Post((Nature.COUNCIL, Role.CHAIR))
    if to in {ItemState.HEARD, ItemState.NOTED, ItemState.DEFERRED, ItemState.DECIDED}:
        said = sitting.may_take_up(chair, item(MeetingState.OPEN, state), to)
    else:
        said = convening.may_list(chair, item(MeetingState.PLANNED, state), to)
    assert (said is None) == (to in states.NEXT_ITEM[state])


@pytest.mark.parametrize("state", Presence)
@pytest.mark.parametrize("to", Presence)
def test_presence_moves_only_by_its_table(state, to):
    secretary = Post((Nature.COUNCIL, Role.SECRETARY))
    row = Facts(presence=state, meeting=meeting(MeetingState.CONVENED))
    said = sitting.may_mark(secretary, row, to, own=False)
    assert (said is None) == (to in states.NEXT_PRESENCE[state])


@pytest.mark.parametrize("state", MotionState)
def test_only_what_is_moved_can_be_taken_back(state):
    said = sitting.may_withdraw_motion(Facts(state=state), own=True, ballots=0)
    assert (said is None) == (state == MotionState.MOVED)


GIVES = {
    "choice": Choice.FOR, "holds": True, "votes": True, "present": True, "recused": False,
    "before": None,
}  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "form", "state", "code"),
    [
        ({}, BallotForm.ELECTRONIC, B.OPEN, None),
        ({"holds": False}, BallotForm.ELECTRONIC, B.OPEN, "not_member"),
        ({"holds": False, "keeper": True}, BallotForm.ROLL, B.OPEN, None),
        ({"holds": False, "keeper": True}, BallotForm.ELECTRONIC, B.OPEN, "not_member"),
        ({}, BallotForm.SECRET, B.OPEN, "not_by_name"),
        ({}, BallotForm.HANDS, B.OPEN, "not_by_name"),
        ({"choice": "perhaps"}, BallotForm.ELECTRONIC, B.OPEN, "no_choice"),
        ({"votes": False}, BallotForm.ELECTRONIC, B.OPEN, "has_no_vote"),
        ({"recused": True}, BallotForm.ELECTRONIC, B.OPEN, "recused"),
        ({"present": False}, BallotForm.ELECTRONIC, B.OPEN, "not_present"),
        ({}, BallotForm.ELECTRONIC, B.CLOSED, "ballot_closed"),
        ({}, BallotForm.ELECTRONIC, B.ANNULLED, "ballot_closed"),
        ({"before": Choice.FOR}, BallotForm.ELECTRONIC, B.CLOSED, None),
        ({"before": Choice.AGAINST}, BallotForm.ELECTRONIC, B.CLOSED, "ballot_closed"),
        ({"before": Choice.AGAINST}, BallotForm.ELECTRONIC, B.OPEN, None),
    ],
)
def test_who_may_cast_what(changes, form, state, code):
    said = voting.may_cast(ballot(state, form), **{**GIVES, **changes})
    assert (said and said.code) == (code and f"meetings.{code}")
