"""Pure values of evaluation: cells, coverage, comparison."""
