"""The values of records put where they are kept: any number of them in as many queries as one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from kelisim.bodies.actions import founding
from kelisim.bodies.models import (
    Association,
    Body,
    Fact,
    Mandate,
    Membership,
    Offering,
    Seat,
    Tag,
)
from kelisim.bodies.queries.known import Known
from kelisim.bodies.queries.powers import current
from kelisim.bodies.rules import record as rules
from kelisim.bodies.states import FactState, Role
from kelisim.bodies.trees.record import FIELDS, Facts
from kelisim.bodies.trees.terms import months_after
from kelisim.refusals import require

MONTHS_VERIFIED = 12
OF_BODY = ("short", "address", "phone", "email", "site", "office_phone", "office_email")
SAVED = ("name", "order_kk", "order_ru", "order_en", *OF_BODY, "unit", "parent")
OF_RECORD = (
    *("level", "legal_form", "bin", "justice"),
    *("record_number", "recorded_on", "recorded_where"),
)


@dataclass(frozen=True, slots=True)
class Change:
    """A record, what it becomes, and the facts (keys of FIELDS) to put."""

    association: Association
    facts: Facts
    names: Sequence[str]

    @property
    def values(self) -> set[str]:
        return {value for name in self.names for value in FIELDS[name]}


@dataclass(frozen=True, slots=True)
class Source:
    """Where facts come from, of which day; the day on which they were verified, or None."""

    words: str
    as_of: date
    verified_on: date | None = None


def declare(changes: Iterable[Change], source: Source) -> None:
    """Say of these facts where they come from; what was verified before is declared anew."""
    state = FactState.VERIFIED if source.verified_on else FactState.DECLARED
    due = months_after(source.verified_on, MONTHS_VERIFIED) if source.verified_on else None
    Fact.objects.bulk_create(
        [
            Fact(
                association=change.association,
                field=name,
                source=source.words[:200],
                as_of=source.as_of,
                state=state,
                verified_on=source.verified_on,
                due_on=due,
            )
            for change in changes
            for name in change.names
        ],
        update_conflicts=True,
        unique_fields=["association", "field"],
        update_fields=["source", "as_of", "state", "verified_on", "due_on"],
    )


def described(body: Body, facts: Facts, there: Known) -> None:
    """Give a body, not yet saved, its names, contacts, territory and parent."""
    founding.called(body, facts.name)
    for name in OF_BODY:
        setattr(body, name, getattr(facts, name))
    body.unit = there.units.get(facts.unit)
    body.parent = there.parents.get(facts.parent)


def recorded(association: Association, facts: Facts) -> None:
    for name in OF_RECORD:
        setattr(association, name, getattr(facts, name))


def save(change: Change, there: Known) -> None:
    """Put what stands with the body and with the record itself."""
    association, facts = change.association, change.facts
    body = association.body
    described(body, facts, there)
    if "parent" in change.values:
        # A change before this one may have moved either of them.
        ends = [body, *([body.parent] if body.parent else [])]
        paths = dict(Body.objects.filter(pk__in=[end.pk for end in ends]).values_list("pk", "path"))
        for end in ends:
            end.path = paths[end.pk]
        founding.hang(body)
    body.save(update_fields=SAVED)
    recorded(association, facts)
    association.save()


def put(changes: Sequence[Change], there: Known) -> None:
    """Put what stands in tables of its own."""
    there.bins.update(
        (change.facts.bin, change.association.pk) for change in changes if change.facts.bin
    )
    put_tags([change for change in changes if change.values & rules.TAGGED.keys()], there)
    put_offers([change for change in changes if "offers" in change.values], there)
    put_members([change for change in changes if "members" in change.values])
    put_leaders(
        [change for change in changes if "leader" in change.values and change.facts.leader],
        there.on,
    )


def put_tags(changes: Sequence[Change], there: Known) -> None:
    tagged = Tag.associations.through.objects
    tagged.filter(association__in=[change.association.pk for change in changes]).delete()
    tagged.bulk_create(
        Tag.associations.through(
            association_id=change.association.pk, tag_id=there.tags[kind, key].pk
        )
        for change in changes
        for name, kind in rules.TAGGED.items()
        for key in getattr(change.facts, name)
    )


def put_offers(changes: Sequence[Change], there: Known) -> None:
    Offering.objects.filter(body__in=[change.association.pk for change in changes]).delete()
    Offering.objects.bulk_create(
        Offering(
            body=change.association.body,
            kind=offer.kind,
            name=dict(offer.name),
            language=there.tags.get(("language", offer.language)),
            place=dict(offer.place),
            seats=offer.seats,
        )
        for change in changes
        for offer in change.facts.offers
    )


def put_members(changes: Sequence[Change]) -> None:
    Membership.objects.filter(
        association__in=[change.association.pk for change in changes]
    ).delete()
    Membership.objects.bulk_create(
        Membership(association=change.association, year=year, count=count)
        for change in changes
        for year, count in change.facts.members.items()
    )


def put_leaders(changes: Sequence[Change], on: date) -> None:
    """Whoever is named leads from the day that is named; a leader before ends on that day.

    Somebody with an account keeps theirs where the register names the same person.
    """
    pks = [change.association.pk for change in changes]
    seats = {seat.body_id: seat for seat in Seat.objects.filter(body__in=pks, role=Role.LEADER)}
    missing = [
        Seat(body=change.association.body, role=Role.LEADER, places=1)
        for change in changes
        if change.association.pk not in seats
    ]
    seats |= {seat.body_id: seat for seat in Seat.objects.bulk_create(missing)}
    led: dict[int, list[Mandate]] = {}
    held = Mandate.objects.filter(seat__in=[seat.pk for seat in seats.values()])
    for mandate in current(held, on).select_related("person"):
        led.setdefault(mandate.seat_id, []).append(mandate)
    new = []
    for change in changes:
        seat = seats[change.association.pk]
        since = change.facts.leader_since or on
        if not goes_on(led.get(seat.pk, []), change.facts.leader, since):
            new.append(Mandate(seat=seat, holder=change.facts.leader, since=since))
    Mandate.objects.bulk_create(new)


def goes_on(mandates: Iterable[Mandate], leader: str, since: date) -> bool:
    """Whether a mandate that is held is now this leader's; others end."""
    for mandate in mandates:
        own = Mandate.objects.filter(pk=mandate.pk)
        if mandate.called == leader:
            own.update(since=since)
            return True
        require(rules.may_lead(mandate, since=since))
        if mandate.since >= since:
            # Entered wrongly before: the same seat on the same days, under another name.
            own.update(holder=leader, since=since)
            return True
        own.update(until=since)
    return False
