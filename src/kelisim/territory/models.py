"""Regions and districts through time: what existed when, under which name, and what came of it."""

from datetime import date

from django.db import models
from django.db.models import F, Q


class UnitKind(models.TextChoices):
    OBLAST = "oblast"
    CITY = "city"
    DISTRICT = "district"


REGIONS = (UnitKind.OBLAST, UnitKind.CITY)


class Unit(models.Model):
    """A region or district within one set of borders; changed borders make another unit.

    `exists_from` is empty where it is older than this record; `known_on` then says for what day
    it is known, and of earlier days nothing is claimed.
    """

    kato = models.CharField(max_length=9)
    kind = models.CharField(max_length=10, choices=UnitKind)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    exists_from = models.DateField(null=True, blank=True)
    exists_to = models.DateField(null=True, blank=True)
    known_on = models.DateField(null=True, blank=True)
    column = models.PositiveSmallIntegerField(null=True, blank=True)
    row = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ("kato", "exists_from")
        constraints = [
            models.UniqueConstraint(fields=["kato", "exists_from"], name="unit_once"),
            models.UniqueConstraint(
                fields=["kato"], condition=Q(exists_from__isnull=True), name="unit_oldest_once"
            ),
            models.CheckConstraint(
                condition=Q(exists_from__isnull=True)
                | Q(exists_to__isnull=True)
                | Q(exists_from__lt=F("exists_to")),
                name="unit_begins_before_it_ends",
            ),
            models.CheckConstraint(
                condition=Q(kind="district", parent__isnull=False)
                | ~Q(kind="district") & Q(parent__isnull=True),
                name="unit_district_has_a_region",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kato} {self.exists_from or '…'}–{self.exists_to or '…'}"

    def existed(self, on: date) -> bool:
        """Whether it is known to exist on a day; its last day is the one before `exists_to`."""
        since = self.exists_from or self.known_on
        return (since is None or since <= on) and (self.exists_to is None or on < self.exists_to)


class Name(models.Model):
    """A name of the units with one code, by language, with the days on which it was in use."""

    kato = models.CharField(max_length=9)
    used_from = models.DateField(null=True, blank=True)
    used_to = models.DateField(null=True, blank=True)
    words = models.JSONField(default=dict)
    full = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kato", "used_from"], name="name_once"),
            models.UniqueConstraint(
                fields=["kato"], condition=Q(used_from__isnull=True), name="name_oldest_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.words.get("ru", self.kato))

    def in_use(self, on: date) -> bool:
        """Whether it was the name on a day; its last day is the one before `used_to`."""
        begun = self.used_from is None or self.used_from <= on
        return begun and (self.used_to is None or on < self.used_to)


class Lineage(models.Model):
    """One unit came from another on a day, by an act.

    No circle can arise: a unit ends after it begins, and each row leads from what ended on its
    day to what began on it (`rules.may_descend`).
    """

    old = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="descendants")
    new = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="ancestors")
    on = models.DateField()
    act_kind = models.JSONField(default=dict)
    act_number = models.CharField(max_length=20, blank=True)
    act_signed = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("on", "old__kato", "new__kato")
        constraints = [
            models.UniqueConstraint(fields=["old", "new"], name="lineage_once"),
            models.CheckConstraint(condition=~Q(old=F("new")), name="lineage_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"


class Shape(models.Model):
    """The outline of a unit, ready to be drawn: an SVG path in the map's own units."""

    unit = models.OneToOneField(Unit, on_delete=models.CASCADE, related_name="shape")
    path = models.TextField()
    x = models.FloatField()
    y = models.FloatField()

    def __str__(self) -> str:
        return str(self.unit)
