"""Two wordings beside each other, word by word, so that a person can read what changed.

Words and signs, not letters: «мер» → «меры» is one word for another. Between two changes a lone
unchanged word is drawn into them, because a text that jumps at every word cannot be read.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal

type Mark = Literal["same", "removed", "added"]

TOKEN = re.compile(r"\s*(?:\w+(?:[-’]\w+)*|[^\w\s]+)|\s+\Z")
SENTENCE = re.compile(r"\s*.+?(?:[.;!?…](?=\s)|\Z)", re.DOTALL)
LONG = 1_200
ISLAND = 2


@dataclass(frozen=True, slots=True)
class Stretch:
    """Neighbouring words of one fate."""

    mark: Mark
    text: str


def compare(old: str, new: str) -> tuple[Stretch, ...]:
    """The new text with what was removed shown in its place.

    Without the removed stretches it is the new text exactly, without the added ones the old.
    """
    before, after = TOKEN.findall(old), TOKEN.findall(new)
    head = common(before, after)
    tail = common(before[head:][::-1], after[head:][::-1])
    a, b = before[head : len(before) - tail], after[head : len(after) - tail]
    middle = by_words(a, b) if len(a) * len(b) < LONG**2 else by_sentences("".join(a), "".join(b))
    stretches = [
        ("same", "".join(before[:head])),
        *settled(middle),
        ("same", "".join(before[len(before) - tail :] if tail else [])),
    ]
    return tuple(joined(stretches))


def common(a: Sequence[str], b: Sequence[str]) -> int:
    """How many tokens both begin with."""
    count = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        count += 1
    return count


type Marked = tuple[str, str]


def by_words(a: Sequence[str], b: Sequence[str]) -> list[Marked]:
    found: list[Marked] = []
    for tag, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(("same", "".join(a[i:j])))
        else:
            found += [("removed", "".join(a[i:j])), ("added", "".join(b[k:m]))]
    return found


def by_sentences(a: str, b: str) -> list[Marked]:
    """Long texts are compared by sentences."""
    return by_words(SENTENCE.findall(a), SENTENCE.findall(b))


def settled(marked: Sequence[Marked]) -> list[Marked]:
    """Draw islands of unchanged words into the changes around them; removed before added."""
    found: list[Marked] = []
    removed = added = ""
    for n, (mark, text) in enumerate(marked):
        island = mark == "same" and 0 < n < len(marked) - 1 and len(text.split()) < ISLAND
        if mark == "removed" or island:
            removed += text
        if mark == "added" or island:
            added += text
        if mark == "same" and not island:
            found += [("removed", removed), ("added", added), ("same", text)]
            removed = added = ""
    return [*found, ("removed", removed), ("added", added)]


def joined(marked: Iterable[Marked]) -> Iterable[Stretch]:
    filled = (pair for pair in marked if pair[1])
    for mark, group in groupby(filled, key=lambda pair: pair[0]):
        kept: Mark = "removed" if mark == "removed" else "added" if mark == "added" else "same"
        yield Stretch(kept, "".join(text for _, text in group))
