"""Names of territories as values, so that a table can be read without the database."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Called:
    """What one territory is or was called.

    `spellings`: short and full in each language, the full name that is shown last; `in_use`:
    whether it is so called on the day; `stands`: whether the territory exists on it; `became`:
    names of what came of one that ended.
    """

    kato: str
    parent: str
    sort: str
    spellings: tuple[str, ...]
    in_use: bool = True
    stands: bool = True
    became: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What words in a table may mean: territories, and words to filter by (kind → word → key)."""

    places: tuple[Called, ...] = ()
    tags: tuple[tuple[str, str, str], ...] = ()
