"""Plans, commitments, their terms, reports and control."""

from kelisim.commitments.models.commitments import (
    Actual,
    Commitment,
    Executor,
    Fulfils,
    Indicator,
    Money,
    Night,
    Stage,
    Standing,
    Target,
)
from kelisim.commitments.models.control import (
    Bulk,
    ControlRules,
    Digest,
    Extension,
    Mark,
    Notice,
    SavedFilter,
)
from kelisim.commitments.models.plans import Agreement, Edit, Edition, Line, Plan
from kelisim.commitments.models.reports import Evidence, Report, Sending

__all__ = [
    "Actual",
    "Agreement",
    "Bulk",
    "Commitment",
    "ControlRules",
    "Digest",
    "Edit",
    "Edition",
    "Evidence",
    "Executor",
    "Extension",
    "Fulfils",
    "Indicator",
    "Line",
    "Mark",
    "Money",
    "Night",
    "Notice",
    "Plan",
    "Report",
    "SavedFilter",
    "Sending",
    "Stage",
    "Standing",
    "Target",
]
