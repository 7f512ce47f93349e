"""Where a person stands, and what they may be entrusted with."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PersonState(TextChoices):
    ACTIVE = "active", _("active")
    SUSPENDED = "suspended", _("suspended")
    LEAVING = "leaving", _("asked for erasure")
    ERASED = "erased", _("erased")


NEXT = {
    PersonState.ACTIVE: {PersonState.SUSPENDED, PersonState.LEAVING},
    PersonState.SUSPENDED: {PersonState.ACTIVE, PersonState.LEAVING},
    PersonState.LEAVING: {PersonState.ACTIVE, PersonState.ERASED},
    PersonState.ERASED: set[PersonState](),
}


class Right(TextChoices):
    """What an administrator entrusts a person with; the value is the field that holds it."""

    PREPARE = "may_prepare", _("prepares charters")
    PUBLISH = "may_publish", _("publishes charters")
    ADMINISTER = "is_staff", _("administers the system")
