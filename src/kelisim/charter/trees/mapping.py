"""What became of each provision between two versions: a proposal, which a person confirms.

From the surest sign to the weakest: the same words in the same place; the same words elsewhere;
other words in the same place; similar words elsewhere. Likeness is the Dice coefficient (1945)
over runs of three letters, because in Kazakh and Russian a changed sentence changes the endings
of its words. Candidates of the last step are found by rare beginnings of words that both have, so
that the work grows with the length of the texts and not with its square.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

type Relation = Literal["same", "changed", "added", "repealed", "moved"]

REWRITTEN = 0.4
"""Below this likeness, words in the same place are another provision, not a changed one."""
KEPT = 0.65
"""Or, where so much of the shorter text stands in the longer one, it was added to or cut."""
ALIKE = 0.6
"""From this likeness on, words elsewhere are the same provision, moved."""
RARE = 12
"""A beginning of a word in no more provisions than this leads to candidates."""
BEGINNING = 5
CANDIDATES = 6
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A provision as it is compared; `words` is its text, or its title where no text is there."""

    eid: str
    kind: str
    number: str
    parent: str | None
    words: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """Old → new by eId; `text_changed` says so of a moved one too."""

    old: str | None
    new: str | None
    relation: Relation
    text_changed: bool
    certainty: float


def folded(text: str) -> str:
    return " ".join(WORD.findall(text.casefold()))


def trigrams(text: str) -> Counter[str]:
    """Runs of three letters, with their repetitions."""
    padded = f" {text} "
    return Counter(padded[at : at + 3] for at in range(len(padded) - 2))


def likeness(a: Counter[str], b: Counter[str]) -> float:
    """Dice with repetitions: 1 for the same words, 0 for nothing in common."""
    total = a.total() + b.total()
    return 2 * (a & b).total() / total if total else 1.0


def kept(a: Counter[str], b: Counter[str]) -> float:
    """How much of the shorter text stands in the longer one (Szymkiewicz and Simpson, 1934)."""
    shorter = min(a.total(), b.total())
    return (a & b).total() / shorter if shorter else 0.0


class Matching:
    """Old and new provisions, and what has been matched so far."""

    def __init__(
        self, old: Sequence[Piece], new: Sequence[Piece], fixed: Mapping[str, str]
    ) -> None:
        self.old = {piece.eid: piece for piece in old}
        self.new = {piece.eid: piece for piece in new}
        self.text = {id(piece): folded(piece.words) for piece in (*old, *new)}
        self.bags: dict[int, Counter[str]] = {}
        self.became: dict[str, str] = dict(fixed)
        self.came: dict[str, str] = {}
        self.certainty: dict[str, float] = {}

    def words(self, piece: Piece) -> str:
        return self.text[id(piece)]

    def bag(self, piece: Piece) -> Counter[str]:
        """Counted once, and only for what has no counterpart by surer signs."""
        if id(piece) not in self.bags:
            self.bags[id(piece)] = trigrams(self.words(piece))
        return self.bags[id(piece)]

    def beginnings(self, piece: Piece) -> set[str]:
        return {word[:BEGINNING] for word in self.words(piece).split()}

    def alike(self, a: Piece, b: Piece) -> float:
        return likeness(self.bag(a), self.bag(b))

    def match(self, a: Piece, b: Piece, certainty: float) -> None:
        self.became[a.eid], self.came[b.eid] = b.eid, a.eid
        self.certainty[a.eid] = round(certainty, 2)

    def left(self) -> tuple[list[Piece], list[Piece]]:
        """What is still without a counterpart, on both sides, in reading order."""
        return (
            [piece for eid, piece in self.old.items() if eid not in self.became],
            [piece for eid, piece in self.new.items() if eid not in self.came],
        )

    def once(self, sign: Callable[[Piece, bool], Hashable], certainty: float) -> None:
        """Match what bears a sign that occurs once on each side."""
        olds, news = self.left()
        here, there = by_sign(olds, sign, old=True), by_sign(news, sign, old=False)
        for key, found in here.items():
            others = there.get(key, [])
            if key is not None and len(found) == len(others) == 1:
                self.match(found[0], others[0], certainty)


