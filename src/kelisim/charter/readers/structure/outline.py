"""From a stream of blocks to a tree: which block stands under which.

A stack of open provisions holds the series of each. A block of a series that is open already is
the next sibling there; a new series goes one level deeper. Evidence is taken in this order:
numbers, then the part that a block plays (an opening and its list), and only last the marks.
"""

from dataclasses import dataclass, field, replace

from kelisim.charter.readers.blocks import Block
from kelisim.charter.readers.labels import Label, comes_next, is_first
from kelisim.charter.readers.structure.roles import starts_small
from kelisim.charter.trees.draft import Guess

OPENS = (":", "—")  # a lawyer's dash opens a list too
Series = tuple[str | int, ...]
UPPER = ("heading", "root")
UNMARKED_BOLD, UNMARKED = 7, 8
ADJACENT = 4  # lines
ROMAN_AFTER = {"iv": "v", "ix": "x"}


@dataclass(slots=True, eq=False)
class Node:
    """A provision to be; its role is heading, group, opening, item or passage."""

    block: Block
    role: str
    series: Series = ()
    number: str = ""
    rank: int = 0
    kind: str = ""
    parent: "Node | None" = None
    until: int = 0
    grouping: bool = False
    children: list["Node"] = field(default_factory=list)
    last: dict[Series, str] = field(default_factory=dict)  # of the items under it, by series

    @property
    def level(self) -> int:
        return self.block.level


def outer_of(chain: list[Node], series: Series, number: str) -> Node | None:
    """The open provision whose number this number goes on from: 5.2 for 5.2.1."""
    if series[0] != "decimal" or "." not in number:
        return None
    outer = number.rsplit(".", 1)[0]
    return next((node for node in reversed(chain) if node.number == outer), None)


def unmarked(node: Node, series: Series, *, outermost: bool) -> bool:
    """Items of one list of which only some bear a bullet, or that are set in by less and less."""
    if node.series[0] != "run" or series[0] != "run":
        return False
    if -1 in (node.series[1], series[1]):
        return not node.block.text.endswith(":")
    return int(series[1]) < int(node.series[1]) and outermost


