"""An association corrects its record: proposed, returned, accepted, and what changed meanwhile."""

from dataclasses import replace
from types import SimpleNamespace as Some

import pytest

from kelisim.bodies.actions import proposals, record
from kelisim.bodies.models import Fact, Proposal
from kelisim.bodies.rules import record as rules
from kelisim.bodies.states import NEXT_PROPOSAL, Level, ProposalState, Role
from kelisim.bodies.trees.proposals import changes, digest, meanwhile, onto
from kelisim.ledger.models import Entry
from kelisim.refusals import Refused
from kelisim.territory.commands import load as load_territory
from tests.bodies.people import AT, council, found, head, hold, officer, secretariat
from tests.bodies.records import FACTS, NORTH, ON, enter, known_of, representative

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    load_territory()
    council()
    return officer()


@pytest.fixture
def association(clerk):
    return enter(clerk)


def propose(association, by, **changes):
    facts = replace(known_of(association), **changes)
    return proposals.propose(association.pk, facts=facts, source="letter 7", by=by, at=AT)


def codes(refused):
    return [refusal.code for refusal in refused.value.refusals]


def test_what_is_proposed_is_kept_by_fact_and_changes_nothing_yet(association):
    who = representative(association)
    proposal = propose(association, who, phone="+7 700 111 11 11", members={2024: 120, 2025: 130})
    assert set(proposal.changes) == {"contacts", "members"}
    assert proposal.changes["members"] == [
        {"members": {"2024": 120}},
        {"members": {"2024": 120, "2025": 130}},
    ]
    assert known_of(association).phone == "+7 700 000 00 00"
    assert Entry.objects.latest("number").act == "bodies.change_proposed"


def test_an_accepted_proposal_is_the_record_and_verified(association, clerk):
    proposal = propose(association, representative(association), phone="+7 700 111 11 11")
    proposals.accept(proposal.pk, by=clerk, at=AT)
    assert known_of(association).phone == "+7 700 111 11 11"
    fact = Fact.objects.get(association=association, field="contacts")
    assert (fact.state, fact.source, fact.verified_on) == ("verified", "letter 7", ON)
    states = Fact.objects.filter(association=association).values_list("state", flat=True)
    assert sorted(states).count("verified") == 1


def test_a_proposal_may_be_accepted_as_declared_only(association, clerk):
    proposal = propose(association, representative(association), phone="+7 700 111 11 11")
    proposals.accept(proposal.pk, verified=False, by=clerk, at=AT)
    assert Fact.objects.get(association=association, field="contacts").state == "declared"


def test_a_returned_proposal_keeps_its_reason_and_another_may_follow(association, clerk):
    who = representative(association)
    proposal = propose(association, who, phone="1")
    with pytest.raises(Refused) as refused:
        proposals.return_(proposal.pk, reason=" ", by=clerk, at=AT)
    assert codes(refused) == ["bodies.reason_needed"]
    proposals.return_(proposal.pk, reason="Нөмір толық емес", by=clerk, at=AT)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.reason) == ("returned", "Нөмір толық емес")
    assert propose(association, who, phone="+7 700 111 11 11").state == "proposed"


def test_the_ledger_never_holds_what_was_proposed(association, clerk):
    proposal = propose(association, representative(association), leader="Жаңа Басшы Үлгіұлы")
    proposals.accept(proposal.pk, by=clerk, at=AT)
    entries = str(list(Entry.objects.values_list("before", "after")))
    assert "Басшы" not in entries
    assert "leader" in entries


def test_what_changed_meanwhile_must_be_looked_at_again(association, clerk):
    proposal = propose(association, representative(association), phone="+7 700 111 11 11")
    other = replace(known_of(association), phone="+7 700 222 22 22")
    record.correct(association.pk, facts=other, source="call", by=clerk, at=AT)
    with pytest.raises(Refused) as refused:
        proposals.accept(proposal.pk, by=clerk, at=AT)
    assert codes(refused) == ["bodies.changed_meanwhile"]
    assert known_of(association).phone == "+7 700 222 22 22"
    looked = digest(known_of(association), proposal.changes)
    third = replace(known_of(association), phone="+7 700 333 33 33")
    record.correct(association.pk, facts=third, source="call", by=clerk, at=AT)
    with pytest.raises(Refused):
        proposals.accept(proposal.pk, looked=looked, by=clerk, at=AT)
    looked = digest(known_of(association), proposal.changes)
    proposals.accept(proposal.pk, looked=looked, by=clerk, at=AT)
    assert known_of(association).phone == "+7 700 111 11 11"


