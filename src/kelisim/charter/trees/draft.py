"""A draft: what a file was read into, before any person has looked at it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from kelisim.refusals import Refusal, Refused

type Lines = tuple[int, int]

WHYS = frozenset(
    {
        "approval",  # the stamp of the act that approves the charter
        "comment",  # what the source hides from its reader
        "contents",  # the table of contents
        "deleted",  # struck out by the source's own tracked changes
        "footnote",
        "imprint",  # place and year under the title
        "label",  # the word beside a number: the kind says it
        "letterhead",
        "mark",  # typography: bullets, emphasis, heading signs, a number's closing punctuation
        "page_break",  # nothing but white space: the place where a page cut a sentence
        "page_number",
        "running_head",
        "script",
        "separator",
        "signature",
        "title",
    }
)


@dataclass(frozen=True, slots=True)
class Provision:
    """One provision in reading order; `parent` is the eId of the provision that it stands under."""

    eid: str
    kind: str
    number: str
    text: str
    parent: str | None
    lines: Lines


@dataclass(frozen=True, slots=True)
class Leaving:
    """What stood in the source and is no provision: kept, with the reason (one of WHYS)."""

    text: str
    why: str
    lines: Lines


@dataclass(frozen=True, slots=True)
class Guess:
    """What the reader was not told by the source: a join, a level, a kind; and how sure it is."""

    what: str
    lines: Lines
    certainty: float
    of: str = ""  # the eId, key or word that was guessed


@dataclass(frozen=True, slots=True)
class Draft:
    """The tree of a charter as it was read, with everything left out of it and every guess."""

    provisions: tuple[Provision, ...]
    leavings: tuple[Leaving, ...] = ()
    guesses: tuple[Guess, ...] = ()
    fields: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    language: str = ""
    charter_type: str = "generic"
    title: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The draft as plain data, for a program."""
        return {
            "type": self.charter_type,
            "language": self.language,
            "title": self.title,
            "fields": dict(self.fields),
            "provisions": [
                {
                    "eId": one.eid,
                    "kind": one.kind,
                    "number": one.number,
                    "parent": one.parent,
                    "text": one.text,
                    "lines": list(one.lines),
                }
                for one in self.provisions
            ],
            "leavings": [
                {"text": one.text, "why": one.why, "lines": list(one.lines)}
                for one in self.leavings
            ],
            "guesses": [
                {
                    "what": one.what,
                    "of": one.of,
                    "lines": list(one.lines),
                    "certainty": one.certainty,
                }
                for one in self.guesses
            ],
        }

    @classmethod
    def from_json(cls, data: Any) -> "Draft":
        """The draft that `to_json` gave. Raises Refused with every problem and its place."""
        shape = _Shape()
        draft = shape.draft(data)
        if shape.problems:
            raise Refused(*shape.problems)
        return draft


class _Shape:
    """Checks foreign data while taking it in; problems gather instead of stopping at the first."""

    def __init__(self) -> None:
        self.problems: list[Refusal] = []

    def wrong(self, place: str) -> None:
        self.problems.append(Refusal("charter.json_shape", place=place))

    def words(self, data: Mapping[str, Any], key: str, place: str, default: str | None = "") -> str:
        value = data.get(key, default)
        if not isinstance(value, str):
            self.wrong(f"{place}.{key}")
            return ""
        return value

    def lines(self, data: Mapping[str, Any], place: str) -> Lines:
        match data.get("lines"):
            case [int() as first, int() as last] if 0 <= first <= last:
                return first, last
        self.wrong(f"{place}.lines")
        return 0, 0

    def each(self, data: Mapping[str, Any], key: str) -> list[tuple[str, Mapping[str, Any]]]:
        rows = data.get(key, [])
        if not isinstance(rows, list):
            self.wrong(key)
            return []
        found = []
        for index, row in enumerate(rows):
            place = f"{key}[{index}]"
            if isinstance(row, dict):
                found.append((place, row))
            else:
                self.wrong(place)
        return found

    def draft(self, data: Any) -> Draft:
        if not isinstance(data, dict) or not isinstance(data.get("provisions"), list):
            self.wrong("provisions")
            return Draft(())
        fields = data.get("fields", {})
        if not isinstance(fields, dict) or not all(isinstance(v, str) for v in fields.values()):
            self.wrong("fields")
            fields = {}
        title = data.get("title")
        if title is not None and not isinstance(title, str):
            self.wrong("title")
            title = None
        return Draft(
            provisions=self.provisions(data),
            leavings=tuple(
                Leaving(self.words(row, "text", at), self.why(row, at), self.lines(row, at))
                for at, row in self.each(data, "leavings")
            ),
            guesses=tuple(
                Guess(
                    self.words(row, "what", at),
                    self.lines(row, at),
                    self.certainty(row, at),
                    self.words(row, "of", at),
                )
                for at, row in self.each(data, "guesses")
            ),
            fields=MappingProxyType(dict(fields)),
            language=self.words(data, "language", ""),
            charter_type=self.words(data, "type", "", "generic"),
            title=title,
        )

    def provisions(self, data: Mapping[str, Any]) -> tuple[Provision, ...]:
        known: set[str] = set()
        found = []
        for at, row in self.each(data, "provisions"):
            eid, parent = self.words(row, "eId", at, None), row.get("parent")
            if not eid or eid in known:
                self.wrong(f"{at}.eId")
            if parent is not None and parent not in known:
                self.wrong(f"{at}.parent")
                parent = None
            known.add(eid)
            kind = self.words(row, "kind", at, None)
            number, text = self.words(row, "number", at), self.words(row, "text", at)
            found.append(Provision(eid, kind, number, text, parent, self.lines(row, at)))
        return tuple(found)

    def why(self, row: Mapping[str, Any], place: str) -> str:
        why = self.words(row, "why", place, None)
        if why not in WHYS:
            self.wrong(f"{place}.why")
        return why

    def certainty(self, row: Mapping[str, Any], place: str) -> float:
        match row.get("certainty"):
            case int() | float() as value if 0 <= value <= 1:
                return float(value)
        self.wrong(f"{place}.certainty")
        return 0.0
