"""What keeping the register leaves: likely doubles, merged records, letters that went out."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kelisim.bodies.models.register import Association
from kelisim.bodies.states import YearlyKind


class Likeness(models.Model):
    """Two records that may be of one association, by which signs; or were told apart for good."""

    one = models.ForeignKey(Association, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Association, on_delete=models.CASCADE, related_name="+")
    score = models.FloatField()
    signs = models.JSONField(default=list)
    found_at = models.DateTimeField()
    apart_at = models.DateTimeField(null=True, blank=True)
    apart_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    apart_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-score", "pk")
        verbose_name = _("likely double")
        verbose_name_plural = _("likely doubles")
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="likeness_once"),
            models.CheckConstraint(
                condition=Q(one__lt=F("other")), name="likeness_of_two_in_order"
            ),
            models.CheckConstraint(
                condition=Q(apart_at__isnull=True) | ~Q(apart_because=""),
                name="likeness_apart_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} ~ {self.other_id}"


class Merging(models.Model):
    """One record was merged into another; what it changed, so that it can be undone.

    `taken`: the facts that came from the record merged away; `before`: what the kept one said of
    them; `children`: the bodies that moved under the kept one; `bin`: the number given up.
    """

    kept = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="mergings")
    away = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="merged_away")
    taken = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    children = models.JSONField(default=list)
    bin = models.CharField(max_length=12, blank=True)
    because = models.CharField(max_length=300)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-at", "-pk")
        verbose_name = _("merging of records")
        constraints = [
            models.UniqueConstraint(
                fields=["away"], condition=Q(undone_at__isnull=True), name="merging_away_once"
            ),
            models.CheckConstraint(condition=~Q(kept=F("away")), name="merging_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.away_id} → {self.kept_id}"


class Reminder(models.Model):
    """A letter about a plan or report that is missing: one for each year, kind and reader.

    It is claimed before it is written, so that a crash writes to nobody twice; one that was
    claimed and not marked as sent shows on the list, for a person to look after. Without a
    person it went to the association's own address.
    """

    association = models.ForeignKey(Association, on_delete=models.CASCADE, related_name="reminders")
    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=6, choices=YearlyKind)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    claimed_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-year", "kind", "pk")
        verbose_name = _("reminder")
        constraints = [
            models.UniqueConstraint(
                fields=["association", "year", "kind", "person"], name="reminder_once_a_person"
            ),
            models.UniqueConstraint(
                fields=["association", "year", "kind"],
                condition=Q(person__isnull=True),
                name="reminder_once_an_address",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.association_id} {self.kind} {self.year}"
