"""Control: marks, extensions, the rules of a body, reminders, saved filters."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kelisim.bodies.models import Body
from kelisim.commitments.models.commitments import Commitment, Stage
from kelisim.commitments.models.reports import Sending
from kelisim.commitments.states import ExtensionState, MarkKind, Rung, Status
from kelisim.meetings.models import Item


class Mark(models.Model):
    """A mark of control: an opinion, an issuer's act, a change. Never changed, never removed.

    `sending` and its digest are what was read; `because` the reason; `from_body` … `to_day` what
    it changed where it changed bodies or days; `status` what a person judged.
    """

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="marks")
    stage = models.ForeignKey(
        Stage, on_delete=models.PROTECT, null=True, blank=True, related_name="marks"
    )
    sending = models.ForeignKey(
        Sending, on_delete=models.PROTECT, null=True, blank=True, related_name="marks"
    )
    kind = models.CharField(max_length=12, choices=MarkKind)
    because = models.TextField(blank=True)
    status = models.CharField(max_length=12, choices=Status, blank=True)
    from_body = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    to_body = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    from_day = models.DateField(null=True, blank=True)
    to_day = models.DateField(null=True, blank=True)
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    post = models.CharField(max_length=20, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ("commitment", "at", "pk")
        verbose_name = _("mark of control")
        indexes = [models.Index(fields=["kind", "at"], name="mark_kind")]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind__in=["executed", "removed", "left", "extended"],
                )
                | ~Q(because=""),
                name="mark_with_its_reason",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["executed", "removed", "left", "returned", "asked"])
                | Q(sending__isnull=False),
                name="mark_of_what_was_read",
            ),
            models.CheckConstraint(
                condition=~Q(kind="transferred")
                | Q(from_body__isnull=False, to_body__isnull=False),
                name="mark_transferred_between_two",
            ),
            models.CheckConstraint(
                condition=~Q(kind="extended") | Q(from_day__lt=F("to_day")),
                name="mark_extended_to_a_later_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.kind}"


class Extension(models.Model):
    """An executor asks for another term, with a reason and in time; the issuer decides."""

    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="extensions")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    until = models.DateField()
    because = models.TextField()
    state = models.CharField(max_length=10, choices=ExtensionState, default=ExtensionState.ASKED)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("stage", "pk")
        verbose_name = _("request for extension")
        constraints = [
            models.UniqueConstraint(
                fields=["stage"], condition=Q(state="asked"), name="extension_one_asked"
            ),
            models.CheckConstraint(condition=~Q(because=""), name="extension_with_a_reason"),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(answer=""),
                name="extension_refused_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stage_id} → {self.until}"


class ControlRules(models.Model):
    """What a body changes in the shipped rules of control (`facts/control.toml`), from a day."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="control_rules")
    since = models.DateField()
    rules = models.JSONField(default=dict)

    class Meta:
        ordering = ("body", "since")
        constraints = [
            models.UniqueConstraint(fields=["body", "since"], name="control_rules_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.body_id} {self.since}"


class Notice(models.Model):
    """A reminder or a rung of the ladder that was reached for a term; each once, and kept.

    `days` is the distance in working days (before: positive), `due_on` the term as it stood.
    """

    stage = models.ForeignKey(Stage, on_delete=models.CASCADE, related_name="notices")
    rung = models.CharField(max_length=12, choices=Rung)
    days = models.SmallIntegerField()
    due_on = models.DateField()
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    item = models.ForeignKey(
        Item, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("on", "pk")
        verbose_name = _("reminder of a term")
        indexes = [models.Index(fields=["on", "body"], name="notice_of_a_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["stage", "rung", "days", "due_on", "body"], name="notice_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stage_id} {self.rung} {self.days}"


class Digest(models.Model):
    """The one letter that a person gets on a day about everything; never twice, each kept."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="digests"
    )
    day = models.DateField()
    text = models.TextField(blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-day", "pk")
        verbose_name = _("daily letter")
        constraints = [
            models.UniqueConstraint(fields=["person", "day"], name="digest_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.day}"


class SavedFilter(models.Model):
    """A view of the control table that a person keeps under a name."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_filters"
    )
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=1000)

    class Meta:
        ordering = ("person", "name")
        verbose_name = _("saved filter")
        constraints = [
            models.UniqueConstraint(fields=["person", "name"], name="saved_filter_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Bulk(models.Model):
    """An act on many that was done: its token keeps a second press from doing it again."""

    token = models.CharField(max_length=64, primary_key=True)
    act = models.CharField(max_length=12)
    count = models.PositiveIntegerField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "token")
        verbose_name = _("act on many")

    def __str__(self) -> str:
        return f"{self.act} × {self.count}"
