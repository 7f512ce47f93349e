"""Signed files as they came, what each verification found, and what it was checked with."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kelisim.bodies.models import Body
from kelisim.papers.models.documents import Document
from kelisim.papers.models.files import File
from kelisim.papers.states import CertificateRole, SignatureState


class Certificate(models.Model):
    """A certificate of an authority that the operator of the server trusts; never a person's."""

    sha256 = models.CharField(max_length=64, unique=True)
    subject = models.CharField(max_length=300)
    role = models.CharField(max_length=12, choices=CertificateRole)
    not_before = models.DateTimeField()
    not_after = models.DateTimeField()
    der = models.BinaryField()
    installed_at = models.DateTimeField()

    class Meta:
        ordering = ("role", "subject", "pk")
        verbose_name = _("certificate")
        constraints = [
            models.CheckConstraint(
                condition=Q(not_before__lt=models.F("not_after")), name="certificate_has_a_time"
            ),
        ]

    def __str__(self) -> str:
        return self.subject


class Signature(models.Model):
    """A signed file of a body. Its state is that of its last check; earlier checks stay.

    Whom the certificates name is read from the container when an office looks at it, and is
    stored nowhere else.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="signatures")
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="signatures"
    )
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")
    content = models.ForeignKey(
        File, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=200)
    state = models.CharField(max_length=12, choices=SignatureState)
    stamped_at = models.DateTimeField(null=True, blank=True)
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("-received_at", "-pk")
        verbose_name = _("signed file")
        indexes = [models.Index(fields=["body", "-received_at"], name="signature_of_body")]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "file"], condition=Q(content=None), name="signature_once"
            ),
            models.UniqueConstraint(
                fields=["body", "file", "content"], name="signature_once_of_content"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Check(models.Model):
    """What one verification found: codes and algorithms, never words of a certificate."""

    signature = models.ForeignKey(Signature, on_delete=models.CASCADE, related_name="checks")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=SignatureState)
    signers = models.JSONField(default=list)
    checked_with = models.JSONField(default=list)
    at = models.DateTimeField()

    class Meta:
        ordering = ("signature", "-number")
        verbose_name = _("check of a signature")
        constraints = [
            models.UniqueConstraint(fields=["signature", "number"], name="check_numbered_once"),
        ]

    def __str__(self) -> str:
        return f"{self.signature_id}/{self.number} {self.state}"
