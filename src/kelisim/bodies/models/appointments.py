"""Appointments that need another body's consent."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kelisim.bodies.models.bodies import Body
from kelisim.bodies.models.mandates import Mandate, Seat
from kelisim.bodies.states import AppointmentState


class Appointment(models.Model):
    """Somebody is proposed for a seat; the body named there consents, or refuses with a reason."""

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="appointments")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    holder = models.CharField(max_length=200, blank=True)
    represents = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    since = models.DateField()
    consent_of = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="consents")
    state = models.CharField(
        max_length=10, choices=AppointmentState, default=AppointmentState.ASKED
    )
    grounds = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    mandate = models.OneToOneField(
        Mandate, on_delete=models.PROTECT, null=True, blank=True, related_name="appointment"
    )

    class Meta:
        ordering = ("asked_at", "pk")
        verbose_name = _("appointment")
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=True) & ~Q(holder="")
                | Q(person__isnull=False, holder=""),
                name="appointment_of_one_person",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(reason=""),
                name="appointment_refused_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(state="appointed", mandate__isnull=False)
                | ~Q(state="appointed") & Q(mandate__isnull=True),
                name="appointment_appointed_iff_mandate",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "withdrawn"])
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="appointment_decided_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat_id}: {self.person or self.holder}"
