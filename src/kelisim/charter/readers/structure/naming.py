"""Give every node its kind and its identifier. Only here does the charter's type speak."""

from kelisim.charter.readers.structure.outline import Node
from kelisim.charter.trees.draft import Guess, Provision
from kelisim.charter.trees.eids import Eids
from kelisim.charter.trees.types import CharterType, known

PLAIN = {"heading": "part", "group": "group", "opening": "passage", "passage": "passage"}


def named(root: Node, charter_type: CharterType | None) -> tuple[list[Provision], list[Guess]]:
    """Provisions in reading order, and the kinds that were told by words."""
    kinds = (charter_type or known()["generic"]).kinds
    eids = Eids()
    out: list[Provision] = []
    guesses: list[Guess] = []
    waiting: list[tuple[Node, str | None]] = [(child, None) for child in reversed(root.children)]
    while waiting:
        node, parent = waiting.pop()
        kind, told = kind_of(node, charter_type)
        node.kind = kind
        if told:
            guesses.append(Guess(f"kind: {kind}", node.block.lines, told))
        eid = eids.give(parent, element_of(node, kind, kinds), node.number)
        out.append(
            Provision(
                eid,
                kind,
                node.number,
                node.block.text,
                parent,
                node.block.lines,
                heading=node.role in {"heading", "group"},
            )
        )
        waiting += [(child, eid) for child in reversed(node.children)]
    return out, guesses


def element_of(node: Node, kind: str, kinds: object) -> str:
    element = kinds[kind].element  # type: ignore[index]
    if element == "part" and node.parent and node.parent.role == "heading":
        return "subpart"
    return str(element)


def kind_of(node: Node, charter_type: CharterType | None) -> tuple[str, float]:
    """The kind, and how sure its words are (0 where no words were needed)."""
    if node.role == "heading":
        return node.kind or "part", 0.0
    if charter_type is None:
        return (PLAIN[node.role] if node.role in PLAIN else generic_item(node)), 0.0
    if node.role == "item":
        return item_kind(node, charter_type)
    if node.role == "passage":
        told = charter_type.kind_told_by(node.block.text, alone=True)
        return (told, 0.9) if told else ("passage", 0.0)
    return PLAIN[node.role], 0.0


def generic_item(node: Node) -> str:
    if node.series[:1] == ("decimal",) or (
        node.parent and node.parent.role == "heading" and node.number
    ):
        return "paragraph"
    return "point"


def item_kind(node: Node, charter_type: CharterType) -> tuple[str, float]:
    above = node.parent
    if above is None or above.role in {"item", "root", "heading"}:
        return generic_item(node), 0.0
    told = charter_type.kind_told_by(above.block.text, alone=False)
    if above.role == "group":
        return charter_type.group_items, 0.0
    if told:
        return told, 0.9
    return generic_item(node), 0.0
