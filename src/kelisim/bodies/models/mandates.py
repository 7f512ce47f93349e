"""Seats and who held them when; who was kept from them, who deputised."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kelisim.bodies.models.bodies import Body
from kelisim.bodies.states import Role


class Seat(models.Model):
    """Posts of one sort in a body: how many, for how long, how often, with whose consent.

    `places` empty: as many as are appointed. `rotates`: whoever holds it hands it on at each
    yearly session, to a mandate of another represented body.
    """

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="seats")
    role = models.CharField(max_length=14, choices=Role)
    words = models.JSONField(default=dict, blank=True)
    places = models.PositiveSmallIntegerField(null=True, blank=True)
    term_months = models.PositiveSmallIntegerField(null=True, blank=True)
    most_terms = models.PositiveSmallIntegerField(null=True, blank=True)
    rotates = models.BooleanField(default=False)
    votes = models.BooleanField(default=True)
    consent_of = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    competence = models.JSONField(default=dict, blank=True)
    duties = models.JSONField(default=dict, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("body", "order", "pk")
        verbose_name = _("seat")
        constraints = [
            models.CheckConstraint(
                condition=Q(places__isnull=True) | Q(places__gt=0), name="seat_has_a_place"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body_id} {self.role}"


class Mandate(models.Model):
    """A person holds a seat from a day until before another, appointed by an act.

    It may represent a body, never an ethnicity (harm.md). `holder` is the name of somebody who
    has no account; whoever has one is named there alone.
    """

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="mandates")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="mandates",
    )
    holder = models.CharField(max_length=200, blank=True)
    represents = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="represented_by"
    )
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    term = models.PositiveSmallIntegerField(default=1)
    appointed_by = models.JSONField(default=dict, blank=True)
    ended_by = models.JSONField(default=dict, blank=True)
    ended_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("seat__order", "since", "pk")
        verbose_name = _("mandate")
        indexes = [
            models.Index(fields=["seat", "since"], name="mandate_of_seat"),
            models.Index(fields=["person", "since"], name="mandate_of_person"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=True) & ~Q(holder="")
                | Q(person__isnull=False, holder=""),
                name="mandate_of_one_person",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")),
                name="mandate_begins_before_it_ends",
            ),
        ]

    def __str__(self) -> str:
        return self.called

    @property
    def called(self) -> str:
        """The name of whoever holds it."""
        return str(self.person) if self.person else self.holder


class Suspension(models.Model):
    """A mandate rests: its holder keeps the seat and none of its rights."""

    mandate = models.ForeignKey(Mandate, on_delete=models.CASCADE, related_name="suspensions")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    because = models.CharField(max_length=300)
    act = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("since", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")),
                name="suspension_begins_before_it_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mandate_id} {self.since}–{self.until or '…'}"


class Deputising(models.Model):
    """Somebody acts in another's seat for a time, with the rights of that seat."""

    mandate = models.ForeignKey(Mandate, on_delete=models.CASCADE, related_name="deputies")
    deputy = models.ForeignKey(Mandate, on_delete=models.CASCADE, related_name="deputises")
    since = models.DateField()
    until = models.DateField()
    act = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("since", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gt=F("since")), name="deputising_begins_before_it_ends"
            ),
            models.CheckConstraint(
                condition=~Q(mandate=F("deputy")), name="deputising_for_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deputy_id} → {self.mandate_id}"


class Account(models.Model):
    """What a holder says of their own year, in their own words; shown beside the record."""

    mandate = models.ForeignKey(Mandate, on_delete=models.CASCADE, related_name="accounts")
    year = models.PositiveSmallIntegerField()
    undertook = models.TextField(blank=True)
    text = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mandate", "year"], name="account_once_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.mandate_id} {self.year}"
