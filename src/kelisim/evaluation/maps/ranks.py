"""Ranks with their intervals, one line a body, the first at the top."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH, LINE, TOP, NAMES, EDGE = 480, 22, 30, 200, 14
LONGEST = 26
"""Letters of a name beside its line; the table under it has it whole."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A body's rank and how far it may be from it."""

    name: str
    rank: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Words:
    """What the drawing is called and says, for whoever cannot see it."""

    title: str
    description: str


def ranks(bars: Sequence[Bar], words: Words) -> SafeString:
    """A dot at the rank, a line over its interval. Empty where there is no rank."""
    if not bars:
        return SafeString("")
    size = len(bars)

    def x(rank: float) -> float:
        return round(NAMES + (WIDTH - EDGE - NAMES) * (rank - 1) / max(size - 1, 1), 1)

    lines = format_html_join(
        "",
        '<text class="end" x="{}" y="{}">{}</text>'
        '<path fill="none" stroke="currentColor" stroke-width="6" stroke-linecap="round"'
        ' opacity=".35" d="M{} {}H{}"/><circle cx="{}" cy="{}" r="5" fill="currentColor"/>',
        (
            (NAMES - 14, y + 4, short(bar.name), x(bar.low), y, x(bar.high), x(bar.rank), y)
            for y, bar in ((TOP + LINE * i, bar) for i, bar in enumerate(bars))
        ),
    )
    step = max(1, size // 6)
    feet = format_html_join(
        "",
        '<text x="{}" y="14">{}</text>',
        ((x(rank), rank) for rank in sorted({*range(1, size + 1, step), size})),
    )
    return format_html(
        '<svg class="chart" viewBox="0 0 {} {}" role="img"'
        ' aria-labelledby="ranks-title ranks-desc">'
        '<title id="ranks-title">{}</title><desc id="ranks-desc">{}</desc>{}{}</svg>',
        WIDTH,
        TOP + LINE * size,
        words.title,
        words.description,
        feet,
        lines,
    )


def short(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"
