"""Charters, acts, versions, provisions and their words."""

from kelisim.charter.models.acts import Act, Charter
from kelisim.charter.models.provisions import (
    Correspondence,
    Instrument,
    Provision,
    Step,
    Succession,
    Wording,
)
from kelisim.charter.models.versions import Edition, Source, Version

__all__ = [
    "Act",
    "Charter",
    "Correspondence",
    "Edition",
    "Instrument",
    "Provision",
    "Source",
    "Step",
    "Succession",
    "Version",
    "Wording",
]
