"""A comparison of bodies as it was computed: with all that is needed to repeat it to the bit."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kelisim.bodies.models import Kind


class Run(models.Model):
    """One comparison that was kept. Never changed, never removed.

    `inputs` are the counts as they were known on the day `on`; `results` follow from them, the
    whole formula with its weights as published, the weights and the rule that were chosen, the
    seed and the version of the engine.
    """

    kind = models.ForeignKey(Kind, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=10)
    year = models.PositiveSmallIntegerField()
    on = models.DateField()
    formula = models.JSONField(default=dict)
    engine = models.CharField(max_length=20)
    seed = models.PositiveBigIntegerField()
    rule = models.CharField(max_length=12)
    weights = models.JSONField(default=dict)
    inputs = models.JSONField(default=dict)
    inputs_digest = models.CharField(max_length=64)
    results = models.JSONField(default=dict)
    results_digest = models.CharField(max_length=64)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at", "-pk")
        verbose_name = _("comparison of bodies")
        constraints = [
            models.CheckConstraint(
                condition=~Q(inputs_digest="") & ~Q(results_digest=""),
                name="run_with_its_digests",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind_id}.{self.level} {self.year}"
