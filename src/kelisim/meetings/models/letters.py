"""Letters about meetings: who was written to about what, so that nobody is written to twice."""

from django.conf import settings
from django.db import models

from kelisim.meetings.models.meetings import Meeting


class LetterKind(models.TextChoices):
    INVITATION = "invitation"
    PAPERS = "papers"
    CANCELLATION = "cancellation"
    POINTS = "points"
    REMINDER = "reminder"


class Letter(models.Model):
    """One letter to one person. `about` tells letters of one kind apart: a new time, a point."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="letters")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="meeting_letters"
    )
    kind = models.CharField(max_length=14, choices=LetterKind)
    about = models.CharField(max_length=60, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person", "kind", "about"], name="letter_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.meeting_id} {self.person_id}"
