"""Where plans, reports and commitments stand, and how they move.

`NEXT` of each kind of thing is its whole table: what is not in it is refused.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PlanState(TextChoices):
    PREPARED = "prepared", _("being prepared")
    IN_FORCE = "in_force", _("in force")
    CLOSED = "closed", _("closed")
    DISCARDED = "discarded", _("discarded")


NEXT_PLAN = {
    PlanState.PREPARED: {PlanState.IN_FORCE, PlanState.DISCARDED},
    PlanState.IN_FORCE: {PlanState.CLOSED},
    PlanState.CLOSED: set[PlanState](),
    PlanState.DISCARDED: set[PlanState](),
}


class EditionState(TextChoices):
    """A plan's table as it was first drafted, or as it is amended."""

    DRAFT = "draft", _("being drafted")
    AGREEING = "agreeing", _("before the executors")
    AGREED = "agreed", _("agreed")
    APPROVED = "approved", _("approved")
    IN_FORCE = "in_force", _("in force")
    REPLACED = "replaced", _("replaced by a later edition")
    DISCARDED = "discarded", _("discarded")


NEXT_EDITION = {
    EditionState.DRAFT: {EditionState.AGREEING, EditionState.DISCARDED},
    EditionState.AGREEING: {
        EditionState.AGREED,
        EditionState.DRAFT,
        EditionState.DISCARDED,
    },
    EditionState.AGREED: {EditionState.APPROVED, EditionState.DRAFT, EditionState.DISCARDED},
    EditionState.APPROVED: {EditionState.IN_FORCE},
    EditionState.IN_FORCE: {EditionState.REPLACED},
    EditionState.REPLACED: set[EditionState](),
    EditionState.DISCARDED: set[EditionState](),
}
OPEN_EDITIONS = (EditionState.DRAFT, EditionState.AGREEING, EditionState.AGREED)
SEALED_EDITIONS = (EditionState.APPROVED, EditionState.IN_FORCE, EditionState.REPLACED)


class Say(TextChoices):
    """What an executor says of an edition that names it."""

    ASKED = "asked", _("asked")
    AGREED = "agreed", _("agreed")
    PROPOSES = "proposes", _("proposes a change")
    DISAGREES = "disagrees", _("disagrees")
    SILENT = "silent", _("said nothing in time")


NEXT_SAY = {
    Say.ASKED: {Say.AGREED, Say.PROPOSES, Say.DISAGREES, Say.SILENT},
    Say.PROPOSES: {Say.AGREED, Say.DISAGREES},
    Say.DISAGREES: {Say.AGREED, Say.PROPOSES},
    Say.AGREED: set[Say](),
    Say.SILENT: {Say.AGREED, Say.PROPOSES, Say.DISAGREES},
}


class Control(TextChoices):
    """Where a commitment stands officially, in the words of the office."""

    ON = "on", _("on control")
    EXECUTED = "executed", _("executed, in the controller’s opinion")
    LEFT = "left", _("left on control")
    REMOVED = "removed", _("removed from control")
    NOT_EXECUTED = "not_executed", _("not executed")
    SUSPENDED = "suspended", _("suspended")
    EXCLUDED = "excluded", _("excluded from the plan")


NEXT_CONTROL = {
    Control.ON: {
        Control.EXECUTED,
        Control.NOT_EXECUTED,
        Control.SUSPENDED,
        Control.EXCLUDED,
    },
    Control.EXECUTED: {Control.REMOVED, Control.LEFT, Control.ON, Control.EXCLUDED},
    Control.LEFT: {
        Control.EXECUTED,
        Control.NOT_EXECUTED,
        Control.SUSPENDED,
        Control.EXCLUDED,
    },
    Control.REMOVED: set[Control](),
    Control.NOT_EXECUTED: set[Control](),
    Control.SUSPENDED: {Control.ON, Control.EXCLUDED},
    Control.EXCLUDED: set[Control](),
}
CONTROLLED = (Control.ON, Control.EXECUTED, Control.LEFT, Control.SUSPENDED)


class Status(TextChoices):
    """How a commitment fares: computed from days, reports and figures, never typed."""

    NOT_STARTED = "not_started", _("not started")
    UNDER_WAY = "under_way", _("under way")
    AT_RISK = "at_risk", _("at risk")
    OVERDUE = "overdue", _("overdue")
    DONE = "done", _("done")
    DONE_LATE = "done_late", _("done late")
    CANCELLED = "cancelled", _("cancelled")


class Risk(TextChoices):
    """Why a commitment is at risk."""

    STAGE = "stage", _("a stage was missed")
    INDICATOR = "indicator", _("an indicator is behind its path")
    MONEY = "money", _("money is not spent")


