"""What a person should look at before a draft is published. Nothing here forbids anything."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from kelisim.charter.trees.draft import Leaving
from kelisim.charter.trees.edits import Doubt, Node

type What = Literal[
    "guess",
    "leaving",
    "number_missing",
    "number_twice",
    "number_skipped",
    "empty",
    "cut",
    "untranslated",
    "misaligned",
]

MOST = 0.5
LONG = 60
CLOSED = re.compile(r"[.!?…;:»”\"')\]]$")
EDGES = frozenset({"approval", "contents", "field", "front", "page", "signature", "title"})
SURE = EDGES | {"code", "deleted", "frame"}


@dataclass(frozen=True, slots=True)
class Problem:
    """What, where (the index among nodes, leavings or doubts) and the words that it concerns."""

    what: What
    index: int
    words: str = ""


def problems(
    nodes: Sequence[Node],
    leavings: Sequence[Leaving],
    doubts: Sequence[Doubt],
    *,
    source: str,
    languages: Collection[str],
) -> list[Problem]:
    """Everything worth a look, in reading order within each kind of problem.

    source: the language of the text that was read; languages: all that the version is said to have.
    """
    return [
        *unsettled(doubts),
        *like_text(leavings),
        *numbering(nodes),
        *cut_short(nodes, source),
        *unsaid(nodes, languages),
    ]


def unsettled(doubts: Sequence[Doubt]) -> Iterator[Problem]:
    for index, doubt in enumerate(doubts):
        if not doubt.settled:
            yield Problem("guess", index, doubt.what)


def like_text(leavings: Sequence[Leaving]) -> Iterator[Problem]:
    """Leavings as long as a sentence, unless their place tells what they are."""
    for index, leaving in enumerate(leavings):
        if leaving.why not in SURE and sum(sign.isalpha() for sign in leaving.text) >= LONG:
            yield Problem("leaving", index, leaving.text)


def numbering(nodes: Sequence[Node]) -> Iterator[Problem]:
    """Where siblings of one kind are mostly numbered: who is not, who doubles, who skips."""
    found: list[Problem] = []
    for family in families(nodes):
        numbered = [index for index in family if nodes[index].number]
        if len(numbered) <= MOST * len(family):
            continue
        found += [Problem("number_missing", n) for n in family if not nodes[n].number]
        counts = Counter(nodes[index].number for index in numbered)
        found += [
            Problem("number_twice", n, nodes[n].number)
            for n in numbered
            if counts[nodes[n].number] > 1
        ]
        for before, after in pairwise(numbered):
            low, high = last_figure(nodes[before].number), last_figure(nodes[after].number)
            if low is not None and high is not None and high > low + 1:
                found.append(Problem("number_skipped", after, nodes[after].number))
    return iter(sorted(found, key=lambda problem: problem.index))


def families(nodes: Sequence[Node]) -> list[list[int]]:
    """Siblings of one kind, by index."""
    way: list[int] = []
    found: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
    for index, node in enumerate(nodes):
        del way[node.depth :]
        found[(way[-1] if way else -1, node.kind)].append(index)
        way.append(index)
    return list(found.values())


def last_figure(number: str) -> int | None:
    """The last figure of «5.2.3»: 3."""
    match = re.search(r"(\d+)\D*$", number)
    return int(match[1]) if match else None


def cut_short(nodes: Sequence[Node], source: str) -> Iterator[Problem]:
    """A text that does not close, before one that begins in the middle of a sentence."""
    for index, (node, following) in enumerate(pairwise(nodes)):
        text, after = node.texts.get(source, ""), following.texts.get(source, "")
        # Items of a list often begin with a small letter; their number says that they begin.
        begins = following.number or not after or not after[0].islower()
        if text and not node.heading and not CLOSED.search(text) and not begins:
            yield Problem("cut", index, text[-LONG:])


def unsaid(nodes: Sequence[Node], languages: Collection[str]) -> Iterator[Problem]:
    """Provisions without any words; texts that exist in one language of the version only."""
    for index, node in enumerate(nodes):
        if not any(node.texts.values()) and not any(node.titles.values()):
            yield Problem("empty", index)
        elif any(node.texts.values()):
            for language in languages:
                if not node.texts.get(language):
                    yield Problem("untranslated", index, language)
