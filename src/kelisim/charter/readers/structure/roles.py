"""Which blocks are headings: by a word, by the contents table, by marks, and last by shape."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kelisim.charter.readers.blocks import Block
from kelisim.charter.readers.labels import (
    Label,
    bare_label,
    comes_next,
    doubtful_label,
    is_first,
    label_of,
)
from kelisim.charter.readers.structure.edges import folded

LONGEST_HEADING = 300
SHORT_HEADING = 60
LONGEST_CAPTION = 200
HIGHEST = 5  # the rank of annexes, which stand under nothing
SHORTEST_CAPITALS = 4
SENTENCE = (".", ";", ",", ":", "!", "?")


@dataclass(slots=True)
class Part:
    """A block with its number, whether it is a heading, and how far its list is known to go on.

    until: the place of the next number of the same list, when nothing else comes between.
    """

    block: Block
    label: Label | None
    heading: bool = False
    until: int = 0


def parts(blocks: Sequence[Block], names: set[str]) -> list[Part]:
    """Every block with its part in the whole."""
    found = [Part(block, label_at(block, names)) for block in blocks]
    settle_doubts(found)
    found = ranked(together(found))
    listed: set[tuple[str | int, ...]] = set()
    for i, part in enumerate(found):
        after = found[i + 1] if i + 1 < len(found) else None
        label = part.label
        in_list = bool(label and label.style in listed)
        part.heading = is_marked(part, names) or (
            not in_list and after is not None and is_shaped(part, after)
        )
        if part.heading:
            listed = set()
        elif label:
            listed.add(label.style)
    count_on(found)
    return found


def label_at(block: Block, names: set[str]) -> Label | None:
    """The number of a block; a heading's needs no sign after it."""
    label = block.label or label_of(block.text)
    if label is None and (block.level or folded(block.text) in names):
        return bare_label(block.text)
    return label


def settle_doubts(found: list[Part]) -> None:
    """Numbers that only their series shows to be numbers: A. and then B., 1 and then 2."""
    doubtful = [
        (part, label)
        for part in found
        if part.label is None and (label := doubtful_label(part.block.text))
    ]
    last: dict[tuple[str | int, ...], str] = {}
    following: dict[int, str] = {}
    later: dict[tuple[str | int, ...], str] = {}
    for i, (_part, label) in reversed(list(enumerate(doubtful))):
        following[i] = later.get(label.style, "")
        later[label.style] = label.number
    for i, (part, label) in enumerate(doubtful):
        begins = is_first(label.number, label.style) and bool(following[i])
        begun = begins and comes_next(label.number, following[i], label.style)
        before = last.get(label.style, "")
        if begun or (before and comes_next(before, label.number, label.style)):
            last[label.style] = label.number
            style = ("decimal", 1) if label.style == ("bare",) else label.style
            part.label = replace(label, style=style)


def together(found: list[Part]) -> list[Part]:
    """Numbers that stand on a line of their own, joined to the words that they number."""
    out: list[Part] = []
    for i, part in enumerate(found):
        before = out[-1] if out else None
        if before and is_bare(before) and belongs(part, before, found[i + 1 : i + 2]):
            merge(before, part)
        else:
            out.append(part)
    return out


def ranked(found: list[Part]) -> list[Part]:
    """Words that stand in another order here: sections of articles, where no section has articles.

    A word that stands right under another, and counts from one there, names its parts.
    """
    under: Counter[tuple[str, str]] = Counter()
    ranks: dict[str, int] = {}
    for outer, inner in pairwise(found):
        one, two = outer.label, inner.label
        if not one or not two or not one.rank or outer.block.text.endswith((*SENTENCE, ")", "]")):
            continue
        if two.rank > HIGHEST and one.kind != two.kind:
            ranks |= {one.kind: one.rank, two.kind: two.rank}
            under[one.kind, two.kind] += is_first(two.number, two.style) or one.rank < two.rank
    for (outer_kind, inner_kind), times in under.items():
        wrong = ranks[outer_kind] > ranks[inner_kind] and not under[inner_kind, outer_kind]
        for part in found if wrong and times else ():
            if part.label and part.label.kind == inner_kind:
                part.label = replace(part.label, rank=ranks[outer_kind] + 1)
    return found


