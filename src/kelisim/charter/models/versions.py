"""Versions of a charter: the text as it stood from a day on; a published one never changes."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kelisim.charter.models.acts import Act, Charter
from kelisim.charter.states import OPEN, VersionState


class Version(models.Model):
    """One version. `leavings` and `guesses` are the reader's; `digest` seals what was published."""

    charter = models.ForeignKey(Charter, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=VersionState, default=VersionState.DRAFT)
    by_act = models.ForeignKey(Act, on_delete=models.PROTECT, related_name="versions")
    in_force_from = models.DateField()
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    return_reason = models.TextField(blank=True)
    digest = models.CharField(max_length=64, blank=True)
    leavings = models.JSONField(default=list, blank=True)
    guesses = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ("charter", "number")
        constraints = [
            models.UniqueConstraint(fields=["charter", "number"], name="version_numbered_once"),
            models.UniqueConstraint(
                fields=["charter"],
                condition=Q(state__in=sorted(OPEN)),
                name="version_open_once_a_charter",
            ),
            models.CheckConstraint(
                condition=Q(
                    state="published",
                    published_at__isnull=False,
                    published_by__isnull=False,
                    digest__gt="",
                )
                | ~Q(state="published")
                & Q(published_at__isnull=True, published_by__isnull=True, digest=""),
                name="version_published_iff_sealed",
            ),
            models.CheckConstraint(
                condition=Q(published_by__isnull=True) | ~Q(published_by=F("prepared_by")),
                name="version_prepared_and_published_by_two",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(return_reason=""),
                name="version_returned_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.charter_id}/v{self.number}"


class Source(models.Model):
    """The file that a text was read from, with its lines, for showing beside the tree."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="sources")
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=120, blank=True)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()
    lines = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.name


class Edition(models.Model):
    """The text of a version in one language: authentic, or a translation and by whom."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="editions")
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    authentic = models.BooleanField(default=False)
    translated_by = models.CharField(max_length=200, blank=True)
    source = models.ForeignKey(
        Source, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    problems = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ("-authentic", "language")
        constraints = [
            models.UniqueConstraint(fields=["version", "language"], name="edition_once_a_language"),
            models.CheckConstraint(
                condition=Q(authentic=True, translated_by="") | Q(authentic=False),
                name="edition_authentic_has_no_translator",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id}/{self.language}"
