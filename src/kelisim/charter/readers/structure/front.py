"""What stands before the provisions: the act that adopts the charter, its signature, the title."""

from collections.abc import Sequence

from kelisim.charter.readers.blocks import Block
from kelisim.charter.readers.labels import label_of
from kelisim.charter.readers.structure.edges import (
    SENTENCE,
    is_approval,
    is_fragment,
    is_signature,
    is_title,
    title_span,
)

LONGEST_TITLE = 4  # lines; what is longer is a text
LONGEST_LINE = 300


def front(blocks: Sequence[Block], table: int | None) -> tuple[str, list[str]]:
    """The title, and for each block of the front the reason why it is no provision.

    A contents table divides the front from the text, and so does the title that follows the
    signature of an adopting act; otherwise only a title that opens the document stands in front.
    """
    limit = table if table is not None else adopted(blocks)
    if limit is None:
        first, last = 0, opening_title(blocks)
        limit = last
    else:
        first, last = title_span(blocks, limit)
    title = " ".join(block.text for block in blocks[first:last])
    return title, reasons(blocks[:limit], first, last)


def reasons(blocks: Sequence[Block], first: int, last: int) -> list[str]:
    """Of an adopting act: its text, who signed it, its stamp; of the charter: its title."""
    said = [i for i, block in enumerate(blocks) if i < first and is_said(block)]
    after_act = said[-1] if said else len(blocks)
    found: list[str] = []
    for i, block in enumerate(blocks):
        if first <= i < last:
            found.append("title")
        elif i < first and is_approval(block):
            found.append("approval")
        elif after_act < i < first:
            found.append("approval" if found[-1] == "approval" else "signature")
        else:
            found.append("front")
    return found


def is_said(block: Block) -> bool:
    return block.text.endswith(SENTENCE) or bool(label_of(block.text))


def adopted(blocks: Sequence[Block]) -> int | None:
    """Where the charter begins after the act that adopts it; None where no such act is signed."""
    numbered = next((i for i, block in enumerate(blocks) if is_numbered_heading(block)), None)
    if numbered is None:
        return None
    first, last = title_span(blocks, numbered)
    signed = any(is_signature(block) for block in blocks[:first])
    said = any(is_said(block) for block in blocks[:first])
    return (
        numbered
        if signed and said and last > first and not after_title(blocks, last, numbered)
        else None
    )


def after_title(blocks: Sequence[Block], last: int, numbered: int) -> bool:
    """Whether text stands between the title and the first numbered heading."""
    return any(not is_fragment(block) for block in blocks[last:numbered])


def is_numbered_heading(block: Block) -> bool:
    label = block.label or label_of(block.text)
    return bool(label and (label.rank or block.level or block.bold))


def opening_title(blocks: Sequence[Block]) -> int:
    """How many blocks at the very beginning are the title."""
    last = 0
    while last < len(blocks) and is_title(blocks[last]) and opens(blocks, last):
        last += 1
    while 0 < last < len(blocks) - 1 and goes_on(blocks[last], blocks[last - 1]):
        last += 1
    return last


def opens(blocks: Sequence[Block], index: int) -> bool:
    """Whether a title line at the very beginning is the title, not the first heading of many."""
    if index == 0:
        return True
    block, before = blocks[index], blocks[index - 1]
    if block.level and before.level and block.level > before.level:
        return False
    return index < LONGEST_TITLE and block.level == before.level


def goes_on(block: Block, before: Block) -> bool:
    """A short line under a title in capitals: what the document is about."""
    return (
        before.text.isupper()
        and not block.level
        and not label_of(block.text)
        and block.indent > 0
        and len(block.text) < LONGEST_LINE
        and not block.text.endswith((".", ":", ";"))
    )
