"""What reading a document gives: provisions in order, leavings, guesses. Pure."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

Lines = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Provision:
    """One part of the tree. `text` is its own text, without its number; `lines` are 1-based."""

    eid: str
    kind: str
    number: str
    text: str
    parent: str | None
    lines: Lines
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Leaving:
    """A piece of the source that is no provision, and why (see `readers.leavings`)."""

    text: str
    why: str
    lines: Lines


@dataclass(frozen=True, slots=True)
class Guess:
    """Something that was decided without certainty: what, where, and how sure (0 to 1)."""

    what: str
    lines: Lines
    certainty: float


@dataclass(frozen=True, slots=True)
class Draft:
    """A document as it was understood; nothing of the source is lost and nothing doubled."""

    provisions: tuple[Provision, ...]
    leavings: tuple[Leaving, ...] = ()
    guesses: tuple[Guess, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)
    title: str = ""
    language: str = "ru"
    charter_type: str = "generic"

    def to_json(self) -> dict[str, Any]:
        """The draft as plain JSON values, keys as documented for `kelisim charter read`."""
        return {
            "title": self.title,
            "language": self.language,
            "type": self.charter_type,
            "fields": dict(self.fields),
            "provisions": [
                {
                    "eId": p.eid,
                    "kind": p.kind,
                    "number": p.number,
                    "parent": p.parent,
                    "text": p.text,
                    "lines": list(p.lines),
                    "heading": p.heading,
                }
                for p in self.provisions
            ],
            "leavings": [asdict(x) | {"lines": list(x.lines)} for x in self.leavings],
            "guesses": [asdict(x) | {"lines": list(x.lines)} for x in self.guesses],
        }

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> "Draft":
        """The same draft back. Raises KeyError or TypeError where the shape is another."""
        return cls(
            provisions=tuple(
                Provision(
                    eid=p["eId"],
                    kind=p["kind"],
                    number=p["number"],
                    text=p["text"],
                    parent=p["parent"],
                    lines=(p["lines"][0], p["lines"][1]),
                    heading=p.get("heading", False),
                )
                for p in given["provisions"]
            ),
            leavings=tuple(
                Leaving(x["text"], x["why"], (x["lines"][0], x["lines"][1]))
                for x in given.get("leavings", ())
            ),
            guesses=tuple(
                Guess(x["what"], (x["lines"][0], x["lines"][1]), x["certainty"])
                for x in given.get("guesses", ())
            ),
            fields=dict(given.get("fields", {})),
            title=given.get("title", ""),
            language=given.get("language", "ru"),
            charter_type=given.get("type", "generic"),
        )
