"""What is edited, and what an edit is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, cast

from kelisim.charter.trees.citation import citations
from kelisim.charter.trees.draft import Leaving, Provision
from kelisim.charter.trees.eids import Eids
from kelisim.charter.trees.types import CharterType

NEW = 0
"""The key of a node that is not stored yet."""

type Piece = Node | Leaving | Doubt
type Part = Literal["nodes", "leavings", "doubts"]
type Lines = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Node:
    """A provision as an editor sees it: its place is its index and its depth."""

    key: int
    depth: int
    kind: str
    number: str = ""
    lines: Lines = (0, 0)
    texts: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    heading: bool = False

    def at_depth(self, depth: int) -> "Node":
        return self if depth == self.depth else replace(self, depth=depth)

    def to_json(self) -> dict[str, Any]:
        return {
            "key": self.key,
            "depth": self.depth,
            "kind": self.kind,
            "number": self.number,
            "lines": list(self.lines),
            "texts": dict(self.texts),
            "titles": dict(self.titles),
            "heading": self.heading,
        }

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> "Node":
        first, last = said["lines"]
        return cls(**{**said, "lines": (first, last)})


@dataclass(frozen=True, slots=True)
class Doubt:
    """A guess of the reader, and whether a person has looked at it."""

    what: str
    lines: Lines
    certainty: float
    settled: bool = False

    def to_json(self) -> dict[str, Any]:
        return {
            "what": self.what,
            "lines": list(self.lines),
            "certainty": self.certainty,
            "settled": self.settled,
        }

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> "Doubt":
        first, last = said["lines"]
        return cls(said["what"], (first, last), said["certainty"], said.get("settled", False))


def leaving(said: Mapping[str, Any]) -> Leaving:
    first, last = said["lines"]
    return Leaving(said["text"], said["why"], (first, last))


def as_json(piece: Piece) -> dict[str, Any]:
    if isinstance(piece, Leaving):
        return {"text": piece.text, "why": piece.why, "lines": list(piece.lines)}
    return piece.to_json()


PIECES: dict[str, Callable[[Mapping[str, Any]], Piece]] = {
    "nodes": Node.from_json,
    "leavings": leaving,
    "doubts": Doubt.from_json,
}


@dataclass(slots=True)
class Manuscript:
    """All that a person edits before a charter is published."""

    nodes: list[Node] = field(default_factory=list)
    leavings: list[Leaving] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    def apply(self, edit: "Edit") -> None:
        """Do the edit here. Each splice sees what the splices before it left."""
        for splice in edit.splices:
            pieces = cast("list[Piece]", getattr(self, splice.part))
            pieces[splice.at : splice.at + len(splice.before)] = splice.after


@dataclass(frozen=True, slots=True)
class Splice:
    """At this index, these pieces make way for those."""

    part: Part
    at: int
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]

    def swapped(self) -> "Splice":
        return Splice(self.part, self.at, self.after, self.before)


@dataclass(frozen=True, slots=True)
class Edit:
    """What a verb changes, in order; the index is where a person's eye should rest afterwards."""

    splices: tuple[Splice, ...]
    eye: int = 0

    def undone(self) -> "Edit":
        """The edit that takes this one back."""
        return Edit(tuple(splice.swapped() for splice in reversed(self.splices)), self.eye)

    def to_json(self) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """Both sides, as a step of the draft keeps them: (before, after)."""

        def side(name: str) -> list[dict[str, Any]]:
            return [
                {
                    "part": splice.part,
                    "at": splice.at,
                    "pieces": [as_json(piece) for piece in getattr(splice, name)],
                }
                for splice in self.splices
            ]

        return side("before"), side("after")

    @classmethod
    def from_json(
        cls, before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]
    ) -> "Edit":
        def pieces(side: Mapping[str, Any]) -> tuple[Piece, ...]:
            return tuple(PIECES[side["part"]](said) for said in side["pieces"])

        return cls(
            tuple(
                Splice(old["part"], old["at"], pieces(old), pieces(new))
                for old, new in zip(before, after, strict=True)
            )
        )


@dataclass(frozen=True, slots=True)
class Place:
    """What follows from order and depths: the parent's index, the eId, the citation."""

    parent: int | None
    eid: str
    cite: str


def places(nodes: Sequence[Node], charter_type: CharterType) -> list[Place]:
    """Where each node stands. The same nodes always have the same eIds."""
    eids, way = Eids(), list[int]()
    parents: list[int | None] = []
    provisions: list[Provision] = []
    for index, node in enumerate(nodes):
        del way[node.depth :]
        above = way[-1] if way else None
        parent_eid = None if above is None else provisions[above].eid
        under_heading = above is not None and nodes[above].heading
        element = element_of(node.kind, charter_type, under_heading=under_heading)
        eid = eids.give(parent_eid, element, node.number)
        provisions.append(
            Provision(eid, node.kind, node.number, "", parent_eid, node.lines, node.heading)
        )
        parents.append(above)
        way.append(index)
    promises = frozenset(key for key, kind in charter_type.kinds.items() if kind.promise)
    cites = citations(provisions, promises)
    return [
        Place(above, provision.eid, cites[provision.eid])
        for above, provision in zip(parents, provisions, strict=True)
    ]


def element_of(kind: str, charter_type: CharterType, *, under_heading: bool) -> str:
    """The element of Akoma Ntoso; a part of a part is a subpart."""
    known = charter_type.kinds.get(kind)
    element = known.element if known else "hcontainer"
    return "subpart" if element == "part" and under_heading else element


def is_tree(nodes: Sequence[Node]) -> bool:
    """Whether the order and the depths make a tree."""
    level = -1
    for node in nodes:
        if not 0 <= node.depth <= level + 1:
            return False
        level = node.depth
    return True


def end(nodes: Sequence[Node], index: int) -> int:
    """The index after the last node that stands under this one."""
    depth = nodes[index].depth
    following = index + 1
    while following < len(nodes) and nodes[following].depth > depth:
        following += 1
    return following


def parent(nodes: Sequence[Node], index: int) -> int | None:
    """The index of the node under which this one stands."""
    depth = nodes[index].depth
    for above in range(index - 1, -1, -1):
        if nodes[above].depth < depth:
            return above
    return None


def previous_sibling(nodes: Sequence[Node], index: int) -> int | None:
    depth = nodes[index].depth
    for before in range(index - 1, -1, -1):
        if nodes[before].depth < depth:
            return None
        if nodes[before].depth == depth:
            return before
    return None
