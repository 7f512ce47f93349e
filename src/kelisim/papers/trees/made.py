"""A paper that was just made, before it is kept."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Made:
    """One file: a paper in one language and one form."""

    name: str
    language: str
    media_type: str
    content: bytes
