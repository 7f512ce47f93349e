"""Minutes: what was heard and said on each item, signed by two."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kelisim.meetings.models.meetings import Item, Meeting
from kelisim.meetings.states import MinutesState
from kelisim.papers.models import Document


class Minutes(models.Model):
    """The minutes of a meeting. `digest`: what was signed; another text is signed again."""

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="minutes")
    state = models.CharField(max_length=10, choices=MinutesState, default=MinutesState.DRAFT)
    opening = models.JSONField(default=dict, blank=True)
    closing = models.JSONField(default=dict, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    chair_signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    chair_signed_at = models.DateTimeField(null=True, blank=True)
    secretary_signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    secretary_signed_at = models.DateTimeField(null=True, blank=True)
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    written_at = models.DateTimeField()

    class Meta:
        verbose_name = _("minutes")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="signed")
                | Q(chair_signed_at__isnull=False, secretary_signed_at__isnull=False)
                & ~Q(chair_signed_by=models.F("secretary_signed_by")),
                name="minutes_signed_by_two",
            ),
        ]

    def __str__(self) -> str:
        return str(self.meeting_id)


class Passage(models.Model):
    """What the minutes say of an item: who reported and what, who spoke and what, by language."""

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="passages")
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="passages")
    heard = models.JSONField(default=dict, blank=True)
    spoke = models.JSONField(default=dict, blank=True)
    resolved = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("item__position", "pk")
        constraints = [models.UniqueConstraint(fields=["minutes", "item"], name="passage_once")]

    def __str__(self) -> str:
        return f"{self.minutes_id} {self.item_id}"
