"""The numbers that Word writes itself: how each level of a list looks, how far each has come."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from docx.document import Document

from kelisim.charter.readers.labels import Label, shown_label
from kelisim.charter.readers.numerals import written

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BULLET, NOTHING = "bullet", "none"
LEVELS = 9


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: its form of counting, its pattern («%1.%2)»), its first number."""

    form: str = BULLET
    pattern: str = "•"
    start: int = 1


def value(element: Any, name: str) -> str:
    """The value of a property; nothing where the property is not there."""
    found = element.find(f"{W}{name}") if element is not None else None
    return found.get(f"{W}val") or "" if found is not None else ""


@dataclass(slots=True)
class Numbering:
    """Counts the lists of one document, paragraph by paragraph."""

    levels: dict[tuple[str, int], Level] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)  # several lists may share one count
    restarted: set[str] = field(default_factory=set)
    counts: defaultdict[str, list[int]] = field(
        default_factory=lambda: defaultdict(lambda: [0] * LEVELS)
    )

    @classmethod
    def of(cls, document: Document) -> "Numbering":
        made = cls()
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return made
        abstract = {one.get(f"{W}abstractNumId"): one for one in root.findall(f"{W}abstractNum")}
        for num in root.findall(f"{W}num"):
            made.add(num.get(f"{W}numId") or "", num, abstract)
        return made

    def add(self, key: str, num: Any, abstract: Mapping[str | None, Any]) -> None:
        shape = value(num, "abstractNumId")
        own = num.findall(f"{W}lvlOverride")
        self.lists[key] = key if own else f"shape {shape}"
        found = abstract.get(shape)
        for level in found.findall(f"{W}lvl") if found is not None else ():
            self.levels[key, depth_of(level)] = level_of(level)
        for override in own:
            depth = depth_of(override)
            inner = override.find(f"{W}lvl")
            old = self.levels.get((key, depth), Level())
            made = level_of(inner) if inner is not None else old
            start = value(override, "startOverride")
            first = int(start) if start.isdecimal() else made.start
            self.levels[key, depth] = Level(made.form, made.pattern, first)

    def next(self, key: str, depth: int) -> tuple[Label | None, str]:
        """The number or the bullet of the next paragraph of a list at a depth."""
        level = self.levels.get((key, depth), Level())
        if level.form == BULLET:
            return None, "•"
        if level.form == NOTHING or not 0 <= depth < LEVELS:
            return None, ""
        counts = self.counts[self.lists.get(key, key)]
        counts[depth] = counts[depth] + 1 if counts[depth] else level.start
        counts[depth + 1 :] = [0] * (LEVELS - 1 - depth)
        shown = level.pattern
        for outer in range(depth + 1):
            form = self.levels.get((key, outer), level).form
            shown = shown.replace(f"%{outer + 1}", written(max(counts[outer], 1), form))
        return shown_label(shown, depth), ""


def depth_of(level: Any) -> int:
    text = level.get(f"{W}ilvl") or "0"
    return int(text) if text.isdecimal() else 0


def level_of(level: Any) -> Level:
    start = value(level, "start")
    first = int(start) if start.isdecimal() else 1
    return Level(value(level, "numFmt") or "decimal", value(level, "lvlText"), first)
