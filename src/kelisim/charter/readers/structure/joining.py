"""Put back together what a page break took apart."""

import re

from kelisim.charter.readers.blocks import Block
from kelisim.charter.readers.labels import label_of
from kelisim.charter.readers.structure.edges import FIELD, SHORTEST_CAPITALS, folded
from kelisim.charter.trees.draft import Guess

ENDED = re.compile(r"[.!?;:…][»”\")\]]*$")
DASHES = ("-", "–", "—")
LONG = 60
END, BEGINNING = 20, 200  # of a text: what is looked at, however long it is
LONGEST_HEADING = 160


def joined(blocks: list[Block], names: set[str]) -> tuple[list[Block], list[Guess]]:
    """Blocks with the pieces of one sentence joined; every join is a guess with its lines.

    names: the headings that the contents table names, which no sentence goes on from.
    """
    out: list[Block] = []
    guesses: list[Guess] = []
    for i, block in enumerate(blocks):
        if out and is_clause(out[-1], block, blocks[i + 1 : i + 2]):
            undo_bullet(block)
        heads = bool(names and out) and folded(out[-1].text) in names
        sure = certainty(out[-1], block) if out and not heads else 0.0
        if sure:
            before = out[-1]
            guesses.append(Guess("join", (before.lines[1], block.lines[0]), sure))
            before.text = f"{before.text} {block.text}"
            before.lines = (before.lines[0], block.lines[1])
            before.marks += block.marks
        else:
            out.append(block)
    return out, guesses


def is_clause(before: Block, block: Block, after: list[Block]) -> bool:
    """Whether a dash at a line's beginning is no bullet: a sentence was cut before it."""
    listed = before.bullet or any(one.bullet for one in after)
    if listed or block.bullet not in DASHES or is_set_off(before) or label_of(before.text):
        return False
    return before.text[-1].isalnum() and block.text[0].islower()


def undo_bullet(block: Block) -> None:
    """Give a bullet back to the text that it belongs to."""
    place = next(i for i, mark in enumerate(block.marks) if mark.text == block.bullet)
    del block.marks[place]
    block.text = f"{block.bullet} {block.text}"
    block.bullet = ""


def certainty(before: Block, after: Block) -> float:
    """How sure it is that `after` goes on with the sentence of `before`; 0 when it does not."""
    begins = after.bullet or after.label or label_of(after.text[:BEGINNING])
    if begins or ENDED.search(before.text[-END:]) or before.text[:BEGINNING].isupper():
        return 0.0
    if is_set_off(before) or is_set_off(after):
        return set_off_certainty(before, after)
    if after.text[0].islower() or after.text[0] in DASHES:
        return 0.95
    if before.bullet or is_capitals(after.text) or is_whole(before, after):
        return 0.0
    return unfinished_certainty(before.text, after.text)


def unfinished_certainty(before: str, after: str) -> float:
    """How sure it is that a sentence without an end goes on with a name, a number or a bracket."""
    if before.endswith((",", "–", "-", "№")) or after[0] == "(":
        return 0.9
    if before[0].islower() and before[-1].isalnum() and after[0].isalnum():
        return 0.7
    return 0.6 if len(before) > LONG and before[-1].isalnum() else 0.0


def is_whole(before: Block, after: Block) -> bool:
    """A numbered heading, or one passport line over another, needs no end."""
    if FIELD.match(after.text) and FIELD.match(before.text):
        return True
    return len(before.text) < LONGEST_HEADING and bool(label_of(before.text))


def is_capitals(text: str) -> bool:
    """A heading in capitals, not a name of a few letters."""
    return len(text) > SHORTEST_CAPITALS and text.isupper()


def is_set_off(block: Block) -> bool:
    return bool(block.level or block.bold)


def set_off_certainty(before: Block, after: Block) -> float:
    """A heading goes on in small letters, set off like itself; bold words go on in a sentence."""
    if not after.text[0].islower():
        return 0.0
    if is_set_off(after):
        return 0.8 if is_set_off(before) or not after.level else 0.0
    ends = after.text.endswith((".", ":"))
    return 0.7 if before.bold and not before.level and ends else 0.0
