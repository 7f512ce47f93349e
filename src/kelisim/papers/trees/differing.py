"""Where a body differs from a paper that goes round."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Differing:
    """A row of the table of disagreements: the place, the text as drafted, as the body proposes."""

    number: int
    place: str
    drafted: str
    proposed: str
