"""The states of a version and the moves between them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class VersionState(TextChoices):
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    RETURNED = "returned", _("returned")
    PUBLISHED = "published", _("published")
    DISCARDED = "discarded", _("discarded")


NEXT = {
    VersionState.DRAFT: {VersionState.SUBMITTED, VersionState.DISCARDED},
    VersionState.SUBMITTED: {VersionState.PUBLISHED, VersionState.RETURNED},
    VersionState.RETURNED: {VersionState.SUBMITTED, VersionState.DISCARDED},
    VersionState.PUBLISHED: set(),
    VersionState.DISCARDED: set(),
}

# Versions that can still be edited, and those that stand in the way of another draft.
EDITABLE = {VersionState.DRAFT, VersionState.RETURNED}
OPEN = EDITABLE | {VersionState.SUBMITTED}


class Relation(TextChoices):
    """What became of a provision in the next version."""

    SAME = "same", _("same")
    CHANGED = "changed", _("changed")
    ADDED = "added", _("added")
    REPEALED = "repealed", _("repealed")
    MOVED = "moved", _("moved")


class Standing(TextChoices):
    """What a charter is worth on a day."""

    COMING = "coming", _("not yet in force")
    IN_FORCE = "in_force", _("in force")
    SUPERSEDED = "superseded", _("superseded")
    REPEALED = "repealed", _("repealed")


class Correspond(TextChoices):
    """How a provision stands to another instrument's."""

    IMPLEMENTS = "implements", _("implements")
    REFLECTS = "reflects", _("reflects")
    EXTENDS = "extends", _("goes further than")
    DEPARTS = "departs", _("departs from")
    SEE = "see", _("see also")
