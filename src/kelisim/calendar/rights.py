"""Who keeps the calendar of working days."""

from django.utils.translation import gettext_noop

from kelisim.bodies.rights import SECRETARIAT_HEAD, SECRETARIAT_OFFICER, Reach, add

KEEP = add(
    "calendar.keep",
    gettext_noop("enter days that acts moved"),
    {SECRETARIAT_HEAD: Reach.COUNCIL, SECRETARIAT_OFFICER: Reach.COUNCIL},
)
