"""What a printed sheet adds to a text: its number and its running head."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from kelisim.charter.readers.labels import label_of
from kelisim.charter.trees.types import signs

DIGITS = re.compile(r"\d+")
NUMBER = re.compile(r"^\d{1,4}$")
SHORTEST_SHEET = 12  # lines; numbers that follow one another sooner are no sheets'
LONGEST_HEAD = 120
SENTENCE = (".", ";", ":", "!", "?")


def page_number() -> re.Pattern[str]:
    """A line that is nothing but a page's number, in our languages."""
    page, of = "|".join(map(re.escape, signs("page"))), "|".join(map(re.escape, signs("of")))
    number = r"\d{1,4}"
    return re.compile(
        rf"^(?:[-–—]\s*{number}\s*[-–—]|(?:{page})\.?\s*{number}(?:\s*(?:{of}|/)\s*{number})?"
        rf"|{number}[-\s]*(?:{page})|{number}\s*(?:{of}|/)\s*{number}|{number})$",
        re.IGNORECASE,
    )


class Sheets:
    """Finds, once for a text, the lines that belong to its sheets."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = [line.strip() for line in lines]
        self.found: dict[int, str] = {}
        pattern = page_number()
        numbers = [n for n, line in enumerate(self.lines, 1) if self.numbered(n, line, pattern)]
        plain = [n for n in numbers if NUMBER.match(self.lines[n - 1])]
        if self.counts_something_else(plain):
            numbers = [n for n in numbers if n not in set(plain)]
        self.found = dict.fromkeys(numbers, "page")
        self.heads(numbers)

    def why(self, n: int) -> str:
        """The reason for which line n is left aside, or nothing."""
        return self.found.get(n, "")

    def numbered(self, n: int, line: str, pattern: re.Pattern[str]) -> bool:
        return bool(line) and bool(pattern.match(line)) and self.alone(n)

    def alone(self, n: int) -> bool:
        before = self.lines[n - 2] if n > 1 else ""
        after = self.lines[n] if n < len(self.lines) else ""
        return not before and not after

    def counts_something_else(self, places: list[int]) -> bool:
        """Whether bare numbers count provisions: 1, 2, 3 … with but a few lines between them."""
        if len(places) < 2:  # noqa: PLR2004  (one number counts nothing)
            return False
        values = [int(self.lines[n - 1]) for n in places]
        between = sorted(b - a for a, b in pairwise(places))
        rising = values == list(range(1, len(values) + 1))
        return rising and between[len(between) // 2] < SHORTEST_SHEET

    def heads(self, numbers: list[int]) -> None:
        """Short lines that stand again and again beside a sheet's number."""
        beside = [near for n in numbers for near in (self.near(n, -1), self.near(n, 1)) if near]
        repeated = Counter(DIGITS.sub("#", self.lines[n - 1]) for n in beside)
        for n in beside:
            line = self.lines[n - 1]
            if (
                repeated[DIGITS.sub("#", line)] > 1
                and len(line) < LONGEST_HEAD
                and not line.endswith(SENTENCE)
                and not label_of(line)
            ):
                self.found[n] = "page"

    def near(self, n: int, step: int) -> int:
        """The nearest line with words, within a sheet's margin."""
        for distance in (1, 2, 3):
            at = n + step * distance
            if 0 < at <= len(self.lines) and self.lines[at - 1]:
                return at
        return 0
