"""What evaluation keeps: runs of the formula, results, reports for a period."""
