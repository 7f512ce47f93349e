"""Kinds of papers, and how approval moves."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class PaperKind(TextChoices):
    MINUTES = "minutes", _("minutes")
    DECISION = "decision", _("decision")
    EXTRACT = "extract", _("extract from minutes")
    COVERING = "covering", _("covering letter")
    AGENDA = "agenda", _("agenda")
    INVITATION = "invitation", _("invitation")
    SHEET = "sheet", _("approval sheet")
    DISAGREEMENTS = "disagreements", _("table of disagreements")
    ORDER = "order", _("order")
    NOTE = "note", _("note")
    LETTER = "letter", _("letter")
    OTHER = "other", _("other paper")


class Direction(TextChoices):
    OUTGOING = "outgoing", _("outgoing")
    INCOMING = "incoming", _("incoming")
    INTERNAL = "internal", _("internal")


class Part(TextChoices):
    """What a file is to the paper that it is attached to."""

    PAPER = "paper", _("the paper itself")
    SIGNED = "signed", _("signed copy")
    ENCLOSURE = "enclosure", _("enclosure")


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


class SignatureState(TextChoices):
    """What verification found of a signed file. Broken: the arithmetic does not come out."""

    VERIFIED = "verified", _("signature verified")
    NOT_VERIFIED = "not_verified", _("signature not verified")
    BROKEN = "broken", _("signature broken")


class CertificateRole(TextChoices):
    """What an installed certificate is trusted for."""

    ANCHOR = "anchor", _("root: trusted by itself")
    INTERMEDIATE = "intermediate", _("intermediate: leads to a root")
    TSA = "tsa", _("time-stamping authority")
