"""Drawings of a commitment, as SVG made at the server: pure, no style but classes."""
