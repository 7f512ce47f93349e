"""Lines to paragraphs, by what the lines show: a column they fill, a sign they begin with.

A line that ends although the next word would have fitted was ended on purpose. That tells a new
paragraph from a wrapped one without a blank line between them, whatever the column.
"""

import re
from collections import Counter
from itertools import pairwise

from kelisim.charter.readers.blocks import Block, Source
from kelisim.charter.readers.inline import (
    BULLET,
    HEADING,
    WHOLLY_BOLD,
    Vocabulary,
    block_of,
    indent_of,
)
from kelisim.charter.readers.labels import Label, label_of
from kelisim.charter.readers.sheets import Sheets
from kelisim.charter.trees.draft import Leaving

SETEXT = re.compile(r"^(=+|-+)$")
RULE = re.compile(r"^\\?([-*_•–—=~])(?:\s*\\?\1){2,}$")
DRAWN = re.compile(r"^_{3,}$")
ROW = re.compile(r"^\|.*\|$")
FRAME = re.compile(r"^\|(?:\s*:?-{2,}:?\s*\|)+$")
COLUMNS = re.compile(r"^(\S.*?\S) {3,}\S")
NOTE = re.compile(r"^(?:\[\^[^\]]+\]:|[¹²³⁴⁵⁶⁷⁸⁹]+\s)")
NOTE_UNDER_RULE = re.compile(r"^(?:\d{1,3}|\*{1,3})\)?\s")
FIELD = re.compile(r"^[\w«][^:;.!?]{2,60}:\s+\S")
LEADER = re.compile(r"(?:[.…·_]{3,}|\t)\s*\d{1,4}$")
SHORTEST_UNDERLINE = 3
METADATA = re.compile(r"^\s*(?:[\w-]+:(?:\s|$)|-\s|#|$)")
LONGEST_METADATA = 60
LONGEST_LEADER = 200
WIDEST_COLUMN = 140
CLEARLY_SHORT = 0.75
WIDE = 50
LEAST_CUT = 0.1
MUCH_DEEPER = 2
FEWEST = 3
MOSTLY = 0.7
ENDED = (";", ":", ".", "!", "?")
DASHES = "-–—"


