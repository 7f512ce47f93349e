"""Votes: opened, cast or counted, closed with their arithmetic."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kelisim.bodies.models import Mandate
from kelisim.meetings.models.meetings import Item, Motion
from kelisim.meetings.states import BallotForm, BallotState, Choice


class Ballot(models.Model):
    """A question put to the vote. Counts, majority and result are set when it closes.

    `present` and `members` are those with a voice who were there, and all, when it was opened.
    `digest` is the SHA-256 of the roll of voices, which the ledger holds too.
    """

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="ballots")
    motion = models.ForeignKey(
        Motion, on_delete=models.PROTECT, null=True, blank=True, related_name="ballots"
    )
    question = models.JSONField(default=dict)
    form = models.CharField(max_length=10, choices=BallotForm)
    majority = models.CharField(max_length=20)
    tie = models.CharField(max_length=6)
    may_change = models.BooleanField(default=True)
    state = models.CharField(max_length=10, choices=BallotState, default=BallotState.OPEN)
    present = models.PositiveIntegerField()
    members = models.PositiveIntegerField()
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    in_favour = models.PositiveIntegerField(null=True, blank=True)
    against = models.PositiveIntegerField(null=True, blank=True)
    abstained = models.PositiveIntegerField(null=True, blank=True)
    spoiled = models.PositiveIntegerField(null=True, blank=True)
    carried = models.BooleanField(null=True, blank=True)
    needed = models.PositiveIntegerField(null=True, blank=True)
    base = models.PositiveIntegerField(null=True, blank=True)
    chair_decided = models.BooleanField(default=False)
    digest = models.CharField(max_length=64, blank=True)
    annulled_because = models.TextField(blank=True)

    class Meta:
        ordering = ("opened_at", "pk")
        verbose_name = _("vote")
        constraints = [
            models.UniqueConstraint(
                fields=["item"], condition=Q(state__in=["open", "entered"]), name="ballot_one_open"
            ),
            models.CheckConstraint(
                condition=~Q(state="closed")
                | Q(
                    closed_at__isnull=False,
                    in_favour__isnull=False,
                    against__isnull=False,
                    abstained__isnull=False,
                    carried__isnull=False,
                    needed__isnull=False,
                ),
                name="ballot_closed_with_its_counts",
            ),
            models.CheckConstraint(
                condition=~Q(state="annulled") | ~Q(annulled_because=""),
                name="ballot_annulled_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.form} {self.state}"


class Voice(models.Model):
    """A voice given in the open: one for each mandate, whatever the network did."""

    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="voices")
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="voices")
    choice = models.CharField(max_length=8, choices=Choice)
    at = models.DateTimeField()

    class Meta:
        ordering = ("ballot", "mandate")
        constraints = [
            models.UniqueConstraint(fields=["ballot", "mandate"], name="voice_once"),
        ]

    def __str__(self) -> str:
        return f"{self.ballot_id} {self.mandate_id} {self.choice}"


class Count(models.Model):
    """What was counted: hands, or papers by the commission; papers need two signatures."""

    ballot = models.OneToOneField(Ballot, on_delete=models.CASCADE, related_name="count")
    handed_out = models.PositiveIntegerField(null=True, blank=True)
    in_favour = models.PositiveIntegerField()
    against = models.PositiveIntegerField()
    abstained = models.PositiveIntegerField()
    spoiled = models.PositiveIntegerField(default=0)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    entered_at = models.DateTimeField()
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    signed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("count of a vote")
        constraints = [
            models.CheckConstraint(
                condition=Q(signed_by__isnull=True, signed_at__isnull=True)
                | Q(signed_by__isnull=False, signed_at__isnull=False)
                & ~Q(signed_by=models.F("entered_by")),
                name="count_signed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return str(self.ballot_id)


class Recusal(models.Model):
    """A member stands aside from an item: neither votes nor counts as present for it."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="recusals")
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="+")
    because = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        ordering = ("item", "pk")
        constraints = [models.UniqueConstraint(fields=["item", "mandate"], name="recusal_once")]

    def __str__(self) -> str:
        return f"{self.item_id} {self.mandate_id}"
