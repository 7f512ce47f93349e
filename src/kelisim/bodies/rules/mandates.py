"""May somebody be appointed, suspended, deputised for, dismissed? Facts in, a Refusal or None."""

from datetime import date
from typing import TYPE_CHECKING

from kelisim.bodies import rights
from kelisim.bodies.states import NEXT_APPOINTMENT, ROLES, AppointmentState, Nature, Role
from kelisim.refusals import Refusal

if TYPE_CHECKING:
    from kelisim.bodies.models import Appointment, Body, Mandate, Seat
    from kelisim.bodies.queries.powers import Powers
    from kelisim.people.models import Person


def may_establish(held: "Powers", body: "Body", role: Role) -> Refusal | None:
    """Seats are made by those who found bodies; a body has only posts of its nature."""
    if not held.may(rights.FOUND, body):
        return Refusal("bodies.not_founder")
    if role not in ROLES[Nature(body.kind.nature)]:
        return Refusal("bodies.no_such_post", place="role", role=role.label)
    return Refusal("bodies.dissolved") if body.dissolved_on else None


def may_appoint(held: "Powers", seat: "Seat", *, oneself: bool = False) -> Refusal | None:
    """Those who appoint in that body, and never themselves."""
    if not held.may(rights.APPOINT, seat.body):
        return Refusal("bodies.not_appointer")
    return Refusal("bodies.appoints_oneself", place="person") if oneself else None


def is_named(*, email: str, name: str, known: bool, invite: bool) -> Refusal | None:
    """Whoever takes a seat has an account, is invited to one, or is named."""
    if not email:
        return None if name else Refusal("bodies.nobody_named", place="email")
    if known:
        return None
    if not invite:
        return Refusal("bodies.no_account", place="email", email=email)
    return None if name else Refusal("bodies.name_of_invited", place="name")


def seat_is_open(  # noqa: PLR0911  (one reason a line)
    seat: "Seat",
    *,
    since: date,
    holders: int,
    served: int = 0,
    already: bool = False,
    represents: "Body | None" = None,
    last: "int | None" = None,
) -> Refusal | None:
    """Whether somebody can take a seat: `holders` on that day, `served` whole terms before.

    `last` is the body represented by whoever held a rotating seat before.
    """
    if seat.body.dissolved_on and since >= seat.body.dissolved_on:
        return Refusal("bodies.dissolved")
    if seat.body.founded_on and since < seat.body.founded_on:
        return Refusal("bodies.before_founding", place="since")
    if seat.closed_on and since >= seat.closed_on:
        return Refusal("bodies.seat_closed", place="seat")
    if already:
        return Refusal("bodies.already_holds", place="person")
    if seat.places is not None and holders >= seat.places:
        return Refusal("bodies.no_vacancy", place="seat", places=seat.places)
    if seat.most_terms is not None and served >= seat.most_terms:
        return Refusal("bodies.terms_served", place="person", terms=seat.most_terms)
    if seat.rotates and represents is None:
        return Refusal("bodies.represents_nobody", place="represents")
    if seat.rotates and represents is not None and represents.pk == last:
        return Refusal("bodies.same_again", place="represents")
    return None


def needs_consent(seat: "Seat", *, given: bool) -> Refusal | None:
    if seat.consent_of_id and not given:
        return Refusal("bodies.consent_needed", place="seat")
    return None


def may_end(
    held: "Powers", mandate: "Mandate", *, on: date, because: str = "given"
) -> Refusal | None:
    """A mandate ends once, after it began, with a reason."""
    if not held.may(rights.APPOINT, mandate.seat.body):
        return Refusal("bodies.not_appointer")
    if mandate.until and mandate.until <= on:
        return Refusal("bodies.already_ended")
    if on <= mandate.since:
        return Refusal("bodies.ended_before_begun", place="on")
    return None if because.strip() else Refusal("bodies.reason_needed", place="because")


