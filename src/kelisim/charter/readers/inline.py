"""Marks inside a paragraph of Markdown: set aside, so that only the author's words remain."""

import re
from itertools import pairwise

from kelisim.charter.readers.blocks import Block
from kelisim.charter.trees.draft import Leaving

HEADING = re.compile(r"^(#{1,6})(?:\s+(.*?))?\s*(#*)$")
BULLET = re.compile(r"^([-*+•·●▪‣◦–—o\uf0b7\uf0a7])\s+(?=\S)")
EMPHASIS = re.compile(
    r"\*{2,3}|_{2,3}|(?<![\w\\*])[*_](?=[^\s*_])|(?<=[^\s\\*_])[*_](?![\w*_])|\\(?=[-\\`*_{}\[\]()#+.!|>~])|`"
)
LINK = re.compile(r"!?\[(?!\^)([^\[\]\n]{1,300})(\]\((#?[^)\s]{0,500})\))")
LEADS = re.compile(r"[#/.]")
WHOLLY_BOLD = re.compile(r"^(\*\*|__)(?:(?!\1).)+\1[:.;]?$")
WHOLLY_SLANTED = re.compile(r"^([*_])(?![*_\s])(?:(?!\1).)+\1[:.;]?$")
QUOTED = re.compile(r"^>\s?")
WORD = re.compile(r"\w[\w-]*\w")
FIRST_WORD = re.compile(r"[^\W\d_]+(?:-\w+)*")
CUT = re.compile(r"[^\W\d_]-$")
LAST_CUT = re.compile(r"([^\W\d_][\w-]*)-\s*$")
SOFT_HYPHEN = "\u00ad"


def block_of(rows: list[tuple[int, str]], vocabulary: "Vocabulary | None" = None) -> Block:
    """A paragraph from its numbered lines, its marks set aside."""
    first, last = rows[0][0], rows[-1][0]
    block = Block("", (first, last))
    block.indent = indent_of(rows[0][1])
    parts: list[str] = []
    slants: list[bool] = []
    bolds: list[bool] = []
    whole: list[str] = []
    links: list[bool] = []
    for n, raw in rows:
        line = raw.strip()
        if n == first:
            line = opened(block, line)
        whole.append(line)
        bolds.append(bool(WHOLLY_BOLD.match(line)))
        slants.append(bool(WHOLLY_SLANTED.match(line)))
        found = LINK.fullmatch(line)
        links.append(bool(found and found[3].startswith("#")))
        parts.append(plain(block, line, n))
    block.bold = all(bolds) or bool(WHOLLY_BOLD.match(" ".join(whole)))
    block.slanted = all(slants)
    block.link = all(links)
    block.text = woven(block, [part for part in parts if part], vocabulary)
    return block


def indent_of(raw: str) -> int:
    """By how many columns a line is set in."""
    wide = raw.expandtabs(4)
    return len(wide) - len(wide.lstrip())


def opened(block: Block, line: str) -> str:
    """The first line without its heading marks and bullet."""
    if found := QUOTED.match(line):
        block.mark(found[0])
        line = line[found.end() :]
    if found := HEADING.match(line):
        block.level = len(found[1])
        block.mark(found[1])
        block.mark(found[3])
        line = found[2] or ""
    if found := BULLET.match(line):
        block.bullet = found[1]
        block.mark(found[1])
        line = line[found.end() :]
    return line


def plain(block: Block, line: str, n: int) -> str:
    """A line's words; what only formats them is set aside."""

    def aside(text: str) -> None:
        block.marks.append(Leaving(text, "mark", (n, n)))

    def link(found: re.Match[str]) -> str:
        if not LEADS.search(found[3]):
            return found[0]
        aside(found[0][: found.start(1) - found.start()])
        aside(found[2])
        return found[1]

    def mark(found: re.Match[str]) -> str:
        aside(found[0])
        return ""

    return " ".join(EMPHASIS.sub(mark, LINK.sub(link, line)).split())


def woven(block: Block, parts: list[str], vocabulary: "Vocabulary | None") -> str:
    """Lines to one text; a word that a line's end divided is whole again."""
    text = ""
    for part in parts:
        if text.endswith(SOFT_HYPHEN) or divides(text, part, vocabulary):
            block.mark(text[-1], "hyphen")
            text = text[:-1] + part
        elif vocabulary and cut_compound(text, part):
            text += part
        else:
            text = f"{text} {part}" if text else part
    return text


def cut_compound(text: str, part: str) -> bool:
    return bool(CUT.search(text)) and part[0].islower()


def divides(text: str, part: str, vocabulary: "Vocabulary | None") -> bool:
    """Whether a line's end put the hyphen into the word that it cuts."""
    if vocabulary is None or not cut_compound(text, part):
        return False
    left, right = re.split(r"[\s(«]", text[:-1])[-1], FIRST_WORD.match(part)
    return bool(right) and vocabulary.divided(left.lower(), right[0].lower() if right else "")


class Vocabulary:
    """The words of a document, which tell a divided word from a compound of two."""

    def __init__(self, lines: list[str]) -> None:
        self.words = {word.lower() for line in lines for word in WORD.findall(line)}
        self.divides = True
        cuts = [
            (left[1].lower(), right[0].lower())
            for one, two in pairwise(lines)
            if (left := LAST_CUT.search(one)) and (right := FIRST_WORD.match(two.strip()))
        ]
        whole = sum(left + right in self.words for left, right in cuts)
        compound = sum(f"{left}-{right}" in self.words for left, right in cuts)
        self.divides = whole >= compound

    def divided(self, left: str, right: str) -> bool:
        """Whether left and right are one word; mostly told by the words elsewhere."""
        if left + right in self.words:
            return True
        if f"{left}-{right}" in self.words or "-" in left:
            return False
        return self.divides
