"""What of bodies and the register waits for a person, and what they wait for; for the desk."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Min, Q

from kelisim.bodies import rights
from kelisim.bodies.models import (
    Appointment,
    Association,
    Body,
    Fact,
    Proposal,
    Yearly,
)
from kelisim.bodies.queries import office
from kelisim.bodies.queries.posts import Post, appointments, posts
from kelisim.bodies.queries.powers import Held, Powers
from kelisim.bodies.queries.yearly import expected, expected_since, without
from kelisim.bodies.states import (
    AppointmentState,
    FactState,
    Nature,
    ProposalState,
    YearlyKind,
)

MOST = 20
"""So many lines of one sort; of more, the list is one press away."""


@dataclass(frozen=True, slots=True)
class DueFacts:
    """How many records of my territory have facts due again, since when."""

    records: int
    since: date | None


@dataclass(frozen=True, slots=True)
class Own:
    """What my own association owes: a plan or report of a year."""

    body: Body
    kind: YearlyKind
    year: int

    @property
    def since(self) -> date:
        return expected_since(self.kind, self.year)


@dataclass(slots=True)
class Waiting:
    """Everything of this room that stands on a person's desk."""

    to_decide: Sequence[Proposal] = ()
    more_to_decide: bool = False
    returned: Sequence[Proposal] = ()
    proposed: Sequence[Proposal] = ()
    due: DueFacts | None = None
    without_report: int = 0
    report_year: int = 0
    accreditations: int = 0
    accredited_until: date | None = None
    consents: Sequence[Appointment] = ()
    consented: Sequence[Appointment] = ()
    asked: Sequence[Appointment] = ()
    posts: Sequence[Post] = ()
    own_missing: Sequence[Own] = ()
    own_due: Sequence[tuple[Association, int, date]] = field(default_factory=list)


def waiting(held: Powers, on: date) -> Waiting:
    """At most ten queries, whatever the size; none for whoever holds nothing."""
    found = Waiting()
    if held.may(rights.VERIFY) or held.may(rights.PROPOSE):
        proposals(found, held)
    if held.may(rights.VERIFY):
        found.due = due(held, on)
    if held.may(rights.REGISTER):
        found.report_year = expected(YearlyKind.REPORT, on)
        missing = without(YearlyKind.REPORT, found.report_year, on)
        mine = Body.objects.filter(held.reached(rights.REGISTER))
        found.without_report = missing.filter(body__in=mine).count()
    if held.may(rights.ACCREDIT):
        ending(found, held, on)
    if held.may(rights.APPOINT):
        found.posts = posts(held, on, limit=MOST)[:MOST]
    if held.may(rights.APPOINT) or held.may(rights.CONSENT):
        consenting(found, held)
    if own := organisations(held):
        owed(found, own, on)
    return found


def organisations(held: Powers) -> list[Held]:
    """The posts by which somebody speaks for an association."""
    return [post for post in held.held if post.nature is Nature.ASSOCIATION]


def proposals(found: Waiting, held: Powers) -> None:
    """Those to decide in my territory, the oldest first; how those of my association ended.

    A returned one waits until another is proposed. Two queries.
    """
    own = [post.body.pk for post in organisations(held)]
    rows = Proposal.objects.select_related("association__body", "proposed_by")
    if held.may(rights.VERIFY):
        decide = Body.objects.filter(held.reached(rights.VERIFY)).exclude(pk__in=own)
        waits = rows.filter(state=ProposalState.PROPOSED, association__body__in=decide)
        found.to_decide = list(waits.order_by("proposed_at", "pk")[: MOST + 1])
        found.more_to_decide = len(found.to_decide) > MOST
        found.to_decide = found.to_decide[:MOST]
    if own:
        mine = rows.filter(association__in=own).order_by("-proposed_at", "-pk")
        last: dict[int, Proposal] = {}
        for row in mine[: 3 * MOST]:
            last.setdefault(row.association_id, row)
        found.returned = [row for row in last.values() if row.state == ProposalState.RETURNED]
        found.proposed = [row for row in last.values() if row.state == ProposalState.PROPOSED]


def due(held: Powers, on: date) -> DueFacts | None:
    """Facts of my territory that are due again; one query."""
    row = Fact.objects.filter(
        Q(state=FactState.DUE) | Q(state=FactState.VERIFIED, due_on__lte=on),
        association__in=office.mine(held, rights.VERIFY),
    ).aggregate(records=Count("association", distinct=True), since=Min("due_on"))
    return DueFacts(row["records"], row["since"]) if row["records"] else None


def ending(found: Waiting, held: Powers, on: date) -> None:
    """Accreditations that end within three months or have ended; one query."""
    rows = office.accredited_until(held, rights.ACCREDIT, on, office.AHEAD)
    row = rows.order_by().aggregate(number=Count("pk"), first=Min("until"))
    found.accreditations, found.accredited_until = row["number"], row["first"]


def consenting(found: Waiting, held: Powers) -> None:
    """Consents asked of my body; my own appointments that were consented to, or wait. One query."""
    rows = list(appointments(held)[: 3 * MOST])
    asked = [row for row in rows if row.state == AppointmentState.ASKED]
    mine = [row for row in rows if held.may(rights.APPOINT, row.seat.body)]
    found.consents = [row for row in asked if held.may(rights.CONSENT, row.consent_of)][:MOST]
    found.consented = [row for row in mine if row.state == AppointmentState.GIVEN][:MOST]
    decides = {row.pk for row in found.consents}
    found.asked = [row for row in mine if row in asked and row.pk not in decides][:MOST]


def owed(found: Waiting, own: Sequence[Held], on: date) -> None:
    """What my own associations owe, and which of their facts are due again; two queries."""
    bodies = {post.body.pk: post.body for post in own if not post.body.merged_into_id}
    wanted = {kind: expected(kind, on) for kind in YearlyKind}
    there = set(
        Yearly.objects.filter(
            Q(association__in=bodies) | Q(association__body__merged_into__in=bodies),
            year__in=set(wanted.values()),
        ).values_list("association_id", "association__body__merged_into_id", "kind", "year")
    )
    handed = {(of or pk, kind, year) for pk, of, kind, year in there}
    found.own_missing = [
        Own(body, kind, year)
        for pk, body in bodies.items()
        for kind, year in wanted.items()
        if (pk, kind.value, year) not in handed
    ]
    rows = (
        Association.objects.filter(body__in=bodies)
        .select_related("body")
        .annotate(due=Count("facts", filter=late(on)), since=Min("facts__due_on", filter=late(on)))
        .filter(due__gt=0)
        .order_by("since", "pk")
    )
    found.own_due = [(row, row.due, row.since) for row in rows]


def late(on: date) -> Q:
    return Q(facts__state=FactState.DUE) | Q(facts__state=FactState.VERIFIED, facts__due_on__lte=on)
