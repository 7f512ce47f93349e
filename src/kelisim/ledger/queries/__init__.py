"""Reading the ledger: its acts for people, its proof for anybody."""

from kelisim.ledger.queries.acts import (
    acts,
    acts_of,
    checkpoint,
    entries,
    history,
    kinds,
    reason,
    triggers_missing,
)
from kelisim.ledger.queries.verification import Verdict, verify

__all__ = [
    "Verdict",
    "acts",
    "acts_of",
    "checkpoint",
    "entries",
    "history",
    "kinds",
    "reason",
    "triggers_missing",
    "verify",
]
