"""Bodies of every kind, in one tree."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kelisim.bodies.states import Nature
from kelisim.territory.models import Unit


class Kind(models.Model):
    """What kind of body it is; kinds and what may stand under what are data."""

    key = models.SlugField(max_length=40, primary_key=True)
    nature = models.CharField(max_length=12, choices=Nature)
    words = models.JSONField(default=dict)
    plural = models.JSONField(default=dict)
    under = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="over")
    registered = models.BooleanField(default=False)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("order", "key")
        verbose_name = _("kind of body")

    def __str__(self) -> str:
        return str(self.words.get("en", self.key))


class Body(models.Model):
    """A council, a secretariat, an association, a state body: whoever acts by mandates.

    `path` holds the numbers of its ancestors and its own (`/1/7/`), so that a subtree is one
    comparison. `unit` is its territory; none means the whole country. `order_*` are its names as
    each language sorts them. A citation of an act is `{kind: {kk,ru,en}, number, date, title}`.
    """

    slug = models.SlugField(max_length=120, unique=True)
    kind = models.ForeignKey(Kind, on_delete=models.PROTECT, related_name="bodies")
    name = models.JSONField(default=dict)
    short = models.JSONField(default=dict, blank=True)
    order_kk = models.CharField(max_length=120, db_index=True)
    order_ru = models.CharField(max_length=120, db_index=True)
    order_en = models.CharField(max_length=120, db_index=True)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    path = models.CharField(max_length=200, blank=True, db_index=True)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    founded_on = models.DateField(null=True, blank=True)
    founded_by = models.JSONField(default=dict, blank=True)
    dissolved_on = models.DateField(null=True, blank=True)
    dissolved_by = models.JSONField(default=dict, blank=True)
    tasks = models.JSONField(default=dict, blank=True)
    address = models.JSONField(default=dict, blank=True)
    phone = models.CharField(max_length=60, blank=True)
    email = models.EmailField(blank=True)
    site = models.URLField(blank=True)
    office_phone = models.CharField(max_length=60, blank=True)
    office_email = models.EmailField(blank=True)
    office_note = models.TextField(blank=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="doubles"
    )
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ("path",)
        verbose_name = _("body")
        indexes = [models.Index(fields=["kind", "order_kk"], name="body_kind_order")]
        constraints = [
            models.CheckConstraint(
                condition=Q(founded_on__isnull=True)
                | Q(dissolved_on__isnull=True)
                | Q(dissolved_on__gte=F("founded_on")),
                name="body_dissolved_after_it_was_founded",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="body_not_under_itself"
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="body_not_merged_into_itself",
            ),
        ]

    def __str__(self) -> str:
        return str(self.name.get("kk") or self.name.get("ru") or self.name.get("en") or self.slug)

    @property
    def nature(self) -> Nature:
        return Nature(self.kind.nature)


class FormerName(models.Model):
    """What a body was called until a day, and by which act that ended."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="former_names")
    name = models.JSONField(default=dict)
    short = models.JSONField(default=dict, blank=True)
    until = models.DateField()
    act = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("until", "pk")

    def __str__(self) -> str:
        return f"{self.name} –{self.until}"
