"""What evaluation keeps: runs of the formula, results, reports for a period."""

from kelisim.evaluation.models.effectiveness import Run

__all__ = ["Run"]
