"""Give every node its kind and its identifier. Only here does the charter's type speak."""

from collections.abc import Mapping

from kelisim.charter.readers.structure.outline import Node
from kelisim.charter.trees.draft import Guess, Provision
from kelisim.charter.trees.eids import Eids
from kelisim.charter.trees.types import CharterType, Kind, known

PLAIN = {
    "heading": "part",
    "group": "group",
    "opening": "passage",
    "passage": "passage",
    "item": "point",
}


def named(root: Node, charter_type: CharterType | None) -> tuple[list[Provision], list[Guess]]:
    """Provisions in reading order, and the kinds that were told by words."""
    kinds = (charter_type or known()["generic"]).kinds
    eids = Eids()
    out: list[Provision] = []
    guesses: list[Guess] = []
    waiting: list[tuple[Node, str | None]] = [(child, None) for child in reversed(root.children)]
    while waiting:
        node, parent = waiting.pop()
        node.grouping = groups(node, charter_type)
        kind, told = kind_of(node, charter_type)
        node.kind = kind
        if told:
            guesses.append(Guess(f"kind: {kind}", node.block.lines, told))
        eid = eids.give(parent, element_of(node, kind, kinds), node.number)
        heading = node.role in {"heading", "group"} or kind == PLAIN["group"]
        lines = node.block.lines
        out.append(Provision(eid, kind, node.number, node.block.text, parent, lines, heading))
        waiting += [(child, eid) for child in reversed(node.children)]
    return out, guesses


def groups(node: Node, charter_type: CharterType | None) -> bool:
    """Whether a list's opening here heads a group."""
    if charter_type is None or node.role != "heading":
        return False
    above = node.parent.grouping if node.parent else False
    return above or charter_type.groups_under(node.block.text)


def element_of(node: Node, kind: str, kinds: Mapping[str, Kind]) -> str:
    element = kinds[kind].element
    if element == "part" and node.parent and node.parent.role == "heading":
        return "subpart"
    return element


def kind_of(node: Node, charter_type: CharterType | None) -> tuple[str, float]:
    """The kind, and how sure its words are (0 where no words were needed)."""
    if node.role == "heading":
        return node.kind or "part", 0.0
    if charter_type is None:
        return (generic_item(node) if node.role == "item" else PLAIN[node.role]), 0.0
    if node.role == "item":
        return item_kind(node, charter_type)
    if node.role == "passage":
        told = charter_type.kind_told_by(node.block.text, alone=True)
        return (told, 0.9) if told else ("passage", 0.0)
    if node.role == "opening" and heads_group(node, charter_type):
        return PLAIN["group"], 0.8
    return PLAIN[node.role], 0.0


def heads_group(node: Node, charter_type: CharterType) -> bool:
    """Whether an unmarked opening heads a group: where groups are, and no words tell otherwise."""
    listed = any(child.role == "item" for child in node.children)
    if not (listed and node.parent and node.parent.grouping):
        return False
    return charter_type.kind_told_by(node.block.text, alone=False) is None


def generic_item(node: Node) -> str:
    """A numbered item of a division, or a number with dots, is a paragraph; any other, a point."""
    under_heading = node.parent is not None and node.parent.role in {"heading", "root"}
    return "paragraph" if node.number and (under_heading or "." in node.number) else "point"


def item_kind(node: Node, charter_type: CharterType) -> tuple[str, float]:
    """The kind of an item: what its group holds, or what the words over its list tell."""
    above = node.parent
    if above is None or above.role in {"item", "root"}:
        return generic_item(node), 0.0
    if above.kind == PLAIN["group"] and charter_type.group_items != PLAIN["item"]:
        return charter_type.group_items, 0.0
    told = charter_type.kind_told_by(above.block.text, alone=False)
    return (told, 0.9) if told else (generic_item(node), 0.0)
