"""Meetings: their agenda and papers, who is there, who speaks, what is moved."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kelisim.bodies.models import Body, Mandate
from kelisim.charter.models import Provision
from kelisim.meetings.models.procedures import new_key
from kelisim.meetings.states import (
    ItemState,
    MeetingKind,
    MeetingState,
    MotionKind,
    MotionState,
    Presence,
    Subject,
)
from kelisim.papers.models import File


class Meeting(models.Model):
    """A body meets. `rules` are the rules of procedure as they stood when it was convened.

    `sequence` counts what subscribers' calendars must learn of: a new time or place, an end.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="meetings")
    kind = models.CharField(max_length=10, choices=MeetingKind, default=MeetingKind.MEETING)
    number = models.PositiveSmallIntegerField()
    title = models.JSONField(default=dict)
    starts_at = models.DateTimeField(db_index=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    place = models.JSONField(default=dict, blank=True)
    link = models.URLField(blank=True)
    state = models.CharField(
        max_length=10, choices=MeetingState, default=MeetingState.PLANNED, db_index=True
    )
    rules = models.JSONField(default=dict, blank=True)
    chair = models.ForeignKey(
        Mandate, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    secretary = models.ForeignKey(
        Mandate, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    convened_at = models.DateTimeField(null=True, blank=True)
    papers_sent_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    cancelled_because = models.TextField(blank=True)
    sequence = models.PositiveSmallIntegerField(default=0)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ("-starts_at", "-pk")
        verbose_name = _("meeting")
        indexes = [models.Index(fields=["body", "starts_at"], name="meeting_of_body")]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "kind", "number"], name="meeting_numbered_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["planned", "cancelled"]) | Q(convened_at__isnull=False),
                name="meeting_convened_at_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["open", "adjourned", "closed", "minuted", "published"])
                | Q(opened_at__isnull=False),
                name="meeting_opened_at_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["closed", "minuted", "published"])
                | Q(closed_at__isnull=False),
                name="meeting_closed_at_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(state="published", published_at__isnull=False)
                | ~Q(state="published") & Q(published_at__isnull=True),
                name="meeting_published_iff_at_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(cancelled_because=""),
                name="meeting_cancelled_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body} № {self.number}"


class Item(models.Model):
    """An item of the agenda: who moved it, its draft decision, the provisions it is about."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField(default=0)
    title = models.JSONField(default=dict)
    text = models.JSONField(default=dict, blank=True)
    draft = models.JSONField(default=dict, blank=True)
    mover = models.ForeignKey(
        Mandate, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    subject = models.CharField(max_length=10, choices=Subject, default=Subject.GENERAL)
    weighty = models.BooleanField(default=False)
    provisions = models.ManyToManyField(Provision, blank=True, related_name="items")
    state = models.CharField(max_length=10, choices=ItemState, default=ItemState.LISTED)
    declined_because = models.TextField(blank=True)

    class Meta:
        ordering = ("meeting", "position", "pk")
        verbose_name = _("item of the agenda")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(declined_because=""),
                name="item_declined_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}.{self.position}"


class ItemPaper(models.Model):
    """A paper of an item, as it goes out to the members."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="papers")
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=300)
    language = models.CharField(max_length=2, default="kk")
    public = models.BooleanField(default=False)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ("item", "pk")
        verbose_name = _("paper of an item")

    def __str__(self) -> str:
        return self.title


class Attendance(models.Model):
    """A mandate is invited and comes, or not. `key` is the member's own link to vote with."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="attendances")
    votes = models.BooleanField(default=True)
    presence = models.CharField(max_length=10, choices=Presence, default=Presence.INVITED)
    excuse = models.CharField(max_length=300, blank=True)
    came_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    key = models.CharField(max_length=40, unique=True, default=new_key)

    class Meta:
        ordering = ("meeting", "pk")
        verbose_name = _("attendance")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "mandate"], name="attendance_once"),
            models.CheckConstraint(
                condition=~Q(presence__in=["present", "left"]) | Q(came_at__isnull=False),
                name="attendance_came_at_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} {self.mandate_id}"


class Guest(models.Model):
    """Somebody invited who is no member: named by post and body."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="guests")
    name = models.CharField(max_length=200)
    post = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name


class Speech(models.Model):
    """A place in the speakers' list: asked for, called, ended; each with its time."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="speeches")
    mandate = models.ForeignKey(
        Mandate, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    guest = models.ForeignKey(
        Guest, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    seconds = models.PositiveSmallIntegerField()
    asked_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    withdrawn = models.BooleanField(default=False)

    class Meta:
        ordering = ("asked_at", "pk")
        verbose_name = _("speech")
        constraints = [
            models.CheckConstraint(
                condition=Q(mandate__isnull=True, guest__isnull=False)
                | Q(mandate__isnull=False, guest__isnull=True),
                name="speech_of_one",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(called_at__isnull=False),
                name="speech_ended_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.asked_at}"


class Motion(models.Model):
    """A motion on an item, or an amendment to its draft or to another motion."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="motions")
    kind = models.CharField(max_length=10, choices=MotionKind, default=MotionKind.MOTION)
    amends = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="amendments"
    )
    text = models.JSONField(default=dict)
    mover = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="motions")
    moved_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=MotionState, default=MotionState.MOVED)

    class Meta:
        ordering = ("moved_at", "pk")
        verbose_name = _("motion")

    def __str__(self) -> str:
        return f"{self.item_id} {self.kind}"
