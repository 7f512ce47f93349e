"""What evaluation keeps: runs of the formula, results, reports for a period."""

from kelisim.evaluation.models.effectiveness import Run
from kelisim.evaluation.models.periods import PeriodReport, PeriodText
from kelisim.evaluation.models.results import Link, ResultIndicator, ResultValue

__all__ = ["Link", "PeriodReport", "PeriodText", "ResultIndicator", "ResultValue", "Run"]
