"""Reports for a period: what they are computed from, which there are."""

from kelisim.evaluation.queries.periods.composing import composed, tables, titled, written
from kelisim.evaluation.queries.periods.listing import (
    editions,
    listed,
    one,
    open_ones,
    published,
    whole,
)

__all__ = [
    "composed",
    "editions",
    "listed",
    "one",
    "open_ones",
    "published",
    "tables",
    "titled",
    "whole",
    "written",
]