def test_what_says_meanwhile_what_is_proposed_needs_no_look(association, clerk):
    proposal = propose(association, representative(association), phone="+7 700 111 11 11")
    same = replace(known_of(association), phone="+7 700 111 11 11")
    record.correct(association.pk, facts=same, source="call", by=clerk, at=AT)
    assert meanwhile(known_of(association), proposal.changes) == []
    assert proposals.accept(proposal.pk, by=clerk, at=AT).state == "accepted"


def test_a_proposal_leaves_what_it_does_not_speak_of(association, clerk):
    proposal = propose(association, representative(association), phone="+7 700 111 11 11")
    other = replace(known_of(association), record_number="999")
    record.correct(association.pk, facts=other, source="call", by=clerk, at=AT)
    proposals.accept(proposal.pk, by=clerk, at=AT)
    now = known_of(association)
    assert (now.record_number, now.phone) == ("999", "+7 700 111 11 11")


@pytest.mark.parametrize(
    ("changes", "source", "code"),
    [
        ({}, "letter", "bodies.nothing_changed"),
        ({"phone": "1"}, " ", "bodies.source_needed"),
        ({"bin": "123"}, "letter", "bodies.bin_wrong"),
        ({"name": {}}, "letter", "bodies.name_needed"),
    ],
)
def test_a_bad_proposal_saves_nothing(association, changes, source, code):
    who = representative(association)
    acts = Entry.objects.count()
    facts = replace(known_of(association), **changes)
    with pytest.raises(Refused) as refused:
        proposals.propose(association.pk, facts=facts, source=source, by=who, at=AT)
    assert codes(refused) == [code]
    assert (Proposal.objects.count(), Entry.objects.count()) == (0, acts)


def test_one_proposal_waits_at_a_time(association):
    who = representative(association)
    propose(association, who, phone="1")
    with pytest.raises(Refused) as refused:
        propose(association, who, phone="2")
    assert codes(refused) == ["bodies.proposal_open"]


def test_others_neither_propose_nor_decide(association, clerk):
    north = found(
        "regional-assembly", "North", parent=council(), unit=record.known(ON).units[NORTH]
    )
    stranger = officer("Stranger", of=north)
    with pytest.raises(Refused) as refused:
        propose(association, clerk, phone="1")
    assert codes(refused) == ["bodies.not_representative"]
    proposal = propose(association, representative(association), phone="1")
    for act in (proposals.accept, lambda pk, **by: proposals.return_(pk, reason="x", **by)):
        with pytest.raises(Refused) as refused:
            act(proposal.pk, by=stranger, at=AT)
        assert codes(refused) == ["bodies.not_verifier"]


def test_nobody_decides_on_what_they_proposed_themselves(association, clerk):
    who = representative(association)
    hold(who, secretariat(), Role.OFFICER)
    proposal = propose(association, who, phone="1")
    with pytest.raises(Refused) as refused:
        proposals.accept(proposal.pk, by=who, at=AT)
    assert codes(refused) == ["bodies.own_proposal"]
    assert proposals.withdraw(proposal.pk, by=who, at=AT).state == "withdrawn"


@pytest.mark.parametrize("state", ProposalState)
@pytest.mark.parametrize("to", ProposalState)
def test_a_proposal_moves_along_its_table_only(state, to):
    refusal = rules.moves(Some(state=state), to)
    assert (refusal is None) == (to in NEXT_PROPOSAL[state])


@pytest.mark.parametrize("state", [s for s in ProposalState if s is not ProposalState.PROPOSED])
def test_a_decided_proposal_is_decided_for_good(association, clerk, state):
    who = representative(association)
    proposal = propose(association, who, phone="1")
    acts = {
        ProposalState.ACCEPTED: lambda: proposals.accept(proposal.pk, by=clerk, at=AT),
        ProposalState.RETURNED: lambda: proposals.return_(proposal.pk, reason="x", by=clerk, at=AT),
        ProposalState.WITHDRAWN: lambda: proposals.withdraw(proposal.pk, by=who, at=AT),
    }
    acts[state]()
    before = Entry.objects.count()
    for act in acts.values():
        with pytest.raises(Refused) as refused:
            act()
        assert codes(refused) == ["bodies.proposal_state"]
    assert Entry.objects.count() == before


def test_a_proposal_written_over_a_record_gives_what_was_proposed():
    becomes = replace(
        FACTS, leader="", leader_since=None, members={2025: 7}, level=Level.REPUBLICAN, offers=()
    )
    assert onto(FACTS, changes(FACTS, becomes)) == becomes


def test_the_head_decides_too(association):
    proposal = propose(association, representative(association), phone="1")
    assert proposals.accept(proposal.pk, by=head(), at=AT).state == "accepted"
