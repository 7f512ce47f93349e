"""Charters, and the acts that adopt, amend and repeal them."""

from django.db import models
from django.db.models import F, Q


class Act(models.Model):
    """A legal act as it is cited: kind, number, date, issuer. Words are kept by language."""

    kind = models.JSONField(default=dict)
    number = models.CharField(max_length=40)
    date = models.DateField()
    issuer = models.JSONField(default=dict)
    title = models.JSONField(default=dict, blank=True)
    address = models.URLField(blank=True)

    class Meta:
        ordering = ("date", "number")
        constraints = [
            models.UniqueConstraint(fields=["number", "date"], name="act_cited_once"),
        ]

    def __str__(self) -> str:
        return f"№ {self.number}, {self.date}"


class Charter(models.Model):
    """A founding document that a council runs: adopted by an act, published in versions."""

    slug = models.SlugField(max_length=80, unique=True)
    type = models.CharField(max_length=40)
    title = models.JSONField(default=dict)
    fields = models.JSONField(default=dict, blank=True)
    invented = models.BooleanField(default=False)
    adopted_by = models.ForeignKey(Act, on_delete=models.PROTECT, related_name="adopts")
    in_force_from = models.DateField()
    repealed_by = models.ForeignKey(
        Act, on_delete=models.PROTECT, null=True, blank=True, related_name="repeals"
    )
    repealed_on = models.DateField(null=True, blank=True)
    superseded_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="supersedes"
    )
    superseded_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("in_force_from", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(repealed_by__isnull=True, repealed_on__isnull=True)
                | Q(repealed_by__isnull=False, repealed_on__isnull=False),
                name="charter_repealed_by_an_act_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(superseded_by__isnull=True, superseded_on__isnull=True)
                | Q(superseded_by__isnull=False, superseded_on__isnull=False),
                name="charter_superseded_by_another_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(repealed_on__isnull=True) | Q(repealed_on__gte=F("in_force_from")),
                name="charter_repealed_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return self.slug
