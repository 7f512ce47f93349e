"""Reports for a period: texts of people and computed tables, frozen and published."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kelisim.bodies.models import Body
from kelisim.evaluation.states import OPEN_PERIODS, PeriodKind, PeriodState, Said


class PeriodReport(models.Model):
    """What a council reports of a period. From its freezing on `content` is all that is shown.

    `content` holds texts, tables and every word that they need; `digest` is its SHA-256;
    `made_from` says what it was computed from: the ledger's last entry and its hash, and by which
    composition. A published report never changes: a later edition replaces it and says why.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="period_reports")
    kind = models.CharField(max_length=8, choices=PeriodKind)
    starts = models.DateField()
    ends = models.DateField()
    number = models.PositiveSmallIntegerField(default=1)
    corrects = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrections"
    )
    because = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=PeriodState, default=PeriodState.DRAFT)
    content = models.JSONField(default=dict, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    made_from = models.JSONField(default=dict, blank=True)
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    begun_at = models.DateTimeField()
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    frozen_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-ends", "body", "-number")
        verbose_name = _("report for a period")
        constraints = [
            models.UniqueConstraint(
                fields=["body", "starts", "ends", "number"],
                condition=~Q(state="discarded"),
                name="period_report_numbered_once",
            ),
            models.UniqueConstraint(
                fields=["body", "starts", "ends"],
                condition=Q(state__in=[state.value for state in OPEN_PERIODS]),
                name="period_report_open_once",
            ),
            models.UniqueConstraint(
                fields=["corrects"],
                condition=~Q(state="discarded"),
                name="period_report_corrected_once",
            ),
            models.CheckConstraint(
                condition=Q(starts__lte=models.F("ends")), name="period_report_begins_first"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["frozen", "published"])
                | ~Q(digest="") & Q(frozen_at__isnull=False),
                name="period_report_frozen_with_its_digest",
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(published_at__isnull=False),
                name="period_report_published_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="published")
                | Q(published_by__isnull=True)
                | ~Q(published_by=models.F("frozen_by")),
                name="period_report_by_two_people",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(because=""),
                name="period_report_corrected_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body_id} {self.starts}–{self.ends} ({self.number})"


class PeriodText(models.Model):
    """A part that somebody wrote in one language; `post` is the office that they wrote it in."""

    report = models.ForeignKey(PeriodReport, on_delete=models.CASCADE, related_name="texts")
    part = models.CharField(max_length=10, choices=Said)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    text = models.TextField()
    post = models.CharField(max_length=60)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ("report", "pk")
        verbose_name = _("text of a report")
        constraints = [
            models.UniqueConstraint(
                fields=["report", "part", "language"], name="period_text_once_a_language"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="period_text_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.part} {self.language}"
