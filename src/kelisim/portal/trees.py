"""A charter as one reads it: headings, lists and passages; and where a long one is parted.

Pure functions over provisions in reading order. What a provision is on the page follows from its
kind and its place in the tree, never from its words: a heading stands over others, a list is a run
of numbered provisions of one kind, everything else is a passage.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from kelisim.pages.languages import Spoken

ON_A_PAGE = 400
LONG = 90  # letters; a heading beyond this is better known by a short title
TOP, DEEPEST = 2, 6


@dataclass(frozen=True, slots=True)
class Glance:
    """How a promise stands, in words and by a mark; `count`: the commitments that carry it out."""

    words: str
    mark: str
    count: int


@dataclass(frozen=True, slots=True)
class Line:
    """One provision, in the reader's language."""

    eid: str
    kind: str
    number: str
    cite: str
    depth: int
    title: Spoken
    text: Spoken
    kind_words: str = ""
    heading: bool = False
    promised: bool = False
    glance: Glance | None = None

    @property
    def words(self) -> Spoken:
        """What names it in one line, in the reader's language when either text or title is in it.

        The words of a short heading come before the title that somebody gave it.
        """
        own_first = self.heading and len(self.text.text) <= LONG
        both = (self.text, self.title) if own_first else (self.title, self.text)
        said = [words for words in both if words.text]
        own = [words for words in said if not words.borrowed]
        return (own or said or [self.title])[0]

    @property
    def short(self) -> str:
        """The same for a list of contents, without the colon that leads on."""
        return self.words.text.rstrip(" :")

    @property
    def rest(self) -> Spoken | None:
        """The full words of a heading that is named by its title.

        A short one that is only there in another language is left to the heading's own page.
        """
        aside = self.text.borrowed and len(self.text.text) <= LONG
        return self.text if self.text.text and self.words is not self.text and not aside else None

    @property
    def label(self) -> str:
        """The number beside it: a promise is known by its citation."""
        return self.cite if self.promised else self.number


@dataclass(slots=True)
class Node:
    """A provision with what stands under it."""

    line: Line
    nodes: list["Node"] = field(default_factory=list)
    level: int = 2

    @property
    def folds(self) -> bool:
        """Whether it is a group: a heading over provisions that are no headings themselves."""
        below = any(node.line.heading for node in self.nodes)
        return self.line.heading and bool(self.nodes) and self.level > TOP and not below

    @property
    def promised(self) -> int:
        """How many promises stand in it."""
        return self.line.promised + sum(node.promised for node in self.nodes)

    @property
    def runs(self) -> Iterator["Run"]:
        """What stands under it, in runs of one shape."""
        return runs(self.nodes)


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbours of one shape: `headings`, `list` or `passages`."""

    shape: str
    nodes: tuple[Node, ...]


def shape(node: Node) -> str:
    if node.line.heading:
        return "headings"
    return "list" if node.line.number or node.line.title.text else "passages"


def runs(nodes: Iterable[Node]) -> Iterator[Run]:
    for (found, _kind), group in groupby(nodes, key=lambda n: (shape(n), n.line.kind)):
        yield Run(found, tuple(group))


def tree(lines: Iterable[Line]) -> list[Node]:
    """The lines as a tree by their depth; a part of a document begins below its ancestors."""
    roots: list[Node] = []
    above: list[Node] = []
    for line in lines:
        while above and above[-1].line.depth >= line.depth:
            above.pop()
        node = Node(line, level=min(TOP + len(above), DEEPEST))
        (above[-1].nodes if above else roots).append(node)
        above.append(node)
    return roots


def cuts(depths: Sequence[int], most: int = ON_A_PAGE) -> list[int]:
    """Where the pages of a document begin: positions in reading order, none longer than `most`.

    Neighbours are kept together while they fit; what does not fit on one page is cut inside, and
    a heading goes with the first thing under it.
    """
    begins = [0]
    held: int | None = None  # where headings begin that wait for the first thing under them
    for start, end, alone in pieces(depths, 0, len(depths), most):
        if end - begins[-1] > most:
            fits = held is not None and begins[-1] < held and end - held <= most
            begins.append(held if fits and held is not None else start)
        held = (start if held is None else held) if alone else None
    return begins


def pieces(
    depths: Sequence[int], start: int, end: int, most: int
) -> Iterator[tuple[int, int, bool]]:
    """The largest subtrees between two positions that fit on a page, in reading order.

    One that does not fit is given as its heading alone, then by what stands under it.
    """
    position = start
    while position < end:
        after = position + 1
        while after < end and depths[after] > depths[position]:
            after += 1
        if after - position <= most:
            yield position, after, False
        else:
            yield position, position + 1, True
            yield from pieces(depths, position + 1, after, most)
        position = after
