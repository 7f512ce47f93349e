"""The register of associations: what is known of each, how surely, and since when.

Communities are a property of the organisation, never of people; there are no lists of members.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kelisim.bodies.models.bodies import Body
from kelisim.bodies.states import (
    FactState,
    Level,
    OfferingKind,
    ProposalState,
    TagKind,
    YearlyKind,
)


class Tag(models.Model):
    """A community whose culture is kept, a language taught, an activity: words to filter by."""

    kind = models.CharField(max_length=10, choices=TagKind)
    key = models.SlugField(max_length=40)
    words = models.JSONField(default=dict)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("kind", "order", "key")
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="tag_once")]

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"


class Association(models.Model):
    """An association's record. Its names, territory, parent and contacts stand with its body.

    `justice`: registered with the justice authorities; else on local record. `record_number`,
    `recorded_on`, `recorded_where`: of either. `bin`: business identification number, 12 digits.
    """

    body = models.OneToOneField(
        Body, on_delete=models.CASCADE, primary_key=True, related_name="association"
    )
    level = models.CharField(max_length=10, choices=Level)
    legal_form = models.JSONField(default=dict, blank=True)
    bin = models.CharField(_("BIN"), max_length=12, blank=True)
    justice = models.BooleanField(default=False)
    record_number = models.CharField(max_length=60, blank=True)
    recorded_on = models.DateField(null=True, blank=True)
    recorded_where = models.JSONField(default=dict, blank=True)
    tags = models.ManyToManyField(Tag, blank=True, related_name="associations")

    class Meta:
        verbose_name = _("association")
        constraints = [
            models.UniqueConstraint(
                fields=["bin"], condition=~Q(bin=""), name="association_bin_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.body)


class Fact(models.Model):
    """How surely one field of a record is known: by what source, of what day, in which state."""

    association = models.ForeignKey(Association, on_delete=models.CASCADE, related_name="facts")
    field = models.CharField(max_length=20)
    source = models.CharField(max_length=200, blank=True)
    as_of = models.DateField()
    state = models.CharField(max_length=10, choices=FactState, default=FactState.DECLARED)
    verified_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("association", "field")
        # Which records are not verified whole, among many that are.
        indexes = [
            models.Index(fields=["state", "association"], name="fact_by_state"),
            models.Index(fields=["due_on", "association"], name="fact_by_due_day"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["association", "field"], name="fact_once"),
            models.CheckConstraint(
                condition=Q(state="declared", verified_on__isnull=True)
                | ~Q(state="declared") & Q(verified_on__isnull=False, due_on__isnull=False),
                name="fact_verified_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.association_id} {self.field}"


class Membership(models.Model):
    """How many members an association counted in a year; in public a band."""

    association = models.ForeignKey(
        Association, on_delete=models.CASCADE, related_name="memberships"
    )
    year = models.PositiveSmallIntegerField()
    count = models.PositiveIntegerField()

    class Meta:
        ordering = ("-year",)
        constraints = [
            models.UniqueConstraint(fields=["association", "year"], name="membership_once_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.association_id} {self.year}: {self.count}"


class Offering(models.Model):
    """A Sunday school, a course, a collective, a room of a house of friendship."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="offerings")
    kind = models.CharField(max_length=12, choices=OfferingKind)
    name = models.JSONField(default=dict)
    language = models.ForeignKey(
        Tag, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    place = models.JSONField(default=dict, blank=True)
    seats = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ("kind", "pk")

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


class Accreditation(models.Model):
    """Public accreditation by a commission's decision; it runs out and is due again."""

    association = models.ForeignKey(
        Association, on_delete=models.CASCADE, related_name="accreditations"
    )
    decision = models.JSONField(default=dict)
    since = models.DateField()
    until = models.DateField()
    revoked_on = models.DateField(null=True, blank=True)
    revoked_because = models.TextField(blank=True)

    class Meta:
        ordering = ("-since", "-pk")
        verbose_name = _("accreditation")
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gt=F("since")), name="accreditation_begins_before_it_ends"
            ),
            models.CheckConstraint(
                condition=Q(revoked_on__isnull=True) | ~Q(revoked_because=""),
                name="accreditation_revoked_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.association_id} {self.since}–{self.until}"


class Yearly(models.Model):
    """An association's work plan or report for a year, as it was handed in."""

    association = models.ForeignKey(Association, on_delete=models.CASCADE, related_name="yearly")
    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=6, choices=YearlyKind)
    text = models.TextField()
    language = models.CharField(max_length=2, default="kk")
    file_name = models.CharField(max_length=200, blank=True)
    file = models.BinaryField(default=bytes, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    handed_in_at = models.DateTimeField()
    handed_in_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("-year", "kind")
        verbose_name = _("yearly plan or report")
        constraints = [
            models.UniqueConstraint(
                fields=["association", "year", "kind"], name="yearly_once_a_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.association_id} {self.kind} {self.year}"


class Proposal(models.Model):
    """A change that an association proposes to its record; `changes` is field → [was, becomes]."""

    association = models.ForeignKey(Association, on_delete=models.CASCADE, related_name="proposals")
    changes = models.JSONField(default=dict)
    source = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=ProposalState, default=ProposalState.PROPOSED)
    reason = models.TextField(blank=True)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("proposed_at", "pk")
        verbose_name = _("proposed change")
        constraints = [
            models.UniqueConstraint(
                fields=["association"], condition=Q(state="proposed"), name="proposal_one_open"
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(reason=""),
                name="proposal_returned_with_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "returned"])
                | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="proposal_decided_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.association_id} {self.state}"
