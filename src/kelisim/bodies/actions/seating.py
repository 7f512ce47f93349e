"""Somebody is seated from the desk: by an account, an invitation or a name; or consent is asked."""

from datetime import date, datetime

from django.db import transaction

from kelisim.bodies.actions.appointments import ask_consent
from kelisim.bodies.actions.founding import NO_ACT, Act
from kelisim.bodies.actions.mandates import appoint
from kelisim.bodies.models import Appointment, Body, Mandate, Seat
from kelisim.bodies.rules import mandates as rules
from kelisim.people.actions import invite as invite_person
from kelisim.people.models import Person
from kelisim.refusals import require


@transaction.atomic
def seat(
    seat_id: int,
    *,
    email: str = "",
    name: str = "",
    invite: bool = False,
    language: str = "kk",
    represents: Body | None = None,
    since: date,
    act: Act = NO_ACT,
    grounds: str = "",
    by: Person,
    at: datetime,
) -> Mandate | Appointment:
    """Appoint, or ask for the consent that the seat needs.

    An e-mail names an account; where there is none, an administrator may make it in the same
    step. Without an e-mail the name alone holds the seat.
    """
    email, name = email.strip().lower(), name.strip()
    person = Person.objects.filter(email=email).first() if email else None
    require(rules.is_named(email=email, name=name, known=person is not None, invite=invite))
    if email and person is None:
        person = invite_person(email=email, name=name, language=language, by=by, at=at)
    holder = "" if person else name
    if Seat.objects.values_list("consent_of", flat=True).get(pk=seat_id):
        return ask_consent(
            seat_id,
            person=person,
            holder=holder,
            represents=represents,
            since=since,
            grounds=grounds,
            by=by,
            at=at,
        )
    return appoint(
        seat_id,
        person=person,
        holder=holder,
        represents=represents,
        since=since,
        act=act,
        by=by,
        at=at,
    )
