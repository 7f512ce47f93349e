"""What stands around the provisions: contents, front, title, passport lines, signatures."""

import re
from collections import Counter
from collections.abc import Sequence

from kelisim.charter.readers.blocks import Block
from kelisim.charter.readers.labels import bare_label, label_of
from kelisim.charter.trees.types import signs

TRAIL = re.compile(r"(?:\s*[.…·_]{2,}\s*|\s+)(\d{1,4})$")
FIELD = re.compile(r"^([\w«][^:;.!?]{2,60}):\s+(\S.*)$", re.DOTALL)
INITIALS = re.compile(
    r"(?:^|\s)[A-ZА-ЯӘҒҚҢӨҰҮІ]\.\s?(?:[A-ZА-ЯӘҒҚҢӨҰҮІ]\.\s?)?[A-ZА-ЯӘҒҚҢӨҰҮІ][\w-]+"
)
NUMBERED = re.compile(r"(?:№|\bNo\.?)\s*\d+")
SENTENCE = (".", ";", ":", "!", "?")
SHORT = 120
LONGEST_ENTRY = 600
SHORTEST_CAPITALS = 4
LONGEST_SIGNATURE = 8  # lines


def folded(text: str) -> str:
    """Words alone, for comparing a heading with its entry in the contents."""
    return " ".join(re.sub(r"[\s.…:]+", " ", text.casefold()).split())


def entry_of(text: str) -> str:
    """What an entry of a contents table names, without its leader and page; else nothing."""
    if len(text) > LONGEST_ENTRY:
        return ""
    trail = TRAIL.search(text)
    return text[: trail.start()] if trail else ""


def is_fragment(block: Block) -> bool:
    """A short line without an end: no sentence, no item, no marked heading."""
    return (
        len(block.text) < SHORT
        and not block.text.endswith(SENTENCE)
        and not label_of(block.text)
        and not block.level
        and not block.bullet
        and not block.label
    )


class Contents:
    """The contents table: where it stands, and the headings that it names (folded).

    Known by what it is: entries that stand again later as headings, and that end in a page's
    number, lead there by links, or follow a line that announces the contents.
    """

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        self.places: set[int] = set()
        self.names: set[str] = set()
        self.later = Counter(folded(block.text) for block in blocks)
        self.find_paged()
        if not self.places:
            self.find_announced()
        if not self.places:
            self.find_linked()

    def find_paged(self) -> None:
        entries = [
            index
            for index, block in enumerate(self.blocks)
            if (entry := entry_of(block.text)) and self.later[folded(entry)]
        ]
        if len(entries) < 2:  # noqa: PLR2004  (one line that ends in a number proves nothing)
            return
        first, last = entries[0], entries[-1]
        self.take([i for i in range(first, last + 1) if entry_of(self.blocks[i].text)])

    def find_announced(self) -> None:
        for head, block in enumerate(self.blocks):
            if folded(block.text) in signs("contents"):
                self.take(self.run(head + 1, linked=False))
                return

    def find_linked(self) -> None:
        first = next((i for i, block in enumerate(self.blocks) if block.link), None)
        if first is not None:
            self.take(self.run(first, linked=True))

    def run(self, start: int, *, linked: bool) -> list[int]:
        """Neighbours from `start` on that each stand again later."""
        found: list[int] = []
        for i in range(start, len(self.blocks)):
            block = self.blocks[i]
            if self.later[folded(block.text)] < 2 or (linked and not block.link):  # noqa: PLR2004
                break
            if folded(block.text) in self.names:
                break
            self.names.add(folded(block.text))
            found.append(i)
        return found if len(found) > 1 else []

    def take(self, places: list[int]) -> None:
        texts = (self.blocks[i].text for i in places)
        self.names = {folded(entry_of(text) or text) for text in texts}
        if not places:
            return
        self.places = set(places)
        head = places[0] - 1
        if head >= 0 and folded(self.blocks[head].text) in signs("contents"):
            self.places.add(head)


def is_title(block: Block) -> bool:
    """A line that could be a document's title: set off, unnumbered, no sentence."""
    words = block.text.rstrip()
    if label_of(words) or len(words) >= 2 * SHORT or words.endswith(":") or is_approval(block):
        return False
    if folded(words) in signs("openings") or (words.isupper() and bare_label(words)):
        return False
    return bool(block.level or block.bold or words.isupper() or begins_in_capitals(words))


def begins_in_capitals(words: str) -> bool:
    """«CONCEPT of the council»: the kind of document in capitals, its matter after it."""
    first = words.split(maxsplit=1)[0]
    return len(first) >= SHORTEST_CAPITALS and first.isalpha() and first.isupper()


def is_approval(block: Block) -> bool:
    """The stamp of the act that adopts the charter."""
    return block.text.casefold().startswith(signs("approval"))


def title_span(blocks: Sequence[Block], limit: int) -> tuple[int, int]:
    """First and last + 1 of the title's blocks before `limit`; equal where there is none."""
    last = next((i for i in range(limit - 1, -1, -1) if is_title(blocks[i])), -1)
    if last < 0:
        return 0, 0
    first = last
    while first and is_title(blocks[first - 1]):
        first -= 1
    last += 1
    while last < limit and blocks[last].text[0].islower() and is_fragment(blocks[last]):
        last += 1
    return first, last


def fields(blocks: Sequence[Block]) -> dict[int, tuple[str, str]]:
    """Passport lines: neighbours of the form «name: value», two at least. Place → (name, value).

    A passport opens the document: where a sentence stands before them, such lines are text.
    """
    found = {
        i: match
        for i, block in enumerate(blocks)
        if not (block.level or block.bold or block.bullet or block.text.endswith((":", ";")))
        and not label_of(block.text)
        and (match := FIELD.match(block.text))
    }
    text = (i for i, block in enumerate(blocks) if i not in found and block.text.endswith(SENTENCE))
    first = next(text, len(blocks))
    return {
        i: (match[1], match[2])
        for i, match in found.items()
        if i < first and (i - 1 in found or i + 1 in found)
    }


def is_signature(block: Block) -> bool:
    """A short line with a name by initials, or with a paper's number, and no sentence in it."""
    text = block.text
    return (
        len(text) < SHORT
        and not text.endswith((".", ";", ":"))
        and bool(INITIALS.search(text) or NUMBERED.search(text))
    )


def tail(blocks: Sequence[Block]) -> int:
    """Where the closing signatures begin: the length where there are none."""
    end = len(blocks)
    signed = end
    for i in range(end - 1, max(0, end - LONGEST_SIGNATURE), -1):
        block = blocks[i]
        if is_signature(block):
            signed = i
        elif (
            len(block.text) > SHORT or block.text.endswith((".", ";", ":")) or label_of(block.text)
        ):
            break
    first = max(1, end - LONGEST_SIGNATURE)
    while (
        first < signed < end
        and is_fragment(blocks[signed - 1])
        and not captions(blocks, signed - 1)
    ):
        signed -= 1
    return signed


def captions(blocks: Sequence[Block], at: int) -> bool:
    """Whether a line is what the bare number over it names: «Annex 1», then «Form of the seal»."""
    label = label_of(blocks[at - 1].text) if at else None
    return bool(label and label.rank)
