"""Associations are entered in the register, and what is known of them is changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localtime

from kelisim.bodies import rights
from kelisim.bodies.actions import founding
from kelisim.bodies.actions.finding import show
from kelisim.bodies.models import (
    Association,
    Body,
    Fact,
    Kind,
    Mandate,
    Membership,
    Offering,
    Seat,
    Tag,
)
from kelisim.bodies.queries.powers import Powers, current, powers_at
from kelisim.bodies.queries.record import facts_of
from kelisim.bodies.rules import record as rules
from kelisim.bodies.states import FactState, Role
from kelisim.bodies.trees.record import FIELDS, Facts, changed
from kelisim.bodies.trees.terms import months_after
from kelisim.ledger.actions import record
from kelisim.refusals import Refusal, require
from kelisim.territory.models import Unit
from kelisim.territory.queries import on_day

if TYPE_CHECKING:
    from kelisim.people.models import Person


@dataclass(frozen=True, slots=True)
class Known:
    """What records refer to, read once for any number of them; five queries."""

    on: date
    units: Mapping[str, Unit]
    tags: Mapping[tuple[str, str], Tag]
    parents: Mapping[str, Body]
    bins: dict[str, int]
    kinds: Mapping[str, Kind]
    keys: Mapping[str, frozenset[str]] = field(default_factory=dict)


def known(on: date) -> Known:
    tags = {(tag.kind, tag.key): tag for tag in Tag.objects.all()}
    bodies = Body.objects.filter(association__isnull=False, merged_into=None)
    return Known(
        on=on,
        units={unit.kato: unit for unit in on_day(Unit.objects.select_related("parent"), on)},
        tags=tags,
        parents={body.slug: body for body in bodies.select_related("unit__parent")},
        bins=dict(Association.objects.exclude(bin="").values_list("bin", "pk")),
        kinds={kind.key: kind for kind in Kind.objects.filter(registered=True)},
        keys={
            kind: frozenset(key for of, key in tags if of == kind)
            for kind in ("community", "language", "activity")
        },
    )


def problems(facts: Facts, there: Known, *, own: int | None = None) -> list[Refusal]:
    """Everything wrong with a record, asked of what is known."""
    return rules.problems(
        facts,
        on=there.on,
        units=there.units,
        tags=there.keys,
        parents=there.parents,
        bins=there.bins,
        own=own,
    )


@transaction.atomic
def enter(
    facts: Facts,
    *,
    kind: str = "association",
    slug: str = "",
    founded_on: date | None = None,
    source: str,
    as_of: date | None = None,
    invented: bool = False,
    by: "Person | None",
    at: datetime,
    there: Known | None = None,
) -> Association:
    """Enter an association in the register. Raises Refused with everything that is wrong.

    `there` is what `known` gave, where many are entered at once.
    """
    on = localtime(at).date()
    there = there or known(on)
    require(*problems(facts, there))
    held = powers_at(by, at)
    unit = there.units.get(facts.unit)
    require(rules.may_keep(held, Body(path="", unit=unit)))
    body = Body(
        slug=slug or founding.free_slug(facts.name),
        kind=there.kinds[kind],
        parent=there.parents.get(facts.parent),
        founded_on=founded_on,
        invented=invented,
        unit=unit,
    )
    founding.called(body, facts.name)
    body.save()
    body.path = f"{body.parent.path if body.parent else '/'}{body.pk}/"
    body.save(update_fields=["path"])
    association = Association.objects.create(body=body, level=facts.level)
    put(association, facts, list(FIELDS), there)
    declare(association, list(FIELDS), source=source, as_of=as_of or on)
    record(
        "bodies.entered",
        subject=association,
        by=by,
        mandate=held.mandate(rights.REGISTER, body),
        after={"slug": body.slug, "level": facts.level.value, "territory": facts.unit},
        at=at,
    )
    show(body)
    return association


def locked(body_id: int) -> Association:
    """The association with its body locked: whoever changes a record stands in one line."""
    body = founding.locked(body_id)
    association = Association.objects.get(pk=body_id)
    association.body = body
    return association


@transaction.atomic
def correct(
    body_id: int,
    *,
    facts: Facts,
    source: str,
    as_of: date | None = None,
    verified: bool = False,
    by: "Person | None",
    at: datetime,
    there: Known | None = None,
) -> list[str]:
    """Make a record say this; gives the facts that changed. What did not change stays as it was.

    `verified`: the secretariat has checked it against the source that is named.
    """
    association = locked(body_id)
    held = powers_at(by, at)
    require(rules.may_keep(held, association.body))
    return write(
        association,
        facts,
        source=source,
        as_of=as_of,
        verified=verified,
        by=by,
        held=held,
        right=rights.REGISTER,
        at=at,
        there=there,
    )


def write(
    association: Association,
    facts: Facts,
    *,
    source: str,
    as_of: date | None,
    verified: bool,
    by: "Person | None",
    held: Powers,
    right: str,
    at: datetime,
    there: Known | None = None,
) -> list[str]:
    """Write what differs, declare it (or verify it), record which facts changed."""
    on = localtime(at).date()
    there = there or known(on)
    was = facts_of([association], on)[association.pk]
    different = changed(was, facts)
    if not different:
        return []
    require(*problems(facts, there, own=association.pk))
    put(association, facts, different, there)
    checked = on if verified else None
    declare(association, different, source=source, as_of=as_of or on, verified_on=checked)
    record(
        "bodies.record_changed",
        subject=association,
        by=by,
        mandate=held.mandate(right, association.body),
        after={"facts": " ".join(different), "verified": verified},
        at=at,
    )
    show(association.body)
    return different


MONTHS_VERIFIED = 12


def declare(
    association: Association,
    names: Sequence[str],
    *,
    source: str,
    as_of: date,
    verified_on: date | None = None,
) -> None:
    """Say of these facts where they come from; what was verified before is declared anew."""
    state = FactState.VERIFIED if verified_on else FactState.DECLARED
    due = months_after(verified_on, MONTHS_VERIFIED) if verified_on else None
    Fact.objects.bulk_create(
        [
            Fact(
                association=association,
                field=name,
                source=source[:200],
                as_of=as_of,
                state=state,
                verified_on=verified_on,
                due_on=due,
            )
            for name in names
        ],
        update_conflicts=True,
        unique_fields=["association", "field"],
        update_fields=["source", "as_of", "state", "verified_on", "due_on"],
    )


OF_BODY = ("short", "address", "phone", "email", "site", "office_phone", "office_email")
OF_RECORD = (
    *("level", "legal_form", "bin", "justice"),
    *("record_number", "recorded_on", "recorded_where"),
)


def put(association: Association, facts: Facts, names: Sequence[str], there: Known) -> None:
    """Put the values of these facts where they are kept."""
    values = {value for name in names for value in FIELDS[name]}
    body = association.body
    if "name" in values:
        founding.called(body, facts.name)
    for name in OF_BODY:
        setattr(body, name, getattr(facts, name))
    body.unit = there.units.get(facts.unit)
    if "parent" in values:
        body.parent = there.parents.get(facts.parent)
        founding.hang(body)
    body.save()
    for name in OF_RECORD:
        setattr(association, name, getattr(facts, name))
    association.save()
    if association.bin:
        there.bins[association.bin] = association.pk
    if values & rules.TAGGED.keys():
        association.tags.set(
            there.tags[kind, key]
            for name, kind in rules.TAGGED.items()
            for key in getattr(facts, name)
        )
    if "offers" in values:
        put_offers(body, facts, there)
    if "members" in values:
        Membership.objects.filter(association=association).delete()
        Membership.objects.bulk_create(
            Membership(association=association, year=year, count=count)
            for year, count in facts.members.items()
        )
    if "leader" in values and facts.leader:
        put_leader(body, facts, there.on)


def put_offers(body: Body, facts: Facts, there: Known) -> None:
    Offering.objects.filter(body=body).delete()
    Offering.objects.bulk_create(
        Offering(
            body=body,
            kind=offer.kind,
            name=dict(offer.name),
            language=there.tags.get(("language", offer.language)),
            place=dict(offer.place),
            seats=offer.seats,
        )
        for offer in facts.offers
    )


def put_leader(body: Body, facts: Facts, on: date) -> None:
    """Whoever is named leads from the day that is named; a leader before ends on that day.

    Somebody with an account keeps theirs where the register names the same person.
    """
    seat, _made = Seat.objects.get_or_create(body=body, role=Role.LEADER, defaults={"places": 1})
    since = facts.leader_since or on
    for mandate in current(Mandate.objects.filter(seat=seat).select_related("person"), on):
        if mandate.called == facts.leader:
            Mandate.objects.filter(pk=mandate.pk).update(since=since)
            return
        require(rules.may_lead(mandate, since=since))
        if mandate.since >= since:
            # Entered wrongly before: the same seat on the same days, under another name.
            Mandate.objects.filter(pk=mandate.pk).update(holder=facts.leader, since=since)
            return
        Mandate.objects.filter(pk=mandate.pk).update(until=since)
    Mandate.objects.create(seat=seat, holder=facts.leader, since=since)
