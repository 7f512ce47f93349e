"""The register as its office sees it: lists with filters, and one record with all that waits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from kelisim.bodies import rights
from kelisim.bodies.models import (
    Accreditation,
    Association,
    Body,
    Fact,
    Likeness,
    Merging,
    Proposal,
    Reminder,
    Yearly,
)
from kelisim.bodies.queries import doubles
from kelisim.bodies.queries.directory import lies_in, named
from kelisim.bodies.queries.pages import WORDS
from kelisim.bodies.queries.powers import Powers
from kelisim.bodies.queries.record import facts_of
from kelisim.bodies.queries.tree import standing
from kelisim.bodies.queries.yearly import without
from kelisim.bodies.states import FactState, ProposalState, YearlyKind
from kelisim.bodies.trees.numbers import DIGITS
from kelisim.bodies.trees.record import FIELDS, Facts, plain

PAGE = 50
AHEAD = timedelta(days=90)
"""So long before its end an accreditation is said to be due again."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What an official looks for in the register; empty: everything."""

    words: str = ""
    region: str = ""
    state: str = ""
    level: str = ""


def mine(held: Powers, right: str) -> QuerySet[Association]:
    """The standing records over which somebody holds a right."""
    bodies = Body.objects.filter(held.reached(right), merged_into__isnull=True)
    return Association.objects.filter(body__in=bodies)


def of_state(state: str, on: date) -> Q:
    """The records that have a proposal waiting, or facts due again, declared, all verified."""
    facts = Fact.objects.filter(association=OuterRef("pk"))
    if state == "proposed":
        waiting = Proposal.objects.filter(association=OuterRef("pk"))
        return Q(Exists(waiting.filter(state=ProposalState.PROPOSED)))
    if state == FactState.DUE:
        return Q(Exists(facts.filter(Q(state=FactState.DUE) | Q(due_on__lte=on))))
    if state == FactState.DECLARED:
        return Q(Exists(facts.filter(state=FactState.DECLARED)))
    return ~Q(Exists(facts.exclude(state=FactState.VERIFIED, due_on__gt=on)))


def listing(held: Powers, asked: Asked, on: date, language: str) -> QuerySet[Association]:
    """The records that somebody looks after, or speaks for, in the language's order."""
    found = mine(held, rights.SEE_OFFICE).filter(
        Q(body__dissolved_on__isnull=True) | Q(body__dissolved_on__gt=on)
    )
    words = asked.words.strip()
    if words.isascii() and words.isdigit() and len(words) <= DIGITS:
        found = found.filter(bin__startswith=words)
    elif words:
        found = found.filter(body__in=Body.objects.filter(named(words)))
    if asked.region:
        found = found.filter(body__in=Body.objects.filter(lies_in(asked.region)))
    if asked.level:
        found = found.filter(level=asked.level)
    if asked.state:
        found = found.filter(of_state(asked.state, on))
    return found.select_related("body__unit__parent").order_by(f"body__order_{language}", "pk")


@dataclass(frozen=True, slots=True)
class Standing:
    """How many facts of a record are in which state, and whether a proposal waits."""

    declared: int = 0
    verified: int = 0
    due: int = 0
    proposed: bool = False


def standings(pks: Sequence[int], on: date) -> dict[int, Standing]:
    """For each record how surely it is known; two queries."""
    late = Q(state=FactState.DUE) | Q(state=FactState.VERIFIED, due_on__lte=on)
    rows = (
        Fact.objects.filter(association__in=pks)
        .order_by()
        .values("association_id")
        .annotate(
            declared=Count("pk", filter=Q(state=FactState.DECLARED)),
            verified=Count("pk", filter=Q(state=FactState.VERIFIED, due_on__gt=on)),
            due=Count("pk", filter=late),
        )
    )
    waiting = set(
        Proposal.objects.filter(association__in=pks, state=ProposalState.PROPOSED).values_list(
            "association_id", flat=True
        )
    )
    found = {pk: Standing(proposed=pk in waiting) for pk in pks}
    for row in rows:
        pk = row["association_id"]
        found[pk] = Standing(row["declared"], row["verified"], row["due"], pk in waiting)
    return found


@dataclass(frozen=True, slots=True)
class Due:
    """A region, how many records and facts are due again in it, and since when."""

    region: str
    records: int
    facts: int
    since: date


def due_by_region(held: Powers, on: date) -> list[Due]:
    """What is due again, by region (no region: the whole country); one query."""
    rows = (
        Fact.objects.filter(
            Q(state=FactState.DUE) | Q(state=FactState.VERIFIED, due_on__lte=on),
            association__in=mine(held, rights.VERIFY),
        )
        .order_by()
        .values("association__body__unit__kato", "association__body__unit__parent__kato")
        .annotate(
            records=Count("association", distinct=True), facts=Count("pk"), since=Min("due_on")
        )
    )
    found: dict[str, Due] = {}
    for row in rows:
        district = row["association__body__unit__kato"]
        region = row["association__body__unit__parent__kato"] or district or ""
        so_far = found.get(region, Due(region, 0, 0, row["since"]))
        found[region] = Due(
            region,
            so_far.records + row["records"],
            so_far.facts + row["facts"],
            min(so_far.since, row["since"]),
        )
    return sorted(found.values(), key=lambda due: (due.since, due.region))


