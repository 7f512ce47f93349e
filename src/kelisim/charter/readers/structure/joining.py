"""Put back together what a page break took apart."""

import re

from kelisim.charter.readers.blocks import Block
from kelisim.charter.readers.labels import label_of
from kelisim.charter.trees.draft import Guess

ENDED = re.compile(r"[.!?;:…][»”\")\]]*$")
LONG = 60


def joined(blocks: list[Block]) -> tuple[list[Block], list[Guess]]:
    """Blocks with the pieces of one sentence joined; every join is a guess with its lines."""
    out: list[Block] = []
    guesses: list[Guess] = []
    for block in blocks:
        sure = certainty(out[-1], block) if out else 0.0
        if sure:
            before = out[-1]
            guesses.append(Guess("join", (before.lines[1], block.lines[0]), sure))
            before.text = f"{before.text} {block.text}"
            before.lines = (before.lines[0], block.lines[1])
            before.marks += block.marks
        else:
            out.append(block)
    return out, guesses


def certainty(before: Block, after: Block) -> float:
    """How sure it is that `after` goes on with the sentence of `before`; 0 when it does not."""
    if not (is_text(before) and is_text(after)) or after.bullet or after.label:
        return 0.0
    if ENDED.search(before.text) or label_of(after.text) or before.text.isupper():
        return 0.0
    if after.text[0].islower():
        return 0.95
    if before.text.endswith((",", "–", "-")):
        return 0.9
    return 0.6 if len(before.text) > LONG and before.text[-1].isalpha() else 0.0


def is_text(block: Block) -> bool:
    return bool(block.text) and not block.level and not block.bold
