"""Why something may not be done, in words a person can act on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True, init=False)
class Refusal:
    """One reason: a code (`room.reason`), the place it concerns, and the facts its sentence names.

    The sentence itself is looked up by the code where a person reads it
    (`kelisim.pages.sentences.sentence`), in that person's language.
    """

    code: str
    place: str
    facts: Mapping[str, object] = field(hash=False)

    def __init__(self, code: str, *, place: str = "", **facts: object) -> None:
        object.__setattr__(self, "code", code)
        object.__setattr__(self, "place", place)
        object.__setattr__(self, "facts", MappingProxyType(facts))


class Refused(Exception):
    """Raised when rules said no: carries every reason at once."""

    def __init__(self, *refusals: Refusal) -> None:
        super().__init__("; ".join(f"{r.place}: {r.code}" if r.place else r.code for r in refusals))
        self.refusals = refusals


def require(*refusals: Refusal | None) -> None:
    """Raise Refused with every reason that rules gave; do nothing when they gave none."""
    said = tuple(refusal for refusal in refusals if refusal)
    if said:
        raise Refused(*said)
