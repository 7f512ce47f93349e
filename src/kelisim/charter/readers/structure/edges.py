"""What stands around the provisions: contents, front, title, passport lines, signatures."""

import re
from collections import Counter

from kelisim.charter.readers.blocks import Block
from kelisim.charter.readers.labels import label_of
from kelisim.charter.trees.types import signs

TRAIL = re.compile(r"(?:\s*[.…·_]{2,}\s*|\s+)(\d{1,4})$")
FIELD = re.compile(r"^([\w«][^:;.!?]{2,60}):\s+(\S.*)$", re.DOTALL)
INITIALS = re.compile(
    r"(?:^|\s)[A-ZА-ЯӘҒҚҢӨҰҮІ]\.\s?(?:[A-ZА-ЯӘҒҚҢӨҰҮІ]\.\s?)?[A-ZА-ЯӘҒҚҢӨҰҮІ][\w-]+"
)
NUMBERED = re.compile(r"(?:№|\bNo\.?)\s*\d+")
SHORT = 120


def folded(text: str) -> str:
    return " ".join(re.sub(r"[\s.…:]+", " ", text.casefold()).split())


def contents(blocks: list[Block]) -> tuple[set[int], set[str]]:
    """Places of the contents table, and the headings that it names (folded).

    Known by what it is: entries that end in a page number and stand again later without it.
    """
    later = Counter(folded(block.text) for block in blocks)
    entries = [
        index
        for index, block in enumerate(blocks)
        if (trail := TRAIL.search(block.text)) and later[folded(block.text[: trail.start()])]
    ]
    if len(entries) < 2:  # noqa: PLR2004  (one line that ends in a number proves nothing)
        return set(), set()
    places = {i for i in range(entries[0], entries[-1] + 1) if TRAIL.search(blocks[i].text)}
    names = {folded(TRAIL.sub("", blocks[i].text)) for i in places}
    head = entries[0] - 1
    if head >= 0 and folded(blocks[head].text) in signs("contents"):
        places.add(head)
    return places, names


def is_title(block: Block) -> bool:
    """A line that could be a document's title: set off, unnumbered, no sentence."""
    words = block.text.rstrip()
    set_off = block.level or block.bold or words.isupper()
    return (
        bool(set_off) and not label_of(words) and len(words) < 2 * SHORT and not words.endswith(":")
    )


def title_span(blocks: list[Block], limit: int) -> tuple[int, int]:
    """First and last + 1 of the title's blocks before `limit`; equal where there is none."""
    last = next((i for i in range(limit - 1, -1, -1) if is_title(blocks[i])), -1)
    if last < 0:
        return 0, 0
    first = last
    while first and is_title(blocks[first - 1]):
        first -= 1
    return first, last + 1


def fields(blocks: list[Block]) -> dict[int, tuple[str, str]]:
    """Passport lines: neighbours of the form «name: value», two at least. Place → (name, value)."""
    found = {
        i: match
        for i, block in enumerate(blocks)
        if not (block.level or block.bold or block.bullet or block.text.endswith((":", ";")))
        and not label_of(block.text)
        and (match := FIELD.match(block.text))
    }
    return {
        i: (match[1], match[2]) for i, match in found.items() if i - 1 in found or i + 1 in found
    }


def is_signature(block: Block) -> bool:
    """A short line with a name by initials, or with a paper's number, and no sentence in it."""
    text = block.text
    return (
        len(text) < SHORT
        and not text.endswith((".", ";", ":"))
        and bool(INITIALS.search(text) or NUMBERED.search(text))
    )


def tail(blocks: list[Block]) -> int:
    """Where the closing signatures begin: the length where there are none."""
    end = len(blocks)
    signed = end
    for i in range(end - 1, max(-1, end - 8), -1):
        block = blocks[i]
        if is_signature(block):
            signed = i
        elif (
            len(block.text) > SHORT or block.text.endswith((".", ";", ":")) or label_of(block.text)
        ):
            break
    while 0 < signed < end and unfinished(blocks[signed - 1]):
        signed -= 1
    return signed


def unfinished(block: Block) -> bool:
    """A short line without an end before a signature: the office that signs."""
    return (
        len(block.text) < SHORT
        and not block.text.endswith((".", ";", ":", "!", "?"))
        and not label_of(block.text)
        and not block.level
        and not block.bullet
    )
