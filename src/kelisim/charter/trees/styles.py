"""How a provision is marked in a Word document of ours, so that it can be read back.

A paragraph's style tells kind, depth and whether it is a heading: «Kelisim measure 3», «Kelisim
heading part 0»; its number stands in a run of the style «Kelisim number», and a short
title, written only where no text is, in one of «Kelisim short title».
"""

import re
from dataclasses import dataclass

NUMBER = "Kelisim number"
SHORT = "Kelisim short title"
TITLE = "Kelisim title"
FIELD = "Kelisim field"
FRONT = "Kelisim front"
STYLE = re.compile(r"Kelisim (heading |)(\S+) (\d+)")


@dataclass(frozen=True, slots=True)
class Style:
    kind: str
    depth: int
    heading: bool

    @property
    def name(self) -> str:
        return f"Kelisim {'heading ' if self.heading else ''}{self.kind} {self.depth}"


def style_of(name: str) -> Style | None:
    """The style that is so called; None for any that is not ours."""
    match = STYLE.fullmatch(name)
    return Style(match[2], int(match[3]), bool(match[1])) if match else None
