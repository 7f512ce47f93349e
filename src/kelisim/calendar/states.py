"""What a change makes of a day."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DayKind(TextChoices):
    WORKING = "working", _("working day")
    FREE = "free", _("day off")
