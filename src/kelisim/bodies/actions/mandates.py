"""Seats are established; people are appointed to them, suspended, deputised for, dismissed."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q

from kelisim.bodies import rights
from kelisim.bodies.actions.founding import NO_ACT, Act
from kelisim.bodies.actions.founding import locked as locked_body
from kelisim.bodies.models import Account, Body, Deputising, Mandate, Seat, Suspension
from kelisim.bodies.queries.powers import Powers, powers_at
from kelisim.bodies.rules import mandates as rules
from kelisim.bodies.states import Role
from kelisim.bodies.trees.terms import months_after
from kelisim.ledger.actions import record
from kelisim.ledger.mandates import Mandate as InTheNameOf
from kelisim.refusals import require

if TYPE_CHECKING:
    from kelisim.people.models import Person

ONESELF = InTheNameOf("people.oneself", "the person concerned")
type Words = Mapping[str, str]


@transaction.atomic
def establish(
    body_id: int,
    *,
    role: Role,
    words: Words | None = None,
    by: "Person | None",
    at: datetime,
    **terms: Any,
) -> Seat:
    """Make a seat; `terms`: its places, term_months, most_terms, rotates, votes, consent_of."""
    body = locked_body(body_id)
    held = powers_at(by, at)
    require(rules.may_establish(held, body, role))
    seat = Seat.objects.create(body=body, role=role, words=dict(words or {}), **terms)
    record(
        "bodies.seat_established",
        subject=seat,
        by=by,
        mandate=held.mandate(rights.FOUND, body),
        after={"body": body.slug, "role": role.value, "places": seat.places},
        at=at,
    )
    return seat


@transaction.atomic
def close_seat(seat_id: int, *, on: date, by: "Person | None", at: datetime) -> Seat:
    """No one is appointed to it from that day on."""
    seat = locked_seat(seat_id)
    held = powers_at(by, at)
    require(rules.may_establish(held, seat.body, Role(seat.role)))
    seat.closed_on = on
    seat.save(update_fields=["closed_on"])
    record(
        "bodies.seat_closed",
        subject=seat,
        by=by,
        mandate=held.mandate(rights.FOUND, seat.body),
        after={"on": on.isoformat()},
        at=at,
    )
    return seat


def locked_seat(seat_id: int) -> Seat:
    return (
        Seat.objects.select_for_update(of=("self",))
        .select_related("body__kind", "body__unit__parent", "body__parent")
        .get(pk=seat_id)
    )


def locked_mandate(mandate_id: int) -> Mandate:
    """The mandate with its seat locked first, so that all who change one seat stand in one line."""
    seat_id = Mandate.objects.values_list("seat_id", flat=True).get(pk=mandate_id)
    locked_seat(seat_id)
    return (
        Mandate.objects.select_for_update(of=("self",))
        .select_related("seat__body__kind", "seat__body__unit__parent", "seat__body__parent")
        .get(pk=mandate_id)
    )


def someone(person: "Person | None", holder: str) -> Q:
    return Q(person=person) if person else Q(holder=holder)


@transaction.atomic
def appoint(
    seat_id: int,
    *,
    person: "Person | None" = None,
    holder: str = "",
    represents: Body | None = None,
    since: date,
    act: Act = NO_ACT,
    by: "Person | None",
    at: datetime,
) -> Mandate:
    """Appoint somebody to a seat. Raises Refused with every reason that speaks against it."""
    seat = locked_seat(seat_id)
    held = powers_at(by, at)
    oneself = by is not None and person is not None and by.pk == person.pk
    require(
        rules.may_appoint(held, seat, oneself=oneself) or rules.needs_consent(seat, given=False)
    )
    return take_seat(
        seat, person, holder, represents, since=since, act=act, by=by, held=held, at=at
    )


def take_seat(
    seat: Seat,
    person: "Person | None",
    holder: str,
    represents: Body | None,
    *,
    since: date,
    act: Act,
    by: "Person | None",
    held: Powers,
    at: datetime,
) -> Mandate:
    """Put somebody into a seat that is open to them, and record it."""
    mandates = Mandate.objects.filter(seat=seat)
    theirs = mandates.filter(someone(person, holder))
    last = mandates.filter(since__lt=since).order_by("-since").first() if seat.rotates else None
    after_that = Q(until__isnull=True) | Q(until__gt=since)
    require(
        rules.seat_is_open(
            seat,
            since=since,
            holders=mandates.filter(after_that).count(),
            served=theirs.filter(since__lt=since).count(),
            already=theirs.filter(after_that).exists(),
            represents=represents,
            last=last.represents_id if last else None,
        )
    )
    months = seat.term_months
    mandate = Mandate.objects.create(
        seat=seat,
        person=person,
        holder="" if person else holder,
        represents=represents,
        since=since,
        until=months_after(since, months) if months else None,
        term=theirs.filter(since__lt=since).count() + 1,
        appointed_by=act.cited(),
    )
    record(
        "bodies.appointed",
        subject=mandate,
        by=by,
        mandate=held.mandate(rights.APPOINT, seat.body),
        after={
            "body": seat.body.slug,
            "role": seat.role,
            "since": since.isoformat(),
            "term": mandate.term,
            "represents": represents.slug if represents else "",
        },
        at=at,
    )
    return mandate


@transaction.atomic
def end(
    mandate_id: int,
    *,
    on: date,
    because: str,
    act: Act = NO_ACT,
    by: "Person | None",
    at: datetime,
) -> Mandate:
    """A mandate ends before or at its term; `on` is the first day without it."""
    mandate = locked_mandate(mandate_id)
    held = powers_at(by, at)
    require(rules.may_end(held, mandate, on=on, because=because))
    was = mandate.until
    mandate.until, mandate.ended_because, mandate.ended_by = on, because, act.cited()
    mandate.save(update_fields=["until", "ended_because", "ended_by"])
    record(
        "bodies.mandate_ended",
        subject=mandate,
        by=by,
        mandate=held.mandate(rights.APPOINT, mandate.seat.body),
        because=because,
        before={"until": was.isoformat() if was else ""},
        after={"until": on.isoformat()},
        at=at,
    )
    return mandate


@transaction.atomic
def suspend(
    mandate_id: int,
    *,
    since: date,
    because: str,
    act: Act = NO_ACT,
    by: "Person | None",
    at: datetime,
) -> Suspension:
    """Let a mandate rest from a day on."""
    mandate = locked_mandate(mandate_id)
    held = powers_at(by, at)
    resting = Suspension.objects.filter(mandate=mandate, until__isnull=True).exists()
    require(rules.may_suspend(held, mandate, on=since, rests=resting, because=because))
    suspension = Suspension.objects.create(
        mandate=mandate, since=since, because=because, act=act.cited()
    )
    record(
        "bodies.suspended",
        subject=mandate,
        by=by,
        mandate=held.mandate(rights.APPOINT, mandate.seat.body),
        because=because,
        after={"since": since.isoformat()},
        at=at,
    )
    return suspension


@transaction.atomic
def resume(mandate_id: int, *, on: date, by: "Person | None", at: datetime) -> Mandate:
    """A suspended mandate is taken up again on a day."""
    mandate = locked_mandate(mandate_id)
    held = powers_at(by, at)
    resting = Suspension.objects.filter(mandate=mandate, until__isnull=True, since__lt=on).first()
    require(rules.may_resume(held, mandate, rests=resting is not None))
    if resting:
        resting.until = on
        resting.save(update_fields=["until"])
    record(
        "bodies.resumed",
        subject=mandate,
        by=by,
        mandate=held.mandate(rights.APPOINT, mandate.seat.body),
        after={"on": on.isoformat()},
        at=at,
    )
    return mandate


@transaction.atomic
def deputise(
    mandate_id: int,
    *,
    deputy: Mandate,
    since: date,
    until: date,
    act: Act = NO_ACT,
    by: "Person | None",
    at: datetime,
) -> Deputising:
    """Let another act in this seat for a time; `until` is the first day without it."""
    mandate = locked_mandate(mandate_id)
    held = powers_at(by, at)
    oneself = by is not None and by.pk == deputy.person_id
    require(rules.may_deputise(held, mandate, deputy, since=since, until=until, oneself=oneself))
    deputising = Deputising.objects.create(
        mandate=mandate, deputy=deputy, since=since, until=until, act=act.cited()
    )
    record(
        "bodies.deputised",
        subject=mandate,
        by=by,
        mandate=held.mandate(rights.APPOINT, mandate.seat.body),
        after={"since": since.isoformat(), "until": until.isoformat(), "deputy": deputy.pk},
        at=at,
    )
    return deputising


@transaction.atomic
def give_account(
    mandate_id: int, *, year: int, undertook: str, text: str, by: "Person", at: datetime
) -> Account:
    """Say of one's own year what one undertook and did. Only the holder does."""
    mandate = Mandate.objects.select_for_update(of=("self",)).get(pk=mandate_id)
    require(rules.may_give_account(mandate, by, year=year, on=at.date()))
    account, _made = Account.objects.update_or_create(
        mandate=mandate, year=year, defaults={"undertook": undertook, "text": text, "at": at}
    )
    record(
        "bodies.account_given",
        subject=account,
        by=by,
        mandate=ONESELF,
        after={"year": year},
        at=at,
    )
    return account
