"""A paper goes round: who agreed, with which remarks, where one does not agree."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kelisim.bodies.models import Body
from kelisim.bodies.states import Role
from kelisim.papers.models.files import File
from kelisim.papers.states import RoundState, Verdict


class Round(models.Model):
    """One paper before several bodies. Another content is another round: consents are of a hash."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="rounds")
    title = models.CharField(max_length=500)
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=RoundState, default=RoundState.OPEN)
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    follows = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed"
    )

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("approval")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", closed_at__isnull=True)
                | Q(state="closed", closed_at__isnull=False),
                name="round_closed_at_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Consent(models.Model):
    """What one body says of the paper; `sha256` is what was read when it was said."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="consents")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=12, choices=Verdict, default=Verdict.WAITING)
    remark = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    post = models.CharField(max_length=20, choices=Role, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("round", "pk")
        verbose_name = _("consent to a paper")
        constraints = [
            models.UniqueConstraint(fields=["round", "body"], name="consent_once"),
            models.CheckConstraint(
                condition=Q(verdict="waiting", at__isnull=True)
                | ~Q(verdict="waiting") & Q(at__isnull=False, by__isnull=False) & ~Q(sha256=""),
                name="consent_said_at_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(verdict__in=["waiting", "agreed"]) | ~Q(remark=""),
                name="consent_not_agreed_with_a_remark",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.body_id} {self.verdict}"


class Disagreement(models.Model):
    """A row of the table of disagreements: place, as drafted, as proposed, how it was settled."""

    consent = models.ForeignKey(Consent, on_delete=models.CASCADE, related_name="disagreements")
    place = models.CharField(max_length=200)
    drafted = models.TextField(blank=True)
    proposed = models.TextField()
    settlement = models.TextField(blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("consent", "pk")
        verbose_name = _("disagreement")

    def __str__(self) -> str:
        return self.place