def read(text: str) -> Source:
    """Blocks of a text; never refuses."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return Reading([line.replace("\ufeff", "") for line in lines]).run()


def bare(raw: str) -> str:
    """A line without the white space and the emphasis around it."""
    return raw.strip().strip("*_").strip()


def is_filled(lines: list[str]) -> bool:
    """Whether lines are filled to a column; else each was ended on purpose."""
    pairs = [(bare(one), bare(two)) for one, two in pairwise(lines) if one.strip() and two.strip()]
    cut = sum(not one.endswith(ENDED) and two[:1].islower() for one, two in pairs)
    return cut >= LEAST_CUT * len(pairs)


def first_line_indent(lines: list[str]) -> int:
    """The indent by which paragraphs begin, where it is the indent that shows them; else 0."""
    ended: Counter[int] = Counter()
    open_: Counter[int] = Counter()
    for before, line in pairwise(lines):
        if line.strip() and before.strip() and not BULLET.match(line.strip()):
            (ended if bare(before).endswith(ENDED) else open_)[indent_of(line)] += 1
    indent, count = max(ended.items(), key=lambda row: (row[0] > 0, row[1]), default=(0, 0))
    shown = indent and count >= FEWEST and count > MOSTLY * (count + open_[indent])
    return indent if shown and open_[0] > ended[0] else 0


def in_columns(line: str) -> bool:
    """Whether a line is a row: words, a wide gap, words; a number before a gap is none."""
    found = COLUMNS.match(line)
    label = label_of(found[1]) if found else None
    return bool(found) and not (label and label.taken >= len(found[1] if found else ""))


class Reading:
    """One pass over the lines: gathers a paragraph, closes it where another begins."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = [line.replace("\f", " ") for line in lines]
        self.source = Source([], lines=lines)
        self.sheets = Sheets(self.lines)
        self.rows: list[tuple[int, str]] = []
        self.first: tuple[str, Label | None] = ("", None)
        self.hard = False
        self.drawn = False
        longest = max(map(len, self.lines), default=0)
        self.column = longest if longest <= WIDEST_COLUMN else 0
        self.filled = is_filled(self.lines)
        self.set_in = first_line_indent(self.lines) if self.column else 0
        self.vocabulary = Vocabulary(self.lines) if self.column else None

    def run(self) -> Source:
        start = self.metadata()
        for n, raw in enumerate(self.lines[start:], start + 1):
            self.line(n, raw)
        self.close()
        return self.source

    def metadata(self) -> int:
        """How many lines at the top speak to programs: a block of «name: value» between rules."""
        if not self.lines or self.lines[0].rstrip() != "---":
            return 0
        for n, line in enumerate(self.lines[1:LONGEST_METADATA], 2):
            if line.rstrip() in {"---", "..."}:
                text = self.lines[:n]
                self.source.leavings += [
                    Leaving(one.strip(), "front", (i, i))
                    for i, one in enumerate(text, 1)
                    if one.strip()
                ]
                return n
            if not METADATA.match(line):
                break
        return 0

    def line(self, n: int, raw: str) -> None:
        line = raw.strip()
        why = self.sheets.why(n)
        if not line or why:
            self.close()
            if why:
                self.source.leavings.append(Leaving(line, why, (n, n)))
        elif self.underlines(line):
            made = self.close()
            if made:
                made.level = 1 if line[0] == "=" else 2
                made.marks.append(Leaving(line, "mark", (n, n)))
        elif RULE.match(line) or FRAME.match(line):
            self.close()
            drawn = "mark" if FRAME.match(line) else "rule"
            self.source.leavings.append(Leaving(line, drawn, (n, n)))
            self.drawn = bool(DRAWN.match(line))
        else:
            self.add(n, raw, line)
        self.hard = bool(line) and raw.endswith("  ")

    def add(self, n: int, raw: str, line: str) -> None:
        if self.rows and self.begins(raw, line):
            self.close()
        if not self.rows:
            inner = BULLET.sub("", bare(raw))
            self.first = (inner, label_of(inner))
        self.rows.append((n, raw))
        if HEADING.match(line) or ROW.match(line) or in_columns(line):
            self.close()

    def underlines(self, line: str) -> bool:
        if len(self.rows) != 1 or self.is_noted():
            return False
        return len(line) >= SHORTEST_UNDERLINE and bool(SETEXT.match(line))

    def begins(self, raw: str, line: str) -> bool:
        """Whether this line begins a paragraph of its own though no blank line says so."""
        before = self.rows[-1][1]
        ended = bare(before).endswith(ENDED)
        if (
            HEADING.match(line)
            or ROW.match(line)
            or NOTE.match(line)
            or LEADER.search(before[-LONGEST_LEADER:])
        ):
            return True
        turned = self.turns_bold(line) and (ended or self.hard or self.room(before, line))
        if self.is_noted() or turned:
            return not self.is_noted()
        label = label_of(bare(line))
        if self.hard:
            return ended or bool(label or BULLET.match(line))
        if not self.column or (label and label.rank):
            return True
        if label or BULLET.match(line):
            dashed = line[0] in DASHES and not self.listed()
            return ended or self.room(before, line) or not (label or dashed)
        return self.ended_on_purpose(raw, line, ended=ended)

    def turns_bold(self, line: str) -> bool:
        """Whether bold words end, or begin, with this line."""
        return bool(WHOLLY_BOLD.match(line)) != bool(WHOLLY_BOLD.match(self.rows[0][1].strip()))

    def ended_on_purpose(self, raw: str, line: str, *, ended: bool) -> bool:
        """Whether the line before was left short, so that this one begins something."""
        before = self.rows[-1][1]
        if self.listed() and indent_of(raw) > indent_of(self.rows[0][1]):
            return bare(before).endswith((";", ":")) and self.room(before, line)
        deeper = indent_of(raw) >= indent_of(before) + MUCH_DEEPER and (ended or line[0].isupper())
        if deeper or (self.set_in and indent_of(raw) == self.set_in):
            return True
        if FIELD.match(line) and FIELD.match(self.rows[0][1].strip()):
            return True
        if not self.room(before, line):
            return False
        if ended:
            return not bare(before).endswith(".") or not line[0].islower()
        return line[0].isupper() and (
            self.is_heading(before, line) or self.is_far_short(before, line)
        )

    def is_heading(self, before: str, line: str) -> bool:
        """Whether the one line before is a heading that needs no mark: «Article 4. Terms»."""
        text, label = self.first
        if len(self.rows) > 1:
            return False
        if text.isupper() and not line.isupper() and not label:
            return True
        if label is None or label.taken >= len(text):
            return bool(label and label.rank)
        short = len(before.rstrip()) < CLEARLY_SHORT * self.column
        return bool(label.rank) or (label.style[0] in {"decimal", "roman"} and short)

    def is_far_short(self, before: str, line: str) -> bool:
        """A line that leaves half its column free is a whole, unless it is a number alone."""
        if in_columns(line):
            return False
        text, label = self.first
        alone = len(self.rows) == 1 and label and label.taken >= len(text) and not label.rank
        return not alone and self.column > WIDE and len(before.rstrip()) < self.column / 2

    def listed(self) -> bool:
        """Whether the open paragraph is an item of a list."""
        return bool(self.first[1] or BULLET.match(self.rows[0][1].strip()))

    def room(self, before: str, line: str) -> bool:
        """Whether this line's first word would have fitted on the line before."""
        word = line.split(maxsplit=1)[0]
        return not self.filled or len(before.rstrip()) + 1 + len(word) <= self.column

    def is_noted(self) -> bool:
        return bool(self.rows) and self.note_at(self.rows[0][1].strip())

    def note_at(self, line: str) -> bool:
        return bool(NOTE.match(line) or (self.drawn and NOTE_UNDER_RULE.match(line)))

    def close(self) -> Block | None:
        if not self.rows:
            return None
        rows, self.rows = self.rows, []
        if self.note_at(rows[0][1].strip()):
            text = " ".join(" ".join(raw.split()) for _n, raw in rows)
            self.source.leavings.append(Leaving(text, "note", (rows[0][0], rows[-1][0])))
            return None
        self.drawn = False
        made = block_of(rows, self.vocabulary)
        self.source.blocks.append(made)
        return made
