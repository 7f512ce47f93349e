"""Is a record of the register sound, and may it be changed? Facts in, every refusal out."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import TYPE_CHECKING

from kelisim.bodies import rights
from kelisim.bodies.states import (
    NEXT_FACT,
    NEXT_PROPOSAL,
    FactState,
    Level,
    ProposalState,
)
from kelisim.bodies.trees.numbers import bin_holds
from kelisim.refusals import Refusal

if TYPE_CHECKING:
    from kelisim.bodies.models import Association, Body, Fact, Mandate, Proposal
    from kelisim.bodies.queries.powers import Powers
    from kelisim.bodies.trees.record import Facts

FIRST_YEAR = 1988
MOST_MEMBERS = 5_000_000


def problems(
    facts: "Facts",
    *,
    on: date,
    units: Collection[str],
    tags: Mapping[str, Collection[str]],
    parents: Collection[str],
    bins: Mapping[str, int],
    own: int | None = None,
) -> list[Refusal]:
    """Everything that is wrong with a record, each with the field that it concerns.

    `units`: codes that exist; `tags`: keys by kind; `parents`: slugs that it may be a branch of;
    `bins`: who holds which BIN, by the body's number; `own`: the record's own number.
    """
    found = []
    if not any(facts.name.values()):
        found.append(Refusal("bodies.name_needed", place="name"))
    if facts.bin and not bin_holds(facts.bin):
        found.append(Refusal("bodies.bin_wrong", place="bin", bin=facts.bin))
    elif facts.bin and bins.get(facts.bin, own) != own:
        found.append(Refusal("bodies.bin_taken", place="bin", bin=facts.bin))
    if facts.justice and not facts.bin:
        found.append(Refusal("bodies.bin_needed", place="bin"))
    if facts.recorded_on and facts.recorded_on > on:
        found.append(Refusal("bodies.in_future", place="recorded_on"))
    if facts.unit and facts.unit not in units:
        found.append(Refusal("bodies.no_such_unit", place="unit", kato=facts.unit))
    if not facts.unit and facts.level is not Level.REPUBLICAN:
        found.append(Refusal("bodies.unit_needed", place="unit"))
    if facts.parent and facts.parent not in parents:
        found.append(Refusal("bodies.no_such_parent", place="parent", parent=facts.parent))
    return found + strangers(facts, tags) + counted(facts, on)


TAGGED = {"communities": "community", "languages": "language", "activities": "activity"}


def strangers(facts: "Facts", tags: Mapping[str, Collection[str]]) -> list[Refusal]:
    """Words to filter by that are not in the data."""
    unknown = {
        place: sorted(set(getattr(facts, place)) - set(tags.get(kind, ())))
        for place, kind in TAGGED.items()
    }
    return [
        Refusal("bodies.no_such_tag", place=place, keys=", ".join(keys))
        for place, keys in unknown.items()
        if keys
    ]


def counted(facts: "Facts", on: date) -> list[Refusal]:
    """What is wrong with the numbers of members and the leader's first day."""
    found = [
        Refusal("bodies.members_year", place="members", year=year)
        for year in sorted(facts.members)
        if not FIRST_YEAR <= year <= on.year
    ]
    found += [
        Refusal("bodies.members_count", place="members", year=year)
        for year, count in sorted(facts.members.items())
        if not 0 <= count <= MOST_MEMBERS
    ]
    if facts.leader and facts.leader_since and facts.leader_since > on:
        found.append(Refusal("bodies.in_future", place="leader_since"))
    return found


def may_keep(held: "Powers", body: "Body | None") -> Refusal | None:
    """Records are kept by the secretariat of their territory."""
    if not held.may(rights.REGISTER, body):
        return Refusal("bodies.not_registrar")
    if body is not None and body.merged_into_id:
        return Refusal("bodies.merged")
    return None


def may_propose(held: "Powers", association: "Association", *, open_one: bool) -> Refusal | None:
    """An association's own people propose; one proposal waits at a time."""
    if not held.may(rights.PROPOSE, association.body):
        return Refusal("bodies.not_representative")
    if association.body.merged_into_id:
        return Refusal("bodies.merged")
    return Refusal("bodies.proposal_open") if open_one else None


def may_decide(
    held: "Powers",
    proposal: "Proposal",
    to: ProposalState,
    *,
    own: bool = False,
    reason: str = "",
) -> Refusal | None:
    """The secretariat accepts, or returns with a reason; never what one proposed oneself."""
    if not held.may(rights.VERIFY, proposal.association.body):
        return Refusal("bodies.not_verifier")
    if proposal.association.body.merged_into_id:
        return Refusal("bodies.merged")
    if refusal := moves(proposal, to):
        return refusal
    if own:
        return Refusal("bodies.own_proposal")
    if to is ProposalState.RETURNED and not reason.strip():
        return Refusal("bodies.reason_needed", place="reason")
    return None


def moves(proposal: "Proposal", to: ProposalState) -> Refusal | None:
    if to in NEXT_PROPOSAL[ProposalState(proposal.state)]:
        return None
    return Refusal("bodies.proposal_state", state=ProposalState(proposal.state).label)


def may_withdraw(held: "Powers", proposal: "Proposal") -> Refusal | None:
    """Those who may propose may think again, until it is decided."""
    if not held.may(rights.PROPOSE, proposal.association.body):
        return Refusal("bodies.not_representative")
    return moves(proposal, ProposalState.WITHDRAWN)


def looked_again(meanwhile: Collection[str], *, seen: bool) -> Refusal | None:
    """What changed since it was proposed must be looked at before it is written over."""
    if meanwhile and not seen:
        return Refusal("bodies.changed_meanwhile", place="looked")
    return None


def may_verify(held: "Powers", fact: "Fact", *, source: str) -> Refusal | None:
    """A fact is verified by the secretariat of its territory, from a source that is named."""
    if not held.may(rights.VERIFY, fact.association.body):
        return Refusal("bodies.not_verifier")
    if fact.association.body.merged_into_id:
        return Refusal("bodies.merged")
    if FactState.VERIFIED not in NEXT_FACT[FactState(fact.state)]:
        return Refusal("bodies.already_verified", place="facts")
    return None if source.strip() else Refusal("bodies.source_needed", place="source")


def may_lead(mandate: "Mandate", *, since: date) -> Refusal | None:
    """Another leader begins after the one who holds an account and the seat now began."""
    if mandate.person_id is None or mandate.since < since:
        return None
    return Refusal("bodies.leader_before", place="leader_since", day=mandate.since.isoformat())
