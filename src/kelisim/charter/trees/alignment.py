"""Join a text in another language to a tree, by structure alone.

Two texts of one charter have the same skeleton: kinds, numbers and levels in one order. What is
told apart by its place (kind and the numbers on the way from the root) is matched first; between
such anchors the rest is aligned by the cheapest sequence of matches and omissions (Needleman and
Wunsch, 1970), within a band, so that the work grows with the length and not with its square.
Nothing is forced: whatever does not fit is a named problem for a person.
"""

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, Protocol

type Pairs = list[tuple[int, int]]
type What = Literal["missing", "extra", "kind", "number", "level", "length", "apart"]

BAND = 24
CELLS = 2_000_000
OMISSION = 1.0
TOO_DIFFERENT = 2 * OMISSION


class Aligned(Protocol):
    """What alignment looks at."""

    @property
    def eid(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def number(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def parent(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Problem:
    """Where the two do not agree, in which way; an eId is None where there is no counterpart."""

    what: What
    ours: str | None
    theirs: str | None


@dataclass(frozen=True, slots=True)
class Alignment:
    """`matches`: pairs of eIds (the tree's, the other text's), both in reading order."""

    matches: tuple[tuple[str, str], ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A provision reduced to its place."""

    kind: str
    number: str
    depth: int
    path: tuple[tuple[str, str], ...]
    length: int


def align(tree: Sequence[Aligned], text: Sequence[Aligned]) -> Alignment:
    """Match each provision of `text` to one of `tree`; both are in reading order."""
    ours, theirs = items(tree), items(text)
    pairs = sorted(matched(ours, theirs))
    found = {i for i, _ in pairs}, {j for _, j in pairs}
    problems = [
        *(
            ((i, j), Problem(what, tree[i].eid, text[j].eid))
            for i, j in pairs
            for what in differences(ours[i], theirs[j])
        ),
        *(
            ((i, -1), Problem("missing", p.eid, None))
            for i, p in enumerate(tree)
            if i not in found[0]
        ),
        *(
            ((before(pairs, j), j), Problem("extra", None, p.eid))
            for j, p in enumerate(text)
            if j not in found[1]
        ),
        *astray(tree, text, pairs),
    ]
    problems.sort(key=lambda placed: placed[0])
    return Alignment(
        tuple((tree[i].eid, text[j].eid) for i, j in pairs),
        tuple(problem for _, problem in problems),
    )


def items(provisions: Sequence[Aligned]) -> list[Item]:
    """Places, with the way from the root; a parent stands before its children."""
    made: dict[str, Item] = {}
    for provision in provisions:
        above = made.get(provision.parent) if provision.parent else None
        made[provision.eid] = Item(
            provision.kind,
            provision.number,
            above.depth + 1 if above else 0,
            (*(above.path if above else ()), (provision.kind, provision.number)),
            len(provision.text),
        )
    return list(made.values())


def matched(ours: Sequence[Item], theirs: Sequence[Item]) -> Pairs:
    """Anchors first, from the surest sign to the weakest; then the gaps between them."""
    signs: tuple[Callable[[Item], Hashable], ...] = (
        lambda item: item.path,
        lambda item: tuple(number for _, number in item.path),
        lambda item: (item.kind, item.number, item.depth),
        lambda item: (item.number, item.depth),
    )
    gaps = [(0, len(ours), 0, len(theirs))]
    pairs: Pairs = []
    for sign in signs:
        following = []
        for a, b, c, d in gaps:
            anchors = [
                (a + i, c + j)
                for i, j in anchored([sign(x) for x in ours[a:b]], [sign(x) for x in theirs[c:d]])
            ]
            pairs += anchors
            edges = [(a - 1, c - 1), *anchors, (b, d)]
            following += [(i + 1, k, j + 1, m) for (i, j), (k, m) in pairwise(edges)]
        gaps = [(a, b, c, d) for a, b, c, d in following if a < b and c < d]
    for a, b, c, d in gaps:
        pairs += [(a + i, c + j) for i, j in cheapest(ours[a:b], theirs[c:d])]
    return pairs


def anchored(ours: Sequence[Hashable], theirs: Sequence[Hashable]) -> Pairs:
    """What occurs once on each side, as far as the order agrees (patience)."""
    here, there = Counter(ours), Counter(theirs)
    where = {sign: j for j, sign in enumerate(theirs) if there[sign] == 1}
    once = [(i, where[sign]) for i, sign in enumerate(ours) if here[sign] == 1 and sign in where]
    return increasing(once)


def increasing(pairs: Pairs) -> Pairs:
    """The longest run in which both indices grow."""
    tails: list[int] = []
    ends: list[int] = []
    back: list[int] = []
    for n, (_, j) in enumerate(pairs):
        at = bisect_left(tails, j)
        back.append(ends[at - 1] if at else -1)
        if at == len(tails):
            tails.append(j)
            ends.append(n)
        else:
            tails[at], ends[at] = j, n
    found: Pairs = []
    n = ends[-1] if ends else -1
    while n >= 0:
        found.append(pairs[n])
        n = back[n]
    return found[::-1]


def cost(ours: Item, theirs: Item) -> float:
    """How badly two provisions fit: 0 is a perfect fit, 2 no better than leaving both alone.

    Translations keep their proportions, so lengths tell equal signs apart (Gale and Church, 1993).
    """
    lengths = abs(math.log((ours.length + 10) / (theirs.length + 10)))
    return (
        0.7 * (ours.kind != theirs.kind)
        + 0.7 * (ours.number != theirs.number)
        + 0.5 * min(abs(ours.depth - theirs.depth), 2)
        + 0.5 * min(lengths, 2)
    )


def cheapest(ours: Sequence[Item], theirs: Sequence[Item]) -> Pairs:
    """The cheapest way through both in order, not further than a band from the diagonal."""
    n, m = len(ours), len(theirs)
    band = abs(n - m) + BAND
    if n * min(2 * band + 1, m) > CELLS:
        return []
    # The band follows the diagonal of the rectangle: row i is centred on column i*m/n.
    totals: list[dict[int, float]] = [{j: j * OMISSION for j in range(min(band, m) + 1)}]
    came: list[dict[int, str]] = [dict.fromkeys(totals[0], "left")]
    for i in range(1, n + 1):
        above, row, ways = totals[-1], dict[int, float](), dict[int, str]()
        middle = i * m // n
        for j in range(max(0, middle - band), min(m, middle + band) + 1):
            choices = []
            if j - 1 in above:
                fit = cost(ours[i - 1], theirs[j - 1])
                if fit < TOO_DIFFERENT:
                    choices.append((above[j - 1] + fit, "both"))
            if j in above:
                choices.append((above[j] + OMISSION, "up"))
            if j - 1 in row:
                choices.append((row[j - 1] + OMISSION, "left"))
            row[j], ways[j] = min(choices)
        totals.append(row)
        came.append(ways)
    return walked(came, n, m)


def walked(came: Sequence[dict[int, str]], i: int, j: int) -> Pairs:
    found: Pairs = []
    while i or j:
        way = came[i][j]
        if way == "both":
            found.append((i - 1, j - 1))
        i -= way in {"both", "up"}
        j -= way in {"both", "left"}
    return found[::-1]


LONG = 200
PROPORTION = 3


def differences(ours: Item, theirs: Item) -> Iterable[What]:
    """In what a matched pair still differs."""
    if ours.kind != theirs.kind:
        yield "kind"
    if ours.number != theirs.number:
        yield "number"
    if ours.depth != theirs.depth:
        yield "level"
    short, long = sorted((ours.length, theirs.length))
    if short and long > LONG and long > PROPORTION * short:
        yield "length"


def astray(
    tree: Sequence[Aligned], text: Sequence[Aligned], pairs: Pairs
) -> list[tuple[tuple[int, int], Problem]]:
    """Matched provisions whose parents are not matched to each other."""
    partner = {text[j].eid: tree[i].eid for i, j in pairs}
    return [
        ((i, j), Problem("apart", tree[i].eid, text[j].eid))
        for i, j in pairs
        if (parent := text[j].parent) in partner and partner[parent] != tree[i].parent
    ]


def before(pairs: Pairs, j: int) -> int:
    """The index in the tree after which an extra provision of the text would stand."""
    at = bisect_left([b for _, b in pairs], j)
    return pairs[at - 1][0] if at else -1