class Outline:
    """Builds the tree block by block; the work for a block does not grow with the document."""

    def __init__(self) -> None:
        self.root = Node(Block("", (0, 0)), "root")
        self.open = [self.root]
        self.seen: list[Series] = []
        self.guesses: list[Guess] = []

    def up_to(self, *roles: str) -> Node:
        while self.open[-1].role not in roles:
            self.open.pop()
        return self.open[-1]

    def put(self, parent: Node, node: Node) -> None:
        while self.open[-1] is not parent:
            self.open.pop()
        node.parent = parent
        parent.children.append(node)
        if node.role == "item" and node.number:
            parent.last[node.series] = node.number
        self.open.append(node)

    def guess(self, what: str, block: Block, certainty: float) -> None:
        self.guesses.append(Guess(what, block.lines, certainty))

    def heading(self, block: Block, label: Label | None) -> None:
        """A heading stands under the nearest open heading of an outer series."""
        self.up_to(*UPPER)
        number = label.number if label else ""
        mark = block.level or (UNMARKED_BOLD if block.bold else UNMARKED)
        series: Series = label.style if label else ("head", mark)
        parent, sure = self.above(series, number, label.rank if label else 0, block)
        if sure < 1:
            self.guess("level", block, sure)
        node = Node(block, "heading", series, number, label.rank if label else 0)
        node.kind = label.kind if label else ""
        self.put(parent, node)
        if series not in self.seen:
            self.seen.append(series)

    def above(self, series: Series, number: str, rank: int, block: Block) -> tuple[Node, float]:
        """The parent of a heading, and how sure that is."""
        chain = [node for node in self.open if node.role in UPPER]
        if outer := outer_of(chain, series, number):
            return outer, 1.0
        if rank:
            return self.by_rank(chain, rank, block)
        for node in reversed(chain):
            if node.series == series:
                return node.parent or self.root, 1.0 if series[0] != "head" else 0.8
        if series in self.seen:
            before = self.seen[: self.seen.index(series)]
            for node in reversed(chain):
                if node.role == "root" or node.series in before:
                    return node, 0.8
        return self.beside(block, chain)

    def by_rank(self, chain: list[Node], rank: int, block: Block) -> tuple[Node, float]:
        """Structural words know which of them stands higher."""
        for node in reversed(chain):
            if node.rank and node.rank < rank:
                return node, 1.0
        ranked = next((node for node in chain if node.rank), None)
        return (ranked.parent or self.root, 1.0) if ranked else self.under_words(block, chain)

    def under_words(self, block: Block, chain: list[Node]) -> tuple[Node, float]:
        """A first structural word stands under a heading without number that holds nothing else."""
        for node in reversed(chain):
            if node.role == "root":
                break
            near = block.lines[0] - node.block.lines[1] <= ADJACENT and not node.children
            if node.level < block.level if node.level and block.level else near:
                return node, 0.7
        return self.root, 0.9 if len(chain) > 1 else 1.0

    def beside(self, block: Block, chain: list[Node]) -> tuple[Node, float]:
        """Without a number to go by: the marks decide, and that is a guess."""
        for node in reversed(chain):
            if node.role == "root":
                break
            if node.level and block.level:
                if node.level < block.level:
                    return node, 0.7
            elif not node.children and node.series[0] == "head":
                continue
            elif not block.level or node.level:
                return node, 0.6
        return self.root, 0.7 if len(chain) > 1 else 1.0

    def group(self, block: Block, label: Label | None) -> None:
        """A heading that opens a list."""
        parent = self.up_to(*UPPER)
        self.put(parent, Node(block, "group", ("group",), label.number if label else ""))
        if not block.text.endswith(":"):
            self.guess("kind", block, 0.7)

    def passage(self, block: Block, at: int) -> None:
        """Text of its own; one that ends in a colon stays open for its list.

        Between two numbers of one list it belongs to the first of them.
        """
        parent = self.unfinished(at) or self.up_to(*UPPER)
        role = "opening" if block.text.endswith(OPENS) else "passage"
        self.put(parent, Node(block, role, ("passage",)))

    def unfinished(self, at: int) -> Node | None:
        """The innermost open item whose list is known to go on after this place."""
        return next((node for node in reversed(self.open) if node.until > at), None)

    def knows(self, label: Label, block: Block) -> bool:
        """Whether a number counts provisions here; «2.5 million» does so only after 2.4."""
        if label.style[:1] != ("decimal",) or label.around or "." not in label.number:
            return True
        if not starts_small(Block(block.text[label.taken :].strip() or "-", block.lines)):
            return True
        return bool(outer_of(self.open, label.style, label.number)) or any(
            node.series == label.style for node in self.open
        )

    def item(self, block: Block, label: Label | None, at: int, until: int = 0) -> None:
        """One of a list: beside the open item that it follows, else one level deeper."""
        label = self.settled(label)
        series: Series = label.style if label else ("run", block.indent if block.bullet else -1)
        node = Node(block, "item", series, label.number if label else "", until=until)
        self.put(self.host_of(node, label, at), node)

    def host_of(self, node: Node, label: Label | None, at: int) -> Node:
        """What an item stands under."""
        if label is None:
            return self.beside_run(node, at) or self.list_of(node, label, at)
        return (
            outer_of(self.open, node.series, node.number)
            or self.counted(node)
            or self.list_of(node, label, at)
        )

    def counted(self, node: Node) -> Node | None:
        """The open provision whose list this number goes on with."""
        hosts = list(reversed(self.open))
        for host in hosts:
            last = host.last.get(node.series)
            if last is not None and comes_next(last, node.number, node.series):
                return host
        for host in hosts:
            if self.gained(host, node.number):
                return host
        if self.begins_inside(node):
            return None
        return next((host for host in hosts if node.series in host.last), None)

    def begins_inside(self, node: Node) -> bool:
        """Whether a list of the same numbers begins anew under the item that is open."""
        top = self.open[-1]
        if not is_first(node.number, node.series):
            return False
        return top.role in {"opening", "group"} or (
            top.role == "item"
            and (top.block.text.endswith(":") or node.block.indent > top.block.indent)
        )

    def gained(self, host: Node, number: str) -> bool:
        """A number that goes on with a list whose earlier items have none."""
        items = [child for child in host.children[-1:] if child.role == "item"]
        if not items or host.role in UPPER or items[-1].number:
            return False
        return number == str(sum(child.role == "item" for child in host.children) + 1)

    def beside_run(self, node: Node, at: int) -> Node | None:
        """The list of unnumbered items that this one goes on with."""
        outermost = next((n for n in self.open if n.series[:1] == ("run",)), None)
        for open_node in reversed(self.open):
            if open_node.until > at or open_node.role in UPPER:
                return None
            if open_node.role == "item" and (
                open_node.series == node.series
                or unmarked(open_node, node.series, outermost=open_node is outermost)
            ):
                return open_node.parent
        return None

    def settled(self, label: Label | None) -> Label | None:
        """Letter or Roman number? «i», «v» and «x» are both: the list that is open decides."""
        if label is None or label.style[0] != "paren" or label.number not in {"i", "v", "x"}:
            return label
        for node in reversed(self.open):
            if node.series[:1] != ("paren",) or node.series[1] == "number":
                continue
            if node.series[1] == "letter" and ord(node.number[0]) + 1 == ord(label.number):
                return replace(label, style=("paren", "letter", label.style[2]))
            if node.series[1] == "roman" and ROMAN_AFTER.get(node.number) == label.number:
                return replace(label, style=("paren", "roman", label.style[2]))
        return label

    def list_of(self, node: Node, label: Label | None, at: int) -> Node:
        """What a list that begins here stands under."""
        top = self.open[-1]
        if top.role == "passage":
            return top.parent or self.root
        if top.role != "item" or label or top.block.text.endswith(":") or top.until > at:
            return top
        deeper = node.block.indent > top.block.indent
        if node.block.bullet and (deeper or not top.block.text.endswith((";", ","))):
            return top
        return top.parent or self.root
