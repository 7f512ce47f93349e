"""Counts as bars of pieces: one line a row, from what is done to what is not."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH, LINE, TOP, NAMES, EDGE = 480, 22, 8, 190, 44
LONGEST = 25
"""Letters of a name beside its bar; the table under it has it whole."""
SHADES = ("1", ".7", ".45", ".25", "0")
"""How full a piece is by its level: told apart on grey paper too."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A row: its name, and level and length of each piece."""

    name: str
    pieces: Sequence[tuple[int, int]]

    @property
    def whole(self) -> int:
        return sum(length for _level, length in self.pieces)


def bars(rows: Sequence[Bar], key: str, title: str, description: str) -> SafeString:
    """Pieces in the order of their levels on one scale; empty where there is nothing to draw."""
    longest = max((row.whole for row in rows), default=0)
    if not longest:
        return SafeString("")
    room = WIDTH - EDGE - NAMES
    drawn = format_html_join(
        "",
        '<text class="end" text-anchor="end" x="{}" y="{}">{}</text>{}'
        '<text class="start" x="{}" y="{}">{}</text>',
        (
            (
                NAMES - 8,
                y + 13,
                short(row.name),
                pieces(row, y, room / longest),
                NAMES + room * row.whole / longest + 6,
                y + 13,
                row.whole,
            )
            for y, row in ((TOP + LINE * place, row) for place, row in enumerate(rows))
        ),
    )
    return format_html(
        '<svg class="chart" viewBox="0 0 {} {}" role="img" font-size="12"'
        ' aria-labelledby="{key}-title {key}-desc">'
        '<title id="{key}-title">{}</title><desc id="{key}-desc">{}</desc>{}</svg>',
        WIDTH,
        TOP + LINE * len(rows),
        title,
        description,
        drawn,
        key=key,
    )


def pieces(row: Bar, y: int, scale: float) -> SafeString:
    """Every piece where the one before it ends, framed so that an empty one is seen."""
    found, x = [], float(NAMES)
    for level, length in row.pieces:
        if length:
            width = round(length * scale, 2)
            found.append((round(x, 2), y + 2, width, LINE - 6, SHADES[level]))
            x += width
    return format_html_join(
        "",
        '<rect x="{}" y="{}" width="{}" height="{}" fill="currentColor" fill-opacity="{}"'
        ' stroke="currentColor"/>',
        found,
    )


def short(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1].rstrip()}…"
