"""Reads of evaluation, each a fixed number of queries."""
