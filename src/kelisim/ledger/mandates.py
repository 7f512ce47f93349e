"""In whose name an act was done: a key that stays, and its words at that time."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mandate:
    """What entitles somebody to an act. It names an office, never a person.

    The key is also the message id under which the words are found in the reader's language.
    """

    key: str
    words: str
