"""The one pass that turns any format's blocks into a draft tree."""

from kelisim.charter.readers.blocks import Block, Source
from kelisim.charter.readers.labels import Label, label_of
from kelisim.charter.readers.structure.edges import (
    contents,
    fields,
    folded,
    is_title,
    tail,
    title_span,
)
from kelisim.charter.readers.structure.joining import joined
from kelisim.charter.readers.structure.naming import named
from kelisim.charter.readers.structure.outline import Outline, starts_small
from kelisim.charter.trees.draft import Draft, Leaving
from kelisim.charter.trees.types import CharterType

LONGEST_HEADING = 300
SHORT_HEADING = 60


def structure(source: Source, charter_type: CharterType | None, language: str) -> Draft:
    """The draft tree of a document. The type only names kinds: nesting never depends on it."""
    leavings = list(source.leavings)
    blocks = [block for block in source.blocks if block.text]
    leavings += [mark for block in source.blocks if not block.text for mark in block.marks]
    places, names = contents(blocks)
    title, front = front_of(blocks, min(places, default=None), leavings)
    end = tail(blocks)
    rest: list[Block] = []
    known = fields(blocks)
    found: dict[str, str] = {}
    for i, block in enumerate(blocks):
        why = ""
        if i in places:
            why = "contents"
        elif i < front:
            continue
        elif i >= end:
            why = "signature"
        elif i in known:
            why = "field"
            found[known[i][0]] = known[i][1]
        if why:
            leavings += [Leaving(block.text, why, block.lines), *block.marks]
        else:
            # A bare short line over passport lines heads them.
            block.bold = block.bold or (
                i + 1 in known and i not in known and len(block.text) < SHORT_HEADING
            )
            rest.append(block)
    whole, joins = joined(rest)
    outline = outlined(whole, names)
    leavings += [mark for block in whole for mark in block.marks]
    provisions, kinds = named(outline.root, charter_type)
    guesses = sorted((*joins, *outline.guesses, *kinds), key=lambda guess: guess.lines)
    return Draft(
        provisions=tuple(provisions),
        leavings=tuple(sorted(leavings, key=lambda leaving: leaving.lines)),
        guesses=tuple(guesses),
        fields=found,
        title=title or source.title,
        language=language,
        charter_type=charter_type.key if charter_type else "generic",
    )


def front_of(blocks: list[Block], table: int | None, leavings: list[Leaving]) -> tuple[str, int]:
    """The title, and how many blocks stand in front of the provisions; they become leavings.

    A contents table divides the front from the text; else the title is what opens the document.
    """
    if table is not None:
        first, last = title_span(blocks, table)
        front = table
    else:
        first, last = 0, 0
        while last < len(blocks) and is_title(blocks[last]) and opens(blocks, last):
            last += 1
        while 0 < last < len(blocks) - 1 and goes_on(blocks[last], blocks[last - 1]):
            last += 1
        front = last
    for i, block in enumerate(blocks[:front]):
        why = "title" if first <= i < last else "front"
        leavings += [Leaving(block.text, why, block.lines), *block.marks]
    return " ".join(block.text for block in blocks[first:last]), front


def goes_on(block: Block, before: Block) -> bool:
    """A short line under a title in capitals: what the document is about."""
    return (
        before.text.isupper()
        and not block.level
        and not label_of(block.text)
        and block.indent > 0
        and len(block.text) < LONGEST_HEADING
        and not block.text.endswith((".", ":", ";"))
    )


def opens(blocks: list[Block], index: int) -> bool:
    """Whether a title line at the very beginning is the title, not the first heading of many."""
    if index == 0:
        return True
    block, before = blocks[index], blocks[index - 1]
    if block.level and before.level and block.level > before.level:
        return False
    return index < 4 and (block.level == before.level)  # noqa: PLR2004  (a title of five lines is a text)


def outlined(blocks: list[Block], names: set[str]) -> Outline:
    """The tree of roles."""
    outline = Outline()
    labels = [block.label or label_of(block.text) for block in blocks]
    items: set[tuple[str | int, ...]] = set()
    for i, (block, label) in enumerate(zip(blocks, labels, strict=True)):
        after = blocks[i + 1] if i + 1 < len(blocks) else None
        label_after = labels[i + 1] if after else None
        follows = after is not None and listed(after, label_after)
        in_list = bool(label and label.style in items)
        if is_marked(block, label, names) or (
            not in_list and after and is_shaped(block, label, after, label_after)
        ):
            items = set()
            take(block, label)
            if follows and (block.text.endswith(":") or not (label or block.level)):
                outline.group(block, label)
            else:
                outline.heading(block, label)
        elif (
            label
            or block.bullet
            or (starts_small(block) and outline.open[-1].role in {"opening", "group", "item"})
        ):
            if label:
                items.add(label.style)
            take(block, label)
            outline.item(block, label)
        else:
            outline.passage(block)
    return outline


def listed(block: Block, label: Label | None) -> bool:
    """Whether a block could be the first of a list."""
    if block.level or block.bold or (label and label.rank):
        return False
    return bool(block.bullet or starts_small(block) or (label and label.style[0] == "paren"))


def take(block: Block, label: Label | None) -> None:
    """Set the number aside from the text; what stood around it becomes a leaving."""
    if label is None:
        return
    block.mark(label.around)
    block.text = block.text[label.taken :].strip()


def is_marked(block: Block, label: Label | None, names: set[str]) -> bool:
    """A heading by a structural word, by the contents table, or by the format's marks."""
    if label and label.rank:
        return True
    if len(block.text) > LONGEST_HEADING or block.bullet or block.label:
        return False
    return bool(block.level or block.bold) or folded(block.text) in names


def is_shaped(block: Block, label: Label | None, after: Block, label_after: Label | None) -> bool:
    """A heading by its shape alone: short, without an end, and something else follows it."""
    text = block.text
    if len(text) > LONGEST_HEADING or block.bullet or block.label:
        return False
    if text.endswith((".", ";", ",", ":")) and not (label and text == text[: label.taken].strip()):
        return False
    if label is None:
        return is_bare_heading(text, after)
    if label.style[0] not in {"decimal", "roman"}:
        return False
    series_after = label_after.style if label_after else ()
    return text.isupper() or (series_after != label.style and not starts_small(after))


def is_bare_heading(text: str, after: Block) -> bool:
    """A short line in capitals, or one that only its shortness and what follows set off."""
    if text.isupper():
        return len(text) > 3  # noqa: PLR2004
    return (
        len(text) < SHORT_HEADING
        and text[0].isupper()
        and not any(sign.isdigit() for sign in text)
        and after.text.endswith((".", ":"))
        and len(after.text) > len(text)
        and not after.level
    )
