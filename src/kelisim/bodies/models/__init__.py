"""Who the council is: bodies, seats and mandates; and the register of associations."""

from kelisim.bodies.models.appointments import Appointment
from kelisim.bodies.models.bodies import Body, FormerName, Kind
from kelisim.bodies.models.imports import Import
from kelisim.bodies.models.keeping import Likeness, Merging, Reminder
from kelisim.bodies.models.mandates import Account, Deputising, Mandate, Seat, Suspension
from kelisim.bodies.models.register import (
    Accreditation,
    Association,
    Fact,
    Membership,
    Offering,
    Proposal,
    Tag,
    Yearly,
)

__all__ = [
    "Account",
    "Accreditation",
    "Appointment",
    "Association",
    "Body",
    "Deputising",
    "Fact",
    "FormerName",
    "Import",
    "Kind",
    "Likeness",
    "Mandate",
    "Membership",
    "Merging",
    "Offering",
    "Proposal",
    "Reminder",
    "Seat",
    "Suspension",
    "Tag",
    "Yearly",
]
