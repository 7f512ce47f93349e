"""The tree of a version, its words in several languages, and what became of each provision."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from kelisim.charter.models.versions import Version
from kelisim.charter.states import Correspond, Relation


class Provision(models.Model):
    """Any part of a charter's tree; `position` is its place in reading order."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="provisions")
    eid = models.CharField(max_length=300)
    kind = models.CharField(max_length=40)
    number = models.CharField(max_length=60, blank=True)
    cite = models.CharField(max_length=120, blank=True)
    heading = models.BooleanField(default=False)
    parent = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="children"
    )
    position = models.PositiveIntegerField()
    depth = models.PositiveSmallIntegerField(default=0)
    first_line = models.PositiveIntegerField(default=0)
    last_line = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("version", "position")
        constraints = [
            models.UniqueConstraint(fields=["version", "eid"], name="provision_eid_once"),
            models.UniqueConstraint(fields=["version", "position"], name="provision_place_once"),
            models.CheckConstraint(
                condition=Q(first_line__lte=models.F("last_line")), name="provision_lines_in_order"
            ),
        ]
        indexes = [models.Index(fields=["version", "kind"], name="provision_by_kind")]

    def __str__(self) -> str:
        return self.cite or self.eid


class Wording(models.Model):
    """A provision in one language: its text (may still be missing) and its short title."""

    provision = models.ForeignKey(Provision, on_delete=models.CASCADE, related_name="wordings")
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    text = models.TextField(blank=True)
    title = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["provision", "language"], name="wording_once_a_language"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provision_id}/{self.language}"


class Succession(models.Model):
    """What became of a provision: old → new between a version and the one before it."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="successions")
    old = models.ForeignKey(
        Provision, on_delete=models.CASCADE, null=True, blank=True, related_name="became"
    )
    new = models.ForeignKey(
        Provision, on_delete=models.CASCADE, null=True, blank=True, related_name="came_from"
    )
    relation = models.CharField(max_length=10, choices=Relation)
    text_changed = models.BooleanField(default=False)
    certainty = models.FloatField(default=1.0)
    confirmed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["old", "new"], name="succession_once"),
            models.CheckConstraint(
                condition=Q(relation="added", old__isnull=True, new__isnull=False)
                | Q(relation="repealed", old__isnull=False, new__isnull=True)
                | Q(
                    relation__in=["same", "changed", "moved"], old__isnull=False, new__isnull=False
                ),
                name="succession_has_the_ends_of_its_relation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old_id} → {self.new_id}: {self.relation}"


class Instrument(models.Model):
    """Another instrument that a charter answers to: a convention, a strategy."""

    slug = models.SlugField(max_length=80, unique=True)
    title = models.JSONField(default=dict)
    citation = models.JSONField(default=dict, blank=True)
    address = models.URLField(blank=True)

    class Meta:
        ordering = ("slug",)

    def __str__(self) -> str:
        return self.slug


class Correspondence(models.Model):
    """A provision beside a place of another instrument."""

    provision = models.ForeignKey(
        Provision, on_delete=models.CASCADE, related_name="correspondences"
    )
    instrument = models.ForeignKey(
        Instrument, on_delete=models.PROTECT, related_name="correspondences"
    )
    place = models.CharField(max_length=120, blank=True)
    relation = models.CharField(max_length=12, choices=Correspond)
    note = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("provision__position", "instrument__slug", "place")
        constraints = [
            models.UniqueConstraint(
                fields=["provision", "instrument", "place"], name="correspondence_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provision_id} ~ {self.instrument_id} {self.place}"


class Step(models.Model):
    """One edit of a draft: only the provisions that it touched, before and after, for undo."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="steps")
    number = models.PositiveIntegerField()
    verb = models.CharField(max_length=40)
    arguments = models.JSONField(default=dict)
    before = models.JSONField(default=list)
    after = models.JSONField(default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("version", "number")
        constraints = [
            models.UniqueConstraint(fields=["version", "number"], name="step_numbered_once"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id}/{self.number} {self.verb}"
