"""Reports of executors: written, handed in, returned, gathered, accepted; and their evidence."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kelisim.bodies.models import Body
from kelisim.commitments.models.commitments import Commitment, Stage
from kelisim.commitments.states import ReportState
from kelisim.papers.models import File


class Report(models.Model):
    """What a body says of its commitment for a term. It is written on here until it is handed in.

    `figures` is `{indicator: value}`, `figures_source` where they come from, `spent`
    `{money: amount}`; numbers are text, exact. A co-executor's part is `gathered` into the lead's.
    """

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="reports")
    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="reports")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="reports")
    into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts"
    )
    state = models.CharField(max_length=10, choices=ReportState, default=ReportState.DRAFT)
    words = models.TextField(blank=True)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="kk")
    percent = models.PositiveSmallIntegerField(null=True, blank=True)
    figures = models.JSONField(default=dict, blank=True)
    figures_source = models.CharField(max_length=300, blank=True)
    spent = models.JSONField(default=dict, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    handed_at = models.DateTimeField(null=True, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    written_at = models.DateTimeField()

    class Meta:
        ordering = ("stage", "pk")
        verbose_name = _("report on a commitment")
        indexes = [
            models.Index(fields=["state", "handed_at"], name="report_waiting"),
            models.Index(fields=["body", "state"], name="report_of_body"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["stage", "body"],
                condition=~Q(state="accepted"),
                name="report_one_open_a_body",
            ),
            models.CheckConstraint(
                condition=Q(percent__isnull=True) | Q(percent__lte=100), name="report_percent"
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(handed_at__isnull=False) & ~Q(digest=""),
                name="report_handed_in_with_its_digest",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.body_id} {self.state}"


class Sending(models.Model):
    """A report exactly as it was handed in, the first time and after each return.

    `content` is canonical JSON with the hashes of all evidence and parts; `digest` its SHA-256.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="sendings")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("report", "number")
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="sending_numbered_once"),
        ]

    def __str__(self) -> str:
        return f"{self.report_id}/{self.number}"


class Evidence(models.Model):
    """What shows that it was done: a file with its hash, or a link; and from which day it is.

    `shows_form`: it is the promised form of completion. `photo`: a photograph, whose file lost its
    metadata; it is public only with consent and without an identifiable child.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="evidence")
    title = models.CharField(max_length=300)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, default="kk")
    file = models.ForeignKey(
        File, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    address = models.URLField(max_length=500, blank=True)
    effective_on = models.DateField()
    shows_form = models.BooleanField(default=False)
    public = models.BooleanField(default=False)
    photo = models.BooleanField(default=False)
    consent = models.BooleanField(default=False)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ("report", "pk")
        verbose_name = _("evidence")
        constraints = [
            models.CheckConstraint(
                condition=Q(file__isnull=False, address="") | Q(file__isnull=True) & ~Q(address=""),
                name="evidence_is_a_file_or_a_link",
            ),
            models.CheckConstraint(
                condition=Q(photo=False) | Q(public=False) | Q(consent=True),
                name="evidence_photo_public_with_consent",
            ),
        ]

    def __str__(self) -> str:
        return self.title
