"""The ledger of official acts: entries that stay, reasons that can be forgotten, one head."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """One official act. It holds references and commitments, never anything about a person.

    The canonical form and the hash are described in `kelisim.ledger.chain`.
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    act = models.CharField(max_length=80)
    subject_kind = models.CharField(max_length=80)
    subject_ref = models.CharField(max_length=64)
    mandate_key = models.CharField(max_length=80)
    mandate_words = models.CharField(max_length=200)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    actor = models.CharField(max_length=64, blank=True)
    because = models.CharField(max_length=64, blank=True)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger entries")
        ordering = ("number",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(number__gte=1), name="ledger_counts_from_one"),
            models.UniqueConstraint(fields=["previous"], name="ledger_never_forks"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["act", "-number"], name="ledger_by_act"),
            models.Index(
                fields=["subject_kind", "subject_ref", "-number"], name="ledger_by_subject"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} · {self.act}"


class Sealed(models.Model):
    """The reason of an act in words, apart from the chain, so that it can be destroyed."""

    entry = models.OneToOneField(
        Entry, primary_key=True, on_delete=models.PROTECT, related_name="sealed"
    )
    key = models.BinaryField(max_length=32, editable=False)
    text = models.TextField()

    def __str__(self) -> str:
        return self.text


class Head(models.Model):
    """The last link, in one row: whoever appends holds its lock. `verify` does not trust it."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.PositiveBigIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(id=1), name="ledger_has_one_head"),
        ]

    def __str__(self) -> str:
        return f"head at {self.number}"