def may_suspend(
    held: "Powers", mandate: "Mandate", *, on: date, rests: bool, because: str
) -> Refusal | None:
    """While it lasts, once at a time, with a reason."""
    if not held.may(rights.APPOINT, mandate.seat.body):
        return Refusal("bodies.not_appointer")
    if on < mandate.since or (mandate.until and on >= mandate.until):
        return Refusal("bodies.not_held_then", place="on")
    if rests:
        return Refusal("bodies.already_suspended")
    return None if because.strip() else Refusal("bodies.reason_needed", place="because")


def may_resume(held: "Powers", mandate: "Mandate", *, rests: bool) -> Refusal | None:
    if not held.may(rights.APPOINT, mandate.seat.body):
        return Refusal("bodies.not_appointer")
    return None if rests else Refusal("bodies.not_suspended")


def may_deputise(
    held: "Powers",
    mandate: "Mandate",
    deputy: "Mandate",
    *,
    since: date,
    until: date,
    oneself: bool = False,
) -> Refusal | None:
    """For a set time, by somebody who holds a mandate in the same body or the one above it."""
    if not held.may(rights.APPOINT, mandate.seat.body):
        return Refusal("bodies.not_appointer")
    if oneself:
        return Refusal("bodies.appoints_oneself", place="deputy")
    if mandate.pk == deputy.pk:
        return Refusal("bodies.deputises_for_oneself", place="deputy")
    if not deputy.seat.body.path.startswith(mandate.seat.body.path) and (
        not mandate.seat.body.path.startswith(deputy.seat.body.path)
    ):
        return Refusal("bodies.deputy_from_elsewhere", place="deputy")
    return None if until > since else Refusal("bodies.ends_before_it_begins", place="until")


def moves(appointment: "Appointment", to: AppointmentState) -> Refusal | None:
    if to in NEXT_APPOINTMENT[AppointmentState(appointment.state)]:
        return None
    label = AppointmentState(appointment.state).label
    return Refusal("bodies.appointment_state", state=label)


def may_ask(held: "Powers", seat: "Seat", *, open_one: bool) -> Refusal | None:
    """Consent is asked for by those who appoint, once for each seat at a time."""
    if refusal := may_appoint(held, seat):
        return refusal
    if not seat.consent_of_id:
        return Refusal("bodies.no_consent_needed", place="seat")
    return Refusal("bodies.appointment_open", place="seat") if open_one else None


def may_decide(
    held: "Powers", appointment: "Appointment", to: AppointmentState, *, reason: str = ""
) -> Refusal | None:
    """The body that is asked gives or refuses; a refusal has a reason."""
    if not held.may(rights.CONSENT, appointment.consent_of):
        return Refusal("bodies.not_consenting")
    if refusal := moves(appointment, to):
        return refusal
    if to is AppointmentState.REFUSED and not reason.strip():
        return Refusal("bodies.reason_needed", place="reason")
    return None


def may_withdraw(held: "Powers", appointment: "Appointment") -> Refusal | None:
    return may_appoint(held, appointment.seat) or moves(appointment, AppointmentState.WITHDRAWN)


def may_complete(
    held: "Powers", appointment: "Appointment", *, oneself: bool = False
) -> Refusal | None:
    """Whoever asked appoints, once consent was given, and never themself."""
    if refusal := may_appoint(held, appointment.seat, oneself=oneself):
        return refusal
    return moves(appointment, AppointmentState.APPOINTED)


def may_give_account(mandate: "Mandate", by: "Person", *, year: int, on: date) -> Refusal | None:
    """Holders speak of their own years, once these have begun."""
    if mandate.person_id != by.pk:
        return Refusal("bodies.not_holder")
    last = mandate.until.year if mandate.until else on.year
    if not mandate.since.year <= year <= min(last, on.year):
        return Refusal("bodies.not_held_then", place="year")
    return None
