"""Reads of plans and commitments, each a fixed number of queries."""
