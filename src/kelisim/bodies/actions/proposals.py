"""An association proposes changes to its record; the secretariat accepts or returns them."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localtime

from kelisim.bodies import rights
from kelisim.bodies.actions import record as records
from kelisim.bodies.models import Proposal
from kelisim.bodies.queries.powers import Powers, powers_at
from kelisim.bodies.queries.record import facts_of
from kelisim.bodies.rules import record as rules
from kelisim.bodies.states import ProposalState
from kelisim.bodies.trees.proposals import changes, digest, meanwhile, onto
from kelisim.bodies.trees.record import Facts, changed
from kelisim.ledger.actions import record
from kelisim.refusals import Refusal, require

if TYPE_CHECKING:
    from kelisim.people.models import Person


@transaction.atomic
def propose(
    body_id: int, *, facts: Facts, source: str, note: str = "", by: "Person", at: datetime
) -> Proposal:
    """Propose that the record say this. Raises Refused with everything that is wrong."""
    association = records.locked(body_id)
    held = powers_at(by, at)
    open_one = Proposal.objects.filter(
        association=association, state=ProposalState.PROPOSED
    ).exists()
    require(rules.may_propose(held, association, open_one=open_one))
    on = localtime(at).date()
    was = facts_of([association], on)[association.pk]
    require(*records.problems(facts, records.known(on), own=association.pk))
    require(
        None if changed(was, facts) else Refusal("bodies.nothing_changed"),
        None if source.strip() else Refusal("bodies.source_needed", place="source"),
    )
    proposal = Proposal.objects.create(
        association=association,
        changes=changes(was, facts),
        source=source,
        note=note,
        proposed_at=at,
        proposed_by=by,
    )
    record(
        "bodies.change_proposed",
        subject=proposal,
        by=by,
        mandate=held.mandate(rights.PROPOSE, association.body),
        after={"record": association.body.slug, "facts": " ".join(proposal.changes)},
        at=at,
    )
    return proposal


def locked(proposal_id: int) -> Proposal:
    """The proposal, with its record's body locked first: one line for all who change a record."""
    body_id = Proposal.objects.values_list("association_id", flat=True).get(pk=proposal_id)
    association = records.locked(body_id)
    proposal = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal_id)
    proposal.association = association
    return proposal


@transaction.atomic
def accept(
    proposal_id: int,
    *,
    verified: bool = True,
    looked: str = "",
    by: "Person",
    at: datetime,
) -> Proposal:
    """Write what is proposed: as verified against its source, or as declared only.

    `looked`: where the record changed meanwhile, the digest of what it says now, as it was shown
    to whoever accepts.
    """
    proposal = locked(proposal_id)
    association = proposal.association
    held = powers_at(by, at)
    own = proposal.proposed_by_id == by.pk
    require(rules.may_decide(held, proposal, ProposalState.ACCEPTED, own=own))
    now = facts_of([association], localtime(at).date())[association.pk]
    seen = looked == digest(now, proposal.changes)
    require(rules.looked_again(meanwhile(now, proposal.changes), seen=seen))
    records.write(
        association,
        onto(now, proposal.changes),
        source=proposal.source,
        as_of=localtime(proposal.proposed_at).date(),
        verified=verified,
        by=by,
        held=held,
        right=rights.VERIFY,
        at=at,
    )
    return decide(
        proposal, ProposalState.ACCEPTED, "bodies.change_accepted", by=by, held=held, at=at
    )


@transaction.atomic
def return_(proposal_id: int, *, reason: str, by: "Person", at: datetime) -> Proposal:
    """Give it back with a reason; whoever proposed it may propose again."""
    proposal = locked(proposal_id)
    held = powers_at(by, at)
    own = proposal.proposed_by_id == by.pk
    require(rules.may_decide(held, proposal, ProposalState.RETURNED, own=own, reason=reason))
    proposal.reason = reason
    return decide(
        proposal, ProposalState.RETURNED, "bodies.change_returned", by=by, held=held, at=at
    )


def decide(
    proposal: Proposal,
    to: ProposalState,
    act: str,
    *,
    right: str = rights.VERIFY,
    by: "Person",
    held: Powers,
    at: datetime,
) -> Proposal:
    was = proposal.state
    proposal.state, proposal.decided_at, proposal.decided_by = to, at, by
    proposal.save(update_fields=["state", "reason", "decided_at", "decided_by"])
    record(
        act,
        subject=proposal,
        by=by,
        mandate=held.mandate(right, proposal.association.body),
        because=proposal.reason,
        before={"state": was},
        after={"state": to.value, "record": proposal.association.body.slug},
        at=at,
    )
    return proposal


@transaction.atomic
def withdraw(proposal_id: int, *, by: "Person", at: datetime) -> Proposal:
    """Whoever proposed thinks again, before it is decided."""
    proposal = locked(proposal_id)
    held = powers_at(by, at)
    require(rules.may_withdraw(held, proposal))
    act = "bodies.change_withdrawn"
    return decide(
        proposal, ProposalState.WITHDRAWN, act, right=rights.PROPOSE, by=by, held=held, at=at
    )
