"""A table of the register as it was uploaded: looked at first, then applied, all or nothing."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Import(models.Model):
    """The file as it came. `summary` counts what it would change; it is read again when applied."""

    name = models.CharField(max_length=200)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    summary = models.JSONField(default=dict, blank=True)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-uploaded_at", "-pk")
        verbose_name = _("import of the register")

    def __str__(self) -> str:
        return self.name
