"""Days that acts of government moved."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kelisim.calendar.states import DayKind


class DayChange(models.Model):
    """A day made working or free by an act; it goes before what the law says in general.

    A change is never rewritten: another one takes its place, and it stays to be read.
    """

    country = models.CharField(max_length=2)
    day = models.DateField()
    kind = models.CharField(max_length=8, choices=DayKind)
    name = models.JSONField(default=dict, blank=True)
    act = models.JSONField(default=dict)
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ("day", "pk")
        verbose_name = _("moved day")
        constraints = [
            models.UniqueConstraint(
                fields=["country", "day"], condition=Q(ended_at=None), name="day_changed_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["working", "free"]), name="day_change_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(ended_by=None) | Q(ended_at__isnull=False),
                name="day_change_ended_by_when",
            ),
            models.CheckConstraint(condition=~Q(country=""), name="day_change_has_country"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.kind}"
