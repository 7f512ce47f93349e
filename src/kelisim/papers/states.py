"""Kinds of papers, and how approval moves."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PaperKind(TextChoices):
    MINUTES = "minutes", _("minutes")
    DECISION = "decision", _("decision")
    EXTRACT = "extract", _("extract from minutes")
    COVERING = "covering", _("covering letter")
    AGENDA = "agenda", _("agenda")
    SHEET = "sheet", _("approval sheet")
    DISAGREEMENTS = "disagreements", _("table of disagreements")
    ORDER = "order", _("order")
    NOTE = "note", _("note")
    LETTER = "letter", _("letter")


class Direction(TextChoices):
    OUTGOING = "outgoing", _("outgoing")
    INCOMING = "incoming", _("incoming")
    INTERNAL = "internal", _("internal")


class Verdict(TextChoices):
    """What a body said of a paper that goes round."""

    WAITING = "waiting", _("waiting")
    AGREED = "agreed", _("agreed")
    REMARKS = "remarks", _("agreed with remarks")
    NOT_AGREED = "not_agreed", _("not agreed")


SAID = frozenset({Verdict.AGREED, Verdict.REMARKS, Verdict.NOT_AGREED})
# A verdict may be given anew while the round is open: it is of the same paper.
NEXT_VERDICT = dict.fromkeys(Verdict, SAID)


class RoundState(TextChoices):
    OPEN = "open", _("goes round")
    CLOSED = "closed", _("closed")


NEXT_ROUND = {
    RoundState.OPEN: {RoundState.CLOSED},
    RoundState.CLOSED: set[RoundState](),
}
