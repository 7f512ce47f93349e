"""Results that a charter expects: indicators of their own, and what leads from measures to them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kelisim.charter.models import Provision
from kelisim.commitments.states import Direction
from kelisim.evaluation.states import Known


class ResultIndicator(models.Model):
    """What tells whether an expected result has come about; kept by the council's office.

    It hangs on a provision of some version; the version that is shown finds it along successions.
    """

    provision = models.ForeignKey(
        Provision, on_delete=models.PROTECT, related_name="result_indicators"
    )
    position = models.PositiveSmallIntegerField(default=0)
    name = models.JSONField(default=dict)
    unit = models.JSONField(default=dict)
    direction = models.CharField(max_length=4, choices=Direction, default=Direction.UP)
    source = models.JSONField(default=dict)
    baseline = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    baseline_year = models.PositiveSmallIntegerField(null=True, blank=True)
    target = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    target_year = models.PositiveSmallIntegerField(null=True, blank=True)
    dropped = models.BooleanField(default=False)

    class Meta:
        ordering = ("provision", "position", "pk")
        verbose_name = _("indicator of a result")
        constraints = [
            models.CheckConstraint(
                condition=Q(baseline__isnull=True, baseline_year__isnull=True)
                | Q(baseline__isnull=False, baseline_year__isnull=False),
                name="result_baseline_of_a_year",
            ),
            models.CheckConstraint(
                condition=Q(target__isnull=True, target_year__isnull=True)
                | Q(target__isnull=False, target_year__isnull=False),
                name="result_target_of_a_year",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provision_id}.{self.position}"


class ResultValue(models.Model):
    """What an indicator was in a year, as a source stated it on a day. Never changed.

    A later statement of the same year stands beside it; a wrong one is withdrawn for a reason.
    `margin`: half the width of the 95 % interval, in the indicator's unit, where the source has it.
    """

    indicator = models.ForeignKey(ResultIndicator, on_delete=models.PROTECT, related_name="values")
    year = models.PositiveSmallIntegerField()
    on = models.DateField()
    value = models.DecimalField(max_digits=18, decimal_places=4)
    margin = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    source = models.CharField(max_length=300)
    withdrawn_because = models.TextField(blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ("indicator", "year", "on", "pk")
        verbose_name = _("value of a result")
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "year", "on"],
                condition=Q(withdrawn_because=""),
                name="result_value_once_a_day",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="result_value_with_its_source"),
            models.CheckConstraint(
                condition=Q(margin__isnull=True) | Q(margin__gte=0), name="result_margin_not_below"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.year}"


class Link(models.Model):
    """That one provision serves another: a measure a task, a task a result; and what is known."""

    below = models.ForeignKey(Provision, on_delete=models.PROTECT, related_name="serves")
    above = models.ForeignKey(Provision, on_delete=models.PROTECT, related_name="served_by")
    known = models.CharField(max_length=10, choices=Known, default=Known.CLAIMED)
    words = models.JSONField(default=dict, blank=True)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("above", "below", "pk")
        verbose_name = _("link of the chain")
        constraints = [
            models.UniqueConstraint(fields=["below", "above"], name="link_once"),
            models.CheckConstraint(
                condition=~Q(below=models.F("above")), name="link_to_something_else"
            ),
            models.CheckConstraint(
                condition=~Q(known="evidence") | ~Q(source=""), name="link_shown_by_a_source"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.below_id} → {self.above_id}"
