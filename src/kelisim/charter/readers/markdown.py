"""Markdown and plain text, also as converters leave them: hard breaks, stray levels, bold lines."""

from kelisim.charter.readers.paragraphs import read

__all__ = ["read"]
