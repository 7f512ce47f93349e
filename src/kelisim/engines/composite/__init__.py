"""Comparing bodies by several figures at once, with what cannot be known said as plainly.

A composite indicator after the Handbook on Constructing Composite Indicators (OECD and JRC, 2008):
components between published goalposts, weights, a rule that brings them together; then what the
number of cases, the weights and the rule leave open, as intervals of rank, chances that one stands
above another, and groups that cannot be told apart. Where there is too little to compare, there is
no rank. Only numbers come in: what they are figures of is the caller's to choose.
"""

from kelisim.engines.composite.intervals import mean, ratio, wilson
from kelisim.engines.composite.ranks import FIRMNESS, ranking, sensitivity
from kelisim.engines.composite.scores import aggregate, normalise, scored, table, thin
from kelisim.engines.composite.sensitivity import indices
from kelisim.engines.composite.shapes import (
    Column,
    Component,
    Dice,
    Enough,
    Index,
    Interval,
    Measured,
    Proportion,
    Ranking,
    Rule,
    Scored,
    Sensitivity,
    dice,
    weights,
)

VERSION = "1"
"""Raised whenever the same numbers would come out otherwise."""

__all__ = [
    "FIRMNESS",
    "VERSION",
    "Column",
    "Component",
    "Dice",
    "Enough",
    "Index",
    "Interval",
    "Measured",
    "Proportion",
    "Ranking",
    "Rule",
    "Scored",
    "Sensitivity",
    "aggregate",
    "dice",
    "indices",
    "mean",
    "normalise",
    "ranking",
    "ratio",
    "scored",
    "sensitivity",
    "table",
    "thin",
    "weights",
    "wilson",
]