@dataclass(frozen=True, slots=True)
class Line:
    """One fact of a record: its values, how surely it is known, and whether it can be verified."""

    key: str
    fact: Fact | None
    values: Mapping[str, object]
    state: FactState | None

    @property
    def words(self) -> str:
        return str(WORDS[self.key])

    @property
    def open(self) -> bool:
        return self.state in {FactState.DECLARED, FactState.DUE}


@dataclass(frozen=True, slots=True)
class Whole:
    """All that the office knows of a record."""

    association: Association
    facts: Facts
    lines: Sequence[Line]
    proposals: Sequence[Proposal]
    yearly: Sequence[Yearly]
    reminders: Sequence[Reminder]
    accreditations: Sequence[Accreditation]
    likenesses: Sequence[Likeness]
    mergings: Sequence[Merging]
    branches: Sequence[Body]


def one(slug: str) -> Association | None:
    """The record at an address, with all that names it; one query."""
    return (
        Association.objects.select_related(
            "body__kind", "body__unit__parent", "body__parent", "body__merged_into"
        )
        .filter(body__slug=slug)
        .first()
    )


def whole(association: Association, on: date) -> Whole:
    """A record with everything that the office keeps of it; a fixed number of queries."""
    facts = facts_of([association], on)[association.pk]
    known = {fact.field: fact for fact in Fact.objects.filter(association=association)}
    # What was handed in by doubles that were merged into it stays readable here.
    both = Q(association=association) | Q(association__body__merged_into=association.pk)
    return Whole(
        association=association,
        facts=facts,
        lines=lines(facts, known, on),
        proposals=list(
            Proposal.objects.filter(association=association)
            .select_related("proposed_by", "decided_by")
            .order_by("-proposed_at", "-pk")[:20]
        ),
        yearly=list(
            Yearly.objects.filter(both)
            .select_related("handed_in_by", "association__body")
            .defer("file")
            .order_by("-year", "kind", "pk")
        ),
        reminders=list(Reminder.objects.filter(association=association)),
        accreditations=list(Accreditation.objects.filter(both).select_related("association__body")),
        likenesses=doubles.of(association),
        mergings=list(
            Merging.objects.filter(Q(kept=association) | Q(away=association)).select_related(
                "kept__body", "away__body"
            )
        ),
        branches=list(Body.objects.filter(parent=association.pk).order_by("order_kk", "pk")),
    )


def lines(facts: Facts, known: Mapping[str, Fact], on: date) -> list[Line]:
    """A record fact by fact, in the register's order."""
    values = plain(facts)
    return [
        Line(
            key,
            known.get(key),
            {name: values[name] for name in FIELDS[key]},
            state_on(known.get(key), on),
        )
        for key in FIELDS
    ]


def state_on(fact: Fact | None, on: date) -> FactState | None:
    """The state on a day: what fell due since the last night is due, marked so or not."""
    if fact is None:
        return None
    if fact.state == FactState.VERIFIED and fact.due_on and fact.due_on <= on:
        return FactState.DUE
    return FactState(fact.state)


def proposal(pk: int) -> Proposal | None:
    """A proposal with its record; one query."""
    return (
        Proposal.objects.select_related(
            "association__body__kind",
            "association__body__unit__parent",
            "association__body__parent",
            "proposed_by",
            "decided_by",
        )
        .filter(pk=pk)
        .first()
    )


def missing(
    held: Powers, kind: YearlyKind, year: int, on: date, language: str
) -> QuerySet[Association]:
    """Those of one's territory without a plan or report of a year, in the language's order."""
    reminded = Reminder.objects.filter(association=OuterRef("pk"), kind=kind, year=year)
    return (
        without(kind, year, on)
        .filter(body__in=Body.objects.filter(held.reached(rights.REGISTER)))
        .select_related("body__unit__parent")
        .annotate(
            reminded=Exists(reminded.filter(sent_at__isnull=False)),
            unsure=Exists(reminded.filter(sent_at__isnull=True)),
        )
        .order_by(f"body__order_{language}", "pk")
    )


def accredited_until(
    held: Powers, right: str, on: date, ahead: timedelta
) -> QuerySet[Accreditation]:
    """The last accreditations of standing records that end soon or have ended; the oldest first."""
    newer = Accreditation.objects.filter(
        association=OuterRef("association"), since__gt=OuterRef("since")
    )
    bodies = standing(Body.objects.filter(held.reached(right)), on)
    return (
        Accreditation.objects.filter(
            ~Exists(newer),
            association__body__in=bodies,
            until__lte=on + ahead,
            revoked_on__isnull=True,
        )
        .select_related("association__body__unit__parent")
        .order_by("until", "pk")
    )
