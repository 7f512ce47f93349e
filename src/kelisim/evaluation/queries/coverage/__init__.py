"""Coverage of a charter: every measure against steps, years, regions or bodies.

A commitment fulfils a provision of the version that its plan stands on; here everything is brought
to the version that is shown, along published successions. Each page is a fixed number of queries:
one of them counts, grouped by provision and column, however many commitments there are.
"""

from kelisim.evaluation.queries.coverage.asked import Asked, By
from kelisim.evaluation.queries.coverage.columns import Choices, Column, choices
from kelisim.evaluation.queries.coverage.matrix import (
    Coverage,
    commitments,
    coverage,
    earlier,
    glances,
    newest_standing,
)
from kelisim.evaluation.queries.coverage.measures import (
    Row,
    charters,
    forms,
    holding,
    of_charter,
    promised,
    said,
    versions,
)

__all__ = [
    "Asked",
    "By",
    "Choices",
    "Column",
    "Coverage",
    "Row",
    "charters",
    "choices",
    "commitments",
    "coverage",
    "earlier",
    "forms",
    "glances",
    "holding",
    "newest_standing",
    "of_charter",
    "promised",
    "said",
    "versions",
]
