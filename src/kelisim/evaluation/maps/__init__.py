"""Drawings of evaluation, made at the server."""