class ReportState(TextChoices):
    DRAFT = "draft", _("being written")
    SENT = "sent", _("handed in")
    ASKED = "asked", _("a question was asked")
    RETURNED = "returned", _("returned")
    GATHERED = "gathered", _("in the consolidated report")
    EXECUTED = "executed", _("executed, in the controller’s opinion")
    ACCEPTED = "accepted", _("accepted")


NEXT_REPORT = {
    ReportState.DRAFT: {ReportState.SENT},
    ReportState.SENT: {
        ReportState.ASKED,
        ReportState.RETURNED,
        ReportState.GATHERED,
        ReportState.EXECUTED,
    },
    ReportState.ASKED: {ReportState.SENT, ReportState.RETURNED},
    ReportState.RETURNED: {ReportState.SENT},
    ReportState.GATHERED: {ReportState.RETURNED},
    ReportState.EXECUTED: {ReportState.ACCEPTED, ReportState.RETURNED},
    ReportState.ACCEPTED: set[ReportState](),
}
WRITABLE = (ReportState.DRAFT, ReportState.RETURNED, ReportState.ASKED)
HANDED = (
    ReportState.SENT,
    ReportState.ASKED,
    ReportState.EXECUTED,
    ReportState.ACCEPTED,
)


class MarkKind(TextChoices):
    """A mark in the control of a commitment; each is an act with its rule."""

    EXECUTED = "executed", _("executed, in the controller’s opinion")
    RETURNED = "returned", _("returned")
    ASKED = "asked", _("question asked")
    REMOVED = "removed", _("removed from control")
    LEFT = "left", _("left on control")
    NOT_EXECUTED = "not_executed", _("not executed")
    EXTENDED = "extended", _("term extended")
    REFUSED = "refused", _("extension refused")
    TRANSFERRED = "transferred", _("given to another executor")
    SUSPENDED = "suspended", _("suspended")
    RESUMED = "resumed", _("taken up again")
    EXCLUDED = "excluded", _("excluded from the plan")
    JUDGED = "judged", _("judged by a person")


READ_FIRST = (MarkKind.EXECUTED, MarkKind.REMOVED, MarkKind.LEFT)
REASONED = tuple(
    set(MarkKind) - {MarkKind.EXECUTED, MarkKind.REMOVED, MarkKind.LEFT, MarkKind.EXTENDED}
)


class ExtensionState(TextChoices):
    ASKED = "asked", _("asked for")
    GRANTED = "granted", _("granted")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")


NEXT_EXTENSION = {
    ExtensionState.ASKED: {
        ExtensionState.GRANTED,
        ExtensionState.REFUSED,
        ExtensionState.WITHDRAWN,
    },
    ExtensionState.GRANTED: set[ExtensionState](),
    ExtensionState.REFUSED: set[ExtensionState](),
    ExtensionState.WITHDRAWN: set[ExtensionState](),
}


class Source(TextChoices):
    """Where money comes from."""

    REPUBLICAN = "republican", _("republican budget")
    LOCAL = "local", _("local budget")
    ORDER = "order", _("state social order")
    GRANTS = "grants", _("grants")
    OTHER = "other", _("other sources")


class CostNote(TextChoices):
    """What stands in the column of costs."""

    AMOUNTS = "amounts", _("amounts")
    NOT_REQUIRED = "not_required", _("not required")
    WITHIN = "within", _("within the means provided")


class Direction(TextChoices):
    """Which way of an indicator is better."""

    UP = "up", _("more is better")
    DOWN = "down", _("less is better")


class OriginKind(TextChoices):
    """What a commitment arose from."""

    PLAN = "plan", _("the plan itself")
    DECISION = "decision", _("a decision’s point")
    INSTRUCTION = "instruction", _("an instruction")
    MEDIATION = "mediation", _("mediation")
    REVIEW = "review", _("a review")
    GRANT = "grant", _("a grant")


class StageKind(TextChoices):
    """A term must be kept; a milestone is a sign on the way."""

    TERM = "term", _("term")
    MILESTONE = "milestone", _("stage")


class Part(TextChoices):
    """An executor's part."""

    LEAD = "lead", _("responsible executor")
    CO = "co", _("co-executor")


class Rung(TextChoices):
    """Whom a reminder or the ladder reaches. The days are data."""

    BEFORE = "before", _("a reminder before the term")
    DAY = "day", _("a reminder on the day")
    HEAD = "head", _("the head of the executor")
    SECRETARIAT = "secretariat", _("the secretariat")
    COUNCIL = "council", _("the agenda of the Council")