def by_sign(
    pieces: Iterable[Piece], sign: Callable[[Piece, bool], Hashable], *, old: bool
) -> dict[Hashable, list[Piece]]:
    found: defaultdict[Hashable, list[Piece]] = defaultdict(list)
    for piece in pieces:
        found[sign(piece, old)].append(piece)
    return found


type Ends = tuple[str | None, str | None]


def propose(
    old: Sequence[Piece], new: Sequence[Piece], fixed: Sequence[Ends] = ()
) -> list[Proposal]:
    """Every old and every new provision, each in one proposal; new ones in their order.

    fixed: pairs of eIds that a person has confirmed; nothing is proposed for these.
    """
    gone, come = {a for a, _ in fixed}, {b for _, b in fixed}
    matching = Matching(
        [piece for piece in old if piece.eid not in gone],
        [piece for piece in new if piece.eid not in come],
        {a: b for a, b in fixed if a and b},
    )
    in_place(matching)
    same_words_elsewhere(matching)
    other_words_in_place(matching)
    similar_elsewhere(matching)
    return list(told(matching))


def in_place(matching: Matching) -> None:
    for eid, piece in matching.old.items():
        other = matching.new.get(eid)
        same = other and other.kind == piece.kind and matching.words(other) == matching.words(piece)
        if other and same:
            matching.match(piece, other, 1.0)


def same_words_elsewhere(matching: Matching) -> None:
    """Equal words lead to each other where they are alone, or alone under one parent."""

    def words(piece: Piece, _old: bool) -> Hashable:  # noqa: FBT001
        return (piece.kind, text) if (text := matching.words(piece)) else None

    def words_under_parent(piece: Piece, old: bool) -> Hashable:  # noqa: FBT001
        parent = matching.became.get(piece.parent or "") if old else piece.parent
        text = matching.words(piece)
        return (piece.kind, text, parent) if text and parent else None

    matching.once(words, 0.95)
    matching.once(words_under_parent, 0.9)


def other_words_in_place(matching: Matching) -> None:
    olds, _ = matching.left()
    for piece in olds:
        other = matching.new.get(piece.eid)
        if not other or other.eid in matching.came or other.kind != piece.kind:
            continue
        alike = matching.alike(piece, other)
        if alike >= REWRITTEN or kept(matching.bag(piece), matching.bag(other)) >= KEPT:
            matching.match(piece, other, (1 + alike) / 2)


def similar_elsewhere(matching: Matching) -> None:
    """The most alike pairs first; each provision is taken once."""
    olds, news = matching.left()
    index: defaultdict[str, list[int]] = defaultdict(list)
    for i, piece in enumerate(olds):
        for word in matching.beginnings(piece):
            index[word].append(i)
    pairs: list[tuple[float, int, int]] = []
    for j, piece in enumerate(news):
        shared = Counter(
            i
            for word in matching.beginnings(piece)
            if len(index.get(word, ())) <= RARE
            for i in index.get(word, ())
            if olds[i].kind == piece.kind
        )
        for i, _count in shared.most_common(CANDIDATES):
            alike = matching.alike(olds[i], piece)
            if alike >= ALIKE:
                pairs.append((-alike, i, j))
    for minus, i, j in sorted(pairs):
        if olds[i].eid not in matching.became and news[j].eid not in matching.came:
            matching.match(olds[i], news[j], -minus * 0.9)


def told(matching: Matching) -> Iterator[Proposal]:
    for eid, piece in matching.new.items():
        origin = matching.came.get(eid)
        if origin is None:
            yield Proposal(None, eid, "added", text_changed=False, certainty=0.8)
            continue
        was = matching.old[origin]
        changed = matching.words(was) != matching.words(piece) or was.words != piece.words
        relation: Relation = "changed" if changed else "same"
        if moved(matching, was, piece):
            relation = "moved"
        yield Proposal(origin, eid, relation, changed, matching.certainty[origin])
    for eid in matching.old:
        if eid not in matching.became:
            yield Proposal(eid, None, "repealed", text_changed=False, certainty=0.8)


def moved(matching: Matching, was: Piece, piece: Piece) -> bool:
    """Whether it is quoted otherwise now: another number, or under what is not the old parent."""
    if was.number != piece.number or was.eid != piece.eid:
        return True
    if was.parent is None or piece.parent is None:
        return was.parent != piece.parent
    return matching.became.get(was.parent, was.parent) != piece.parent
