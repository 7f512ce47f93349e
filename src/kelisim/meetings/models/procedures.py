"""A body's own rules of procedure; and the addresses of personal calendars."""

import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kelisim.bodies.models import Body


class BodyProcedure(models.Model):
    """Rules that a body gave itself, from a day on (`trees.procedure.plain`)."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="procedures")
    since = models.DateField()
    rules = models.JSONField(default=dict)
    act = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("-since",)
        verbose_name = _("rules of procedure")
        constraints = [
            models.UniqueConstraint(fields=["body", "since"], name="procedure_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.body_id} {self.since}"


def new_key() -> str:
    return secrets.token_urlsafe(24)


class Feed(models.Model):
    """The secret address under which a person's own calendar can be subscribed to."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="meeting_feed"
    )
    key = models.CharField(max_length=40, unique=True, default=new_key)

    def __str__(self) -> str:
        return str(self.person_id)
