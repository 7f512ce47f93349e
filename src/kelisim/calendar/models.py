"""Days that acts of government moved."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kelisim.calendar.states import DayKind


class DayChange(models.Model):
    """A day made working or free by an act; it goes before what the law says in general."""

    country = models.CharField(max_length=2)
    day = models.DateField()
    kind = models.CharField(max_length=8, choices=DayKind)
    name = models.JSONField(default=dict, blank=True)
    act = models.JSONField(default=dict, blank=True)
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ("day",)
        verbose_name = _("moved day")
        constraints = [
            models.UniqueConstraint(fields=["country", "day"], name="day_changed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.kind}"
