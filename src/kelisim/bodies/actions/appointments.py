"""Appointments that need another body's consent: asked for, given or refused, completed."""

from datetime import date, datetime
from typing import TYPE_CHECKING, cast

from django.db import transaction

from kelisim.bodies import rights
from kelisim.bodies.actions.founding import NO_ACT, Act
from kelisim.bodies.actions.mandates import locked_seat, take_seat
from kelisim.bodies.models import Appointment, Body, Mandate
from kelisim.bodies.queries.powers import powers_at
from kelisim.bodies.rules import mandates as rules
from kelisim.bodies.states import AppointmentState
from kelisim.ledger.actions import record
from kelisim.refusals import require

if TYPE_CHECKING:
    from kelisim.people.models import Person

OPEN = (AppointmentState.ASKED, AppointmentState.GIVEN)


def locked(appointment_id: int) -> Appointment:
    return (
        Appointment.objects.select_for_update(of=("self",))
        .select_related(
            "seat__body__kind",
            "seat__body__unit__parent",
            "seat__body__parent",
            "consent_of__unit__parent",
            "represents",
            "person",
        )
        .get(pk=appointment_id)
    )


@transaction.atomic
def ask_consent(
    seat_id: int,
    *,
    person: "Person | None" = None,
    holder: str = "",
    represents: Body | None = None,
    since: date,
    grounds: str = "",
    by: "Person",
    at: datetime,
) -> Appointment:
    """Propose somebody for a seat to the body whose consent it needs."""
    seat = locked_seat(seat_id)
    held = powers_at(by, at)
    open_one = Appointment.objects.filter(seat=seat, state__in=OPEN).exists()
    require(rules.may_ask(held, seat, open_one=open_one))
    consenting = cast("Body", seat.consent_of)
    appointment = Appointment.objects.create(
        seat=seat,
        person=person,
        holder="" if person else holder,
        represents=represents,
        since=since,
        consent_of=consenting,
        grounds=grounds,
        asked_at=at,
        asked_by=by,
    )
    record(
        "bodies.consent_asked",
        subject=appointment,
        by=by,
        mandate=held.mandate(rights.APPOINT, seat.body),
        after={"body": seat.body.slug, "role": seat.role, "since": since.isoformat()},
        at=at,
    )
    return appointment


def decide(
    appointment_id: int, to: AppointmentState, act: str, *, reason: str, by: "Person", at: datetime
) -> Appointment:
    appointment = locked(appointment_id)
    held = powers_at(by, at)
    require(rules.may_decide(held, appointment, to, reason=reason))
    appointment.state, appointment.reason = to, reason
    appointment.decided_at, appointment.decided_by = at, by
    appointment.save(update_fields=["state", "reason", "decided_at", "decided_by"])
    record(
        act,
        subject=appointment,
        by=by,
        mandate=held.mandate(rights.CONSENT, appointment.consent_of),
        because=reason,
        before={"state": AppointmentState.ASKED.value},
        after={"state": to.value},
        at=at,
    )
    return appointment


@transaction.atomic
def give_consent(appointment_id: int, *, by: "Person", at: datetime) -> Appointment:
    """The body that was asked agrees."""
    act = "bodies.consent_given"
    return decide(appointment_id, AppointmentState.GIVEN, act, reason="", by=by, at=at)


@transaction.atomic
def refuse_consent(appointment_id: int, *, reason: str, by: "Person", at: datetime) -> Appointment:
    """The body that was asked does not agree, and says why."""
    act = "bodies.consent_refused"
    return decide(appointment_id, AppointmentState.REFUSED, act, reason=reason, by=by, at=at)


@transaction.atomic
def withdraw(appointment_id: int, *, by: "Person", at: datetime) -> Appointment:
    """Whoever asked thinks again, before anybody is appointed."""
    appointment = locked(appointment_id)
    held = powers_at(by, at)
    require(rules.may_withdraw(held, appointment))
    was = appointment.state
    appointment.state = AppointmentState.WITHDRAWN
    if appointment.decided_by_id is None:
        appointment.decided_at, appointment.decided_by = at, by
    appointment.save(update_fields=["state", "decided_at", "decided_by"])
    record(
        "bodies.appointment_withdrawn",
        subject=appointment,
        by=by,
        mandate=held.mandate(rights.APPOINT, appointment.seat.body),
        before={"state": was},
        after={"state": appointment.state.value},
        at=at,
    )
    return appointment


@transaction.atomic
def complete(
    appointment_id: int, *, since: date | None = None, act: Act = NO_ACT, by: "Person", at: datetime
) -> Mandate:
    """Appoint whom the other body consented to."""
    appointment = locked(appointment_id)
    seat = locked_seat(appointment.seat_id)
    held = powers_at(by, at)
    oneself = appointment.person_id == by.pk
    require(rules.may_complete(held, appointment, oneself=oneself))
    mandate = take_seat(
        seat,
        appointment.person,
        appointment.holder,
        appointment.represents,
        since=since or appointment.since,
        act=act,
        by=by,
        held=held,
        at=at,
    )
    appointment.state, appointment.mandate = AppointmentState.APPOINTED, mandate
    appointment.save(update_fields=["state", "mandate"])
    return mandate
