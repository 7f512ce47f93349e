"""What many people's votes on statements say: on what all agree, where groups differ, how surely.

Votes in, figures out; no database, no names. The method is that of Polis for what a group stands
for and what all share; groups are found by a mixture of vote profiles instead of on a plane.
"""

from kelisim.engines.consensus.analysis import VERSION, analysis
from kelisim.engines.consensus.blocks import ALONE, Cluster, Workers
from kelisim.engines.consensus.groups import Groups, grouped
from kelisim.engines.consensus.reading import read_bytes
from kelisim.engines.consensus.votes import Fault, Unreadable, Votes, read

__all__ = [
    "ALONE",
    "VERSION",
    "Cluster",
    "Fault",
    "Groups",
    "Unreadable",
    "Votes",
    "Workers",
    "analysis",
    "grouped",
    "read",
    "read_bytes",
]
