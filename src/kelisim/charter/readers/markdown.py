"""Markdown and plain text, also as converters leave them: hard breaks, stray levels, bold lines."""

import re

from kelisim.charter.readers.blocks import Block, Source
from kelisim.charter.readers.labels import label_of
from kelisim.charter.trees.draft import Leaving
from kelisim.charter.trees.types import signs

HEADING = re.compile(r"^(#{1,6})(?:\s+(.*?))?\s*(#*)$")
SETEXT = re.compile(r"^(=+|-+)$")
RULE = re.compile(r"^\\?([-*_•–—=~])(?:\s*\\?\1){2,}$")
BULLET = re.compile(r"^([-*+•·●▪‣◦–—])\s+(?=\S)")
EMPHASIS = re.compile(
    r"\*{2,3}|_{2,3}|(?<![\w\\*])[*_](?=[^\s*_])|(?<=[^\s\\*_])[*_](?![\w*_])|\\(?=[-\\`*_{}\[\]()#+.!|>~])|`"
)
WHOLLY_BOLD = re.compile(r"^(\*\*|__)(?:(?!\1).)+\1[:.;]?$")
FIELD = re.compile(r"^[\w«][^:;.!?]{2,60}:\s+\S")
LEADER = re.compile(r"(?:[.…·_]{3,}|\t)\s*\d{1,4}$")
SHORTEST_UNDERLINE = 3
NARROW = 60
ENDED = (";", ":", ".", "!", "?")


def page_number() -> re.Pattern[str]:
    page, of = "|".join(map(re.escape, signs("page"))), "|".join(map(re.escape, signs("of")))
    number = r"\d{1,4}"
    return re.compile(
        rf"^(?:[-–—]\s*{number}\s*[-–—]|(?:{page})\.?\s*{number}(?:\s*(?:{of}|/)\s*{number})?"
        rf"|{number}\s*(?:{of}|/)\s*{number}|{number})$",
        re.IGNORECASE,
    )


def read(text: str) -> Source:
    """Blocks of a text; never refuses."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return Reading(lines).run()


class Reading:
    """One pass over the lines: gathers a paragraph, closes it where another begins."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.source = Source([], lines=lines)
        self.rows: list[tuple[int, str]] = []
        self.hard = False
        self.page = page_number()

    def run(self) -> Source:
        for n, raw in enumerate(self.lines, 1):
            self.line(n, raw.replace("\f", " ").replace("\ufeff", ""))
        self.close()
        return self.source

    def line(self, n: int, raw: str) -> None:
        line = raw.strip()
        if not line:
            self.close()
        elif self.underlines(line):
            made = self.close()
            if made:
                made.level = 1 if line[0] == "=" else 2
                made.marks.append(Leaving(line, "mark", (n, n)))
        elif RULE.match(line):
            self.close()
            self.source.leavings.append(Leaving(line, "rule", (n, n)))
        elif not self.rows and self.page.match(line) and self.alone(n):
            self.source.leavings.append(Leaving(line, "page", (n, n)))
        else:
            if self.rows and self.begins(raw, line):
                self.close()
            self.rows.append((n, raw))
            if HEADING.match(line):
                self.close()
        self.hard = bool(line) and raw.endswith("  ")

    def underlines(self, line: str) -> bool:
        return len(self.rows) == 1 and len(line) >= SHORTEST_UNDERLINE and bool(SETEXT.match(line))

    def alone(self, n: int) -> bool:
        """A page number stands by itself, after a page's blank line."""
        before = self.lines[n - 2].strip() if n > 1 else ""
        after = self.lines[n].strip() if n < len(self.lines) else ""
        return not before and not after

    def begins(self, raw: str, line: str) -> bool:
        """Whether this line begins a paragraph of its own though no blank line says so."""
        before = self.rows[-1][1].strip().rstrip("*_")
        if HEADING.match(line) or BULLET.match(line) or LEADER.search(before):
            return True
        if label_of(line.lstrip("*_")) and (before.endswith(ENDED) or self.short(before)):
            return True
        if before.endswith((";", ":")) and not (
            before.endswith(":") and line[0].islower() and not self.hard
        ):
            return True
        first = self.rows[0][1].strip()
        listed = BULLET.match(first) or label_of(first)
        if listed and before.endswith(".") and line[0].isupper() and not raw.startswith(" "):
            return True
        if FIELD.match(line) and FIELD.match(first):
            return True
        return bool(WHOLLY_BOLD.match(line)) != bool(WHOLLY_BOLD.match(first)) or (
            self.hard and before.endswith(ENDED)
        )

    def short(self, before: str) -> bool:
        """A line that ended before its column did ends a paragraph or a heading."""
        return (
            len(before) < NARROW
            and not before.endswith((",", "-"))
            and bool(label_of(before) or before.isupper())
        )

    def close(self) -> Block | None:
        if not self.rows:
            return None
        made = block_of(self.rows)
        self.source.blocks.append(made)
        self.rows = []
        return made


def block_of(rows: list[tuple[int, str]]) -> Block:
    """A paragraph from its lines, its marks set aside."""
    first, last = rows[0][0], rows[-1][0]
    block = Block("", (first, last))
    block.indent = len(rows[0][1].expandtabs(4)) - len(rows[0][1].expandtabs(4).lstrip())
    parts: list[str] = []
    bolds: list[bool] = []
    for n, raw in rows:
        line = raw.strip()
        if n == first:
            line = opened(block, line)
        bolds.append(bool(WHOLLY_BOLD.match(line)))
        parts.append(plain(block, line, n))
    block.bold = all(bolds)
    block.text = woven(block, [part for part in parts if part])
    return block


def opened(block: Block, line: str) -> str:
    """The first line without its heading marks and bullet."""
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
    def aside(found: re.Match[str]) -> str:
        block.marks.append(Leaving(found[0], "mark", (n, n)))
        return ""

    return " ".join(EMPHASIS.sub(aside, line).split())


def woven(block: Block, parts: list[str]) -> str:
    """Lines to one text; a word that a line's end divided is whole again."""
    text = ""
    for part in parts:
        if text.endswith("\u00ad") or (
            re.search(r"[^\W\d_]-$", text)
            and part[0].islower()
            and len(parts) > 1
            and divides(text)
        ):
            block.mark(text[-1], "hyphen")
            text = text[:-1] + part
        else:
            text = f"{text} {part}" if text else part
    return text


def divides(text: str) -> bool:
    """A hyphen at a line's end divides a word unless the word is a compound of whole words."""
    left = re.split(r"[\s(«]", text[:-1])[-1]
    return "-" not in left and len(left) > 1 and len(text) > NARROW // 2