def is_bare(part: Part) -> bool:
    """Whether nothing but the number stands here."""
    label = part.label
    return bool(
        label and label.number and not part.block.label and label.taken >= len(part.block.text)
    )


def belongs(part: Part, before: Part, after: list[Part]) -> bool:
    """Whether these words are what the bare number before them numbers."""
    block = part.block
    if part.label or block.bullet:
        return False
    if before.label and before.label.rank:
        caption = len(block.text) < LONGEST_CAPTION and not block.text.endswith(SENTENCE)
        next_line = block.lines[0] - before.block.lines[1] == 1
        set_off = block.level or block.bold or block.text.isupper() or next_line
        return caption and bool(set_off or (after and is_bare_heading(block.text, after[0].block)))
    return not block.level


def merge(before: Part, part: Part) -> None:
    block, label = before.block, before.label
    if label is None:
        return
    block.mark(label.around)
    block.label = before.label = replace(label, taken=0, around="")
    block.text = part.block.text
    block.lines = (block.lines[0], part.block.lines[1])
    block.marks += part.block.marks
    block.bold = block.bold or (bool(label.rank) and part.block.bold)


def is_marked(part: Part, names: set[str]) -> bool:
    """A heading by a structural word, by the contents table, or by the format's marks."""
    block, label = part.block, part.label
    if label and label.rank:
        return True
    if len(block.text) > LONGEST_HEADING or block.bullet:
        return False
    if block.label and not block.level:
        return block.bold and not block.text.endswith(SENTENCE)
    return bool(block.level or block.bold) or folded(block.text) in names


def is_shaped(part: Part, after: Part) -> bool:
    """A heading by its shape alone: short, without an end, and something else follows it."""
    block, label, text = part.block, part.label, part.block.text
    if len(text) > LONGEST_HEADING or block.bullet or block.label:
        return False
    if text.endswith(SENTENCE) and not (label and text == text[: label.taken].strip()):
        return False
    if label is None:
        return is_bare_heading(text, after.block) or (block.slanted and is_listed(after))
    if label.style[0] not in {"decimal", "roman", "capitals"}:
        return False
    style_after = after.label.style if after.label else ()
    return text.isupper() or (style_after != label.style and not starts_small(after.block))


def is_bare_heading(text: str, after: Block) -> bool:
    """A short line in capitals, or one that only its shortness and what follows set off."""
    if text.isupper():
        return len(text) >= SHORTEST_CAPITALS
    return (
        len(text) < SHORT_HEADING
        and text[0].isupper()
        and not text.endswith(SENTENCE)
        and not any(sign.isdigit() for sign in text)
        and after.text.endswith((".", ":"))
        and len(after.text) > len(text)
        and not after.level
    )


def starts_small(block: Block) -> bool:
    """Whether a block goes on in small letters, as the items of an open list do."""
    return block.text.lstrip("«\"'“(")[:1].islower() and not block.level and not block.bold


def is_listed(part: Part) -> bool:
    """Whether a block could be the first of a list."""
    block, label = part.block, part.label
    if block.level or block.bold or (label and label.rank):
        return False
    return bool(block.bullet or starts_small(block) or (label and label.style[0] == "paren"))


def count_on(found: list[Part]) -> None:
    """For each number, whether the next of its style, under the same heading, goes on from it."""
    following: dict[tuple[str | int, ...], tuple[int, str]] = {}
    for i in range(len(found) - 1, -1, -1):
        part = found[i]
        if part.heading:
            following.clear()
        elif label := part.label:
            at, number = following.get(label.style, (0, ""))
            if at and comes_next(label.number, number, label.style):
                part.until = at
            following[label.style] = (i, label.number)
