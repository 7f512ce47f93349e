"""Commitments: rows of an approved plan, each a body's dated duty under control."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kelisim.bodies.models import Body
from kelisim.charter.models import Provision
from kelisim.commitments.models.plans import Edition, Plan
from kelisim.commitments.states import (
    Control,
    CostNote,
    Direction,
    OriginKind,
    Part,
    Source,
    StageKind,
    Status,
)
from kelisim.meetings.models import Point
from kelisim.territory.models import Unit


class Commitment(models.Model):
    """A promise with an executor and a term. `edition` is the one that worded it last.

    `body` and `unit` are its plan's, kept here so that lists of many plans are one table; `due_on`
    is the last term, `next_on` the nearest one not yet met (none when all are met), `year` that of
    the last term. `status` is computed (`actions.standing`); `funded`, `evidenced` and `measured`
    are kept by the acts that change them.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="commitments")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="commitments")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    key = models.CharField(max_length=32)
    position = models.PositiveIntegerField()
    number = models.CharField(max_length=20)
    section = models.JSONField(default=list, blank=True)
    title = models.JSONField(default=dict)
    description = models.JSONField(default=dict, blank=True)
    form = models.JSONField(default=dict)
    term = models.JSONField(default=dict)
    risks = models.JSONField(default=dict, blank=True)
    lead = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="leads")
    cost_note = models.CharField(max_length=12, choices=CostNote, default=CostNote.AMOUNTS)
    origin = models.CharField(max_length=12, choices=OriginKind, default=OriginKind.PLAN)
    point = models.ForeignKey(
        Point, on_delete=models.PROTECT, null=True, blank=True, related_name="commitments"
    )
    origin_note = models.JSONField(default=dict, blank=True)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    after = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="continued"
    )
    starts = models.DateField()
    due_on = models.DateField()
    next_on = models.DateField(null=True, blank=True)
    year = models.PositiveSmallIntegerField()
    control = models.CharField(max_length=12, choices=Control, default=Control.ON)
    status = models.CharField(max_length=12, choices=Status, default=Status.NOT_STARTED)
    done_on = models.DateField(null=True, blank=True)
    late = models.BooleanField(default=False)
    funded = models.BooleanField(default=False)
    evidenced = models.BooleanField(default=False)
    measured = models.BooleanField(default=False)

    class Meta:
        ordering = ("plan", "position", "pk")
        verbose_name = _("commitment")
        indexes = [
            models.Index(fields=["status", "next_on"], name="commitment_status"),
            models.Index(fields=["control", "status", "body"], name="commitment_control"),
            models.Index(fields=["body", "status"], name="commitment_body"),
            models.Index(fields=["lead", "control", "next_on"], name="commitment_lead"),
            models.Index(fields=["next_on", "id"], name="commitment_next"),
            # All that the coverage of a charter asks: it is counted without reading the words.
            models.Index(
                fields=[
                    "id",
                    "unit",
                    "year",
                    "lead",
                    "plan",
                    "status",
                    "funded",
                    "evidenced",
                    "measured",
                ],
                name="commitment_coverage",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["plan", "key"], name="commitment_once_a_plan"),
            models.UniqueConstraint(
                fields=["parent", "body"],
                condition=Q(parent__isnull=False),
                name="commitment_handed_down_once",
            ),
            models.CheckConstraint(
                condition=Q(starts__lte=F("due_on")), name="commitment_starts_before_it_is_due"
            ),
            models.CheckConstraint(
                condition=Q(control="removed", done_on__isnull=False)
                | ~Q(control="removed") & Q(done_on__isnull=True, late=False),
                name="commitment_done_iff_removed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} № {self.number}"


class Executor(models.Model):
    """A body that executes a commitment, from a day to a day. One leads at a time."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="executors")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="executes")
    part = models.CharField(max_length=4, choices=Part)
    position = models.PositiveSmallIntegerField(default=0)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("commitment", "position", "pk")
        verbose_name = _("executor of a commitment")
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "body"],
                condition=Q(until__isnull=True),
                name="executor_once",
            ),
            models.UniqueConstraint(
                fields=["commitment"],
                condition=Q(part="lead", until__isnull=True),
                name="executor_one_leads",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.body_id} {self.part}"


class Stage(models.Model):
    """A day by which something is due: a term (a report on it is controlled) or a milestone.

    `due_on` moves when the term is extended, `first_on` stays. `handed_on` is the day on which the
    report that stands was handed in, none while there is none or it was returned; `met_on` the day
    on which it was accepted for.
    """

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="stages")
    kind = models.CharField(max_length=10, choices=StageKind, default=StageKind.TERM)
    title = models.JSONField(default=dict, blank=True)
    first_on = models.DateField()
    due_on = models.DateField(db_index=True)
    handed_on = models.DateField(null=True, blank=True)
    met_on = models.DateField(null=True, blank=True)
    dropped = models.BooleanField(default=False)

    class Meta:
        ordering = ("commitment", "due_on", "pk")
        verbose_name = _("term of a commitment")
        indexes = [models.Index(fields=["commitment", "met_on", "due_on"], name="stage_open")]
        constraints = [
            models.UniqueConstraint(fields=["commitment", "kind", "first_on"], name="stage_once"),
            models.CheckConstraint(
                condition=Q(met_on__isnull=True) | Q(handed_on__isnull=False),
                name="stage_met_was_handed_in",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.due_on}"


class Money(models.Model):
    """Money of a commitment from one source in one year, in the country's currency, exact."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="money")
    source = models.CharField(max_length=12, choices=Source)
    year = models.PositiveSmallIntegerField()
    planned = models.DecimalField(max_digits=18, decimal_places=2, default=0)
    allocated = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    spent = models.DecimalField(max_digits=18, decimal_places=2, default=0)

    class Meta:
        ordering = ("commitment", "year", "source")
        verbose_name = _("money of a commitment")
        constraints = [
            models.UniqueConstraint(fields=["commitment", "source", "year"], name="money_once"),
            models.CheckConstraint(
                condition=Q(planned__gte=0, spent__gte=0)
                & (Q(allocated__isnull=True) | Q(allocated__gte=0)),
                name="money_not_below_zero",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.year} {self.source}"


class Fulfils(models.Model):
    """A commitment fulfils a provision of the charter, in whole or a part of it (in words)."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="fulfils")
    provision = models.ForeignKey(Provision, on_delete=models.PROTECT, related_name="fulfilled_by")
    part = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("commitment", "provision")
        constraints = [
            models.UniqueConstraint(fields=["commitment", "provision"], name="fulfils_once"),
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id} → {self.provision_id}"


class Indicator(models.Model):
    """What measures the outcome of a commitment."""

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="indicators")
    position = models.PositiveSmallIntegerField(default=0)
    name = models.JSONField(default=dict)
    unit = models.JSONField(default=dict)
    direction = models.CharField(max_length=4, choices=Direction, default=Direction.UP)
    baseline = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    baseline_year = models.PositiveSmallIntegerField(null=True, blank=True)
    source = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("commitment", "position", "pk")
        verbose_name = _("indicator of a commitment")

    def __str__(self) -> str:
        return f"{self.commitment_id}/{self.position}"


class Target(models.Model):
    """What an indicator shall reach in a year."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="targets")
    year = models.PositiveSmallIntegerField()
    value = models.DecimalField(max_digits=18, decimal_places=4)

    class Meta:
        ordering = ("indicator", "year")
        constraints = [
            models.UniqueConstraint(fields=["indicator", "year"], name="target_once_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.year}: {self.value}"


class Actual(models.Model):
    """What an indicator was, with its source; a later statement of a year replaces an earlier."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="actuals")
    year = models.PositiveSmallIntegerField()
    on = models.DateField()
    value = models.DecimalField(max_digits=18, decimal_places=4)
    source = models.CharField(max_length=300)

    class Meta:
        ordering = ("indicator", "year", "on", "pk")
        constraints = [
            models.UniqueConstraint(fields=["indicator", "year", "on"], name="actual_once_a_day"),
            models.CheckConstraint(condition=~Q(source=""), name="actual_with_its_source"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.year}: {self.value}"


class Standing(models.Model):
    """From which day to which day a commitment had a status; the open one has no end.

    A row for each change, not for each day: `since <= day < until`. `why` holds the risks.
    """

    commitment = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="standings")
    status = models.CharField(max_length=12, choices=Status)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    why = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ("commitment", "since", "pk")
        indexes = [models.Index(fields=["since", "until", "status"], name="standing_on_a_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["commitment"], condition=Q(until__isnull=True), name="standing_one_open"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")),
                name="standing_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.status} {self.since}–{self.until or ''}"


class Night(models.Model):
    """A day whose statuses were told for all commitments, so that no day is left out."""

    day = models.DateField(primary_key=True)
    changed = models.PositiveIntegerField(default=0)
    told_at = models.DateTimeField()

    class Meta:
        ordering = ("-day",)
        verbose_name = _("day whose statuses were told")

    def __str__(self) -> str:
        return f"{self.day}: {self.changed}"
