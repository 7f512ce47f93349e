"""Plans, their editions, the rows of an edition, and what executors say of it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kelisim.bodies.models import Body
from kelisim.charter.models import Version
from kelisim.commitments.states import OPEN_EDITIONS, EditionState, PlanState, Say
from kelisim.meetings.models import Point


class Plan(models.Model):
    """What a body (or several together) does in a period to fulfil a version of a charter.

    Its table stands in editions; from the first one approved its rows are commitments. `parent` is
    the plan that it mirrors or adds to, `after` the one that it continues.
    """

    slug = models.SlugField(max_length=80, unique=True)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="plans")
    joint = models.ManyToManyField(Body, blank=True, related_name="joint_plans")
    title = models.JSONField(default=dict)
    starts = models.DateField()
    ends = models.DateField()
    version = models.ForeignKey(
        Version, on_delete=models.PROTECT, null=True, blank=True, related_name="plans"
    )
    point = models.ForeignKey(
        Point, on_delete=models.PROTECT, null=True, blank=True, related_name="plans"
    )
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="mirrors"
    )
    after = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="continued"
    )
    state = models.CharField(max_length=10, choices=PlanState, default=PlanState.PREPARED)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("-starts", "pk")
        verbose_name = _("plan")
        constraints = [
            models.CheckConstraint(
                condition=Q(starts__lte=F("ends")), name="plan_starts_before_it_ends"
            ),
            models.CheckConstraint(
                condition=Q(state="closed", closed_on__isnull=False)
                | ~Q(state="closed") & Q(closed_on__isnull=True),
                name="plan_closed_on_a_day",
            ),
            models.CheckConstraint(
                condition=(Q(parent__isnull=True) | ~Q(parent=F("id")))
                & (Q(after__isnull=True) | ~Q(after=F("id"))),
                name="plan_not_its_own_parent",
            ),
        ]

    def __str__(self) -> str:
        return self.slug


class Edition(models.Model):
    """The table of a plan as drafted, agreed and approved once; a sealed one never changes.

    `digest` is the SHA-256 of the sealed rows, `round` counts how often executors were asked.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=EditionState, default=EditionState.DRAFT)
    because = models.TextField(blank=True)
    round = models.PositiveSmallIntegerField(default=0)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    act = models.JSONField(default=dict, blank=True)
    in_force_from = models.DateField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("plan", "number")
        verbose_name = _("edition of a plan")
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="plan_edition_numbered_once"),
            models.UniqueConstraint(
                fields=["plan"],
                condition=Q(state__in=[state.value for state in OPEN_EDITIONS]),
                name="plan_edition_open_once",
            ),
            models.UniqueConstraint(
                fields=["plan"], condition=Q(state="in_force"), name="plan_edition_in_force_once"
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=["approved", "in_force", "replaced"],
                    approved_at__isnull=False,
                    in_force_from__isnull=False,
                    digest__gt="",
                )
                | Q(state__in=["draft", "agreeing", "agreed", "discarded"])
                & Q(approved_at__isnull=True, in_force_from__isnull=True, digest=""),
                name="plan_edition_approved_iff_sealed",
            ),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(because=""), name="plan_edition_amended_with_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True)
                | Q(drafted_by__isnull=True)
                | ~Q(approved_by=F("drafted_by")),
                name="plan_edition_drafted_and_approved_by_two",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id}/{self.number}"


class Line(models.Model):
    """A row of an edition's table: `content` is `trees.table.as_json` of a heading or a row."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveIntegerField()
    key = models.CharField(max_length=32)
    content = models.JSONField(default=dict)

    class Meta:
        ordering = ("edition", "position", "pk")
        constraints = [
            models.UniqueConstraint(fields=["edition", "key"], name="plan_line_once"),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id}/{self.position}"


class Edit(models.Model):
    """One edit of a draft's table: only the lines that it touched, before and after, for undo.

    Each of `before` and `after` is a list of `{key, position, content}`.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="edits")
    number = models.PositiveIntegerField()
    verb = models.CharField(max_length=40)
    before = models.JSONField(default=list)
    after = models.JSONField(default=list)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("edition", "number")
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="plan_edit_numbered_once"),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id}/{self.number} {self.verb}"


class Agreement(models.Model):
    """What one executor says of an edition in one round. `digest` is what was read."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="agreements")
    round = models.PositiveSmallIntegerField()
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=Say, default=Say.ASKED)
    due_on = models.DateField()
    words = models.TextField(blank=True)
    digest = models.CharField(max_length=64, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(null=True, blank=True)
    settlement = models.TextField(blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("edition", "round", "pk")
        verbose_name = _("agreement to a plan")
        constraints = [
            models.UniqueConstraint(fields=["edition", "round", "body"], name="agreement_once"),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "silent", "agreed"]) | ~Q(words=""),
                name="agreement_not_given_with_reasons",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "silent"]) | Q(at__isnull=False),
                name="agreement_said_at_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.body_id} {self.state}"
