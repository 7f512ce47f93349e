"""What evaluation keeps: runs of the formula, results, reports for a period."""

from kelisim.evaluation.models.effectiveness import Run
from kelisim.evaluation.models.periods import PeriodReport, PeriodText

__all__ = ["PeriodReport", "PeriodText", "Run"]
