"""Decisions, their points, and what the bodies that they are addressed to answered."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kelisim.bodies.models import Body
from kelisim.meetings.models.ballots import Ballot
from kelisim.meetings.models.meetings import Item
from kelisim.meetings.states import AnswerState
from kelisim.papers.models import Document, File


class Decision(models.Model):
    """What a meeting resolved on an item, as it is numbered and published."""

    item = models.OneToOneField(Item, on_delete=models.PROTECT, related_name="decision")
    ballot = models.ForeignKey(Ballot, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=40)
    day = models.DateField()
    title = models.JSONField(default=dict)
    preamble = models.JSONField(default=dict, blank=True)
    must_consider = models.BooleanField(default=False)
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    adopted_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True, db_index=True)

    class Meta:
        ordering = ("-day", "-pk")
        verbose_name = _("decision")

    def __str__(self) -> str:
        return f"№ {self.number}, {self.day}"


class Point(models.Model):
    """A numbered point. With an executor and a date it is an instruction, which plans take up."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="points")
    number = models.PositiveSmallIntegerField()
    text = models.JSONField(default=dict)
    executor = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="instructions"
    )
    due_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("decision", "number")
        verbose_name = _("point of a decision")
        constraints = [
            models.UniqueConstraint(fields=["decision", "number"], name="point_numbered_once"),
            models.CheckConstraint(
                condition=Q(executor__isnull=True, due_on__isnull=True)
                | Q(executor__isnull=False, due_on__isnull=False),
                name="point_instructs_by_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id}.{self.number}"


class Addressee(models.Model):
    """A body that must consider a point and answer by a day; its answer as it stands."""

    point = models.ForeignKey(Point, on_delete=models.CASCADE, related_name="addressees")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="addressed")
    due_on = models.DateField(db_index=True)
    state = models.CharField(max_length=10, choices=AnswerState, default=AnswerState.WAITING)
    answered_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("point", "pk")
        verbose_name = _("addressee of a point")
        indexes = [models.Index(fields=["state", "due_on"], name="addressee_waiting")]
        constraints = [
            models.UniqueConstraint(fields=["point", "body"], name="addressee_once"),
            models.CheckConstraint(
                condition=Q(state="waiting", answered_on__isnull=True)
                | ~Q(state="waiting") & Q(answered_on__isnull=False),
                name="addressee_answered_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.point_id} → {self.body_id}"


class Answer(models.Model):
    """One answer as it was given; a later one takes its place, and both stay readable."""

    addressee = models.ForeignKey(Addressee, on_delete=models.CASCADE, related_name="answers")
    state = models.CharField(max_length=10, choices=AnswerState)
    reasons = models.TextField(blank=True)
    language = models.CharField(max_length=2, default="kk")
    files = models.ManyToManyField(File, blank=True, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("at", "pk")
        verbose_name = _("answer to a point")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="accepted") | ~Q(reasons=""),
                name="answer_not_accepted_with_reasons",
            ),
            models.CheckConstraint(condition=~Q(state="waiting"), name="answer_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.addressee_id} {self.state}"
