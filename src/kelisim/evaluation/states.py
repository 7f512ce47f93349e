"""Where a report for a period stands and how it moves; what is known of a chain's link.

What is not in the table is refused.
"""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PeriodState(TextChoices):
    """Written, then computed once for ever, then open to everybody."""

    DRAFT = "draft", _("being written")
    FROZEN = "frozen", _("computed, waits for publication")
    PUBLISHED = "published", _("published")
    DISCARDED = "discarded", _("given up")


NEXT_PERIOD = {
    PeriodState.DRAFT: {PeriodState.FROZEN, PeriodState.DISCARDED},
    PeriodState.FROZEN: {PeriodState.PUBLISHED, PeriodState.DRAFT},
    PeriodState.PUBLISHED: set[PeriodState](),
    PeriodState.DISCARDED: set[PeriodState](),
}
OPEN_PERIODS = (PeriodState.DRAFT, PeriodState.FROZEN)


class PeriodKind(TextChoices):
    YEAR = "year", _("a year")
    HALF = "half", _("half a year")
    QUARTER = "quarter", _("a quarter")


class Said(TextChoices):
    """The parts of a report that people write."""

    OPENING = "opening", _("In short")
    DONE = "done", _("What was done")
    HINDERED = "hindered", _("What hindered it")
    AHEAD = "ahead", _("What comes next")


class Known(TextChoices):
    """What is known of a link of the chain from measures to results."""

    CLAIMED = "claimed", _("claimed by the charter")
    EVIDENCE = "evidence", _("shown by evidence")
    NOT = "not", _("not known")
