"""Where a person stands."""

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
