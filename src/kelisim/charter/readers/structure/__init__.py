"""The one pass that turns any format's blocks into a draft tree."""

from collections.abc import Mapping, Sequence

from kelisim.charter.readers.blocks import Block, Source
from kelisim.charter.readers.labels import Label
from kelisim.charter.readers.structure.edges import SHORT, Contents, fields, tail
from kelisim.charter.readers.structure.front import front
from kelisim.charter.readers.structure.joining import joined
from kelisim.charter.readers.structure.naming import named
from kelisim.charter.readers.structure.outline import Outline
from kelisim.charter.readers.structure.roles import Part, is_listed, parts, starts_small
from kelisim.charter.trees.draft import Draft, Leaving
from kelisim.charter.trees.types import CharterType

SHORT_HEADING = SHORT // 2


def structure(source: Source, charter_type: CharterType | None, language: str) -> Draft:
    """The draft tree of a document. The type only names kinds: nesting never depends on it."""
    leavings = list(source.leavings)
    blocks = [block for block in source.blocks if block.text]
    leavings += [mark for block in source.blocks if not block.text for mark in block.marks]
    contents = Contents(blocks)
    title, why = surroundings(blocks, contents.places)
    rest, around = divided(blocks, why)
    whole, joins = joined(rest, contents.names)
    passport = fields(whole)
    head_passport(whole, passport)
    rest, lines = divided(whole, dict.fromkeys(passport, "field"))
    leavings += around + lines
    found = parts(rest, contents.names)
    outline = outlined(found)
    leavings += [mark for part in found for mark in part.block.marks]
    provisions, kinds = named(outline.root, charter_type)
    guesses = sorted((*joins, *outline.guesses, *kinds), key=lambda guess: guess.lines)
    return Draft(
        provisions=tuple(provisions),
        leavings=tuple(sorted(leavings, key=lambda leaving: leaving.lines)),
        guesses=tuple(guesses),
        fields=dict(passport.values()),
        title=title or source.title,
        language=language,
        charter_type=charter_type.key if charter_type else "generic",
    )


def divided(blocks: Sequence[Block], why: Mapping[int, str]) -> tuple[list[Block], list[Leaving]]:
    """The blocks that stay, and the leavings that the others become."""
    aside = [
        leaving
        for i, reason in why.items()
        for leaving in (Leaving(blocks[i].text, reason, blocks[i].lines), *blocks[i].marks)
    ]
    return [block for i, block in enumerate(blocks) if i not in why], aside


def surroundings(blocks: Sequence[Block], table: set[int]) -> tuple[str, dict[int, str]]:
    """The title, and why each block around the provisions is none of them."""
    title, before = front(blocks, min(table, default=None))
    why = dict(enumerate(before)) | dict.fromkeys(range(tail(blocks), len(blocks)), "signature")
    why |= dict.fromkeys(table, "contents")
    return ("", {}) if len(why) == len(blocks) else (title, why)


def head_passport(blocks: Sequence[Block], passport: Mapping[int, object]) -> None:
    """A bare short line over passport lines heads them."""
    for i in passport:
        over = blocks[i - 1] if i and i - 1 not in passport else None
        if over and len(over.text) < SHORT_HEADING:
            over.bold = True


def outlined(found: Sequence[Part]) -> Outline:
    """The tree of roles."""
    outline = Outline()
    for i, part in enumerate(found):
        block, label = part.block, part.label
        after = found[i + 1] if i + 1 < len(found) else None
        if label and not part.heading and not outline.knows(label, block):
            label = None
        take(block, label)
        if part.heading:
            listed = after is not None and not after.heading and is_listed(after)
            if listed and (block.text.endswith(":") or not (label or block.level)):
                outline.group(block, label)
            else:
                outline.heading(block, label)
        elif label or block.bullet or is_next(outline, block):
            outline.item(block, label, i, part.until)
        else:
            outline.passage(block, i)
    return outline


def is_next(outline: Outline, block: Block) -> bool:
    """Whether a block without number or bullet is an item of the list that is open."""
    top = outline.open[-1]
    if top.role in {"opening", "group"}:
        return starts_small(block) or block.text.endswith(";")
    if top.role != "item":
        return False
    unmarked = top.series[:1] == ("run",) and top.block.text.endswith(";")
    return starts_small(block) or unmarked


def take(block: Block, label: Label | None) -> None:
    """Set the number aside from the text; what stood around it becomes a leaving."""
    if label is None:
        return
    block.mark(label.around)
    block.text = block.text[label.taken :].strip()
