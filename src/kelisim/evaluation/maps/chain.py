"""The chain from measures over tasks to results, as three columns joined by lines."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

LINE, TOP, WIDTH, BOX = 34, 34, 720, 180
COLUMNS = (0, 270, 540)
LONGEST = 24
"""Letters in a box; the table under the drawing has all of them."""
DASHES = {"evidence": "", "claimed": "7 4", "not": "2 5"}
"""Unbroken where evidence shows the link, dashed where the charter claims it, dotted where nothing
is known."""


@dataclass(frozen=True, slots=True)
class Box:
    """A provision in a column (0: measures, 1: tasks, 2: results)."""

    key: int
    column: int
    name: str
    href: str


@dataclass(frozen=True, slots=True)
class Words:
    """What the drawing is called and says, and the headings of its columns."""

    title: str
    description: str
    headings: tuple[str, str, str]


def chain(boxes: Sequence[Box], lines: Sequence[tuple[int, int, str]], words: Words) -> SafeString:
    """Boxes in the order given, lines from below to above; empty where nothing is joined."""
    if not lines:
        return SafeString("")
    places: dict[int, tuple[int, int]] = {}
    heights = [0, 0, 0]
    for box in boxes:
        places[box.key] = (COLUMNS[box.column], TOP + LINE * heights[box.column])
        heights[box.column] += 1
    drawn = format_html_join(
        "",
        '<path fill="none" stroke="currentColor" stroke-width="1.5" stroke-dasharray="{}"'
        ' d="M{} {}C{} {} {} {} {} {}"/>',
        (curve(places[below], places[above], known) for below, above, known in lines),
    )
    named = format_html_join(
        "",
        '<a href="{}"><rect x="{}" y="{}" width="{}" height="26" rx="5" fill="#fff"'
        ' stroke="currentColor"/><text class="start" text-anchor="start" x="{}" y="{}">{}</text>'
        "</a>",
        (
            (box.href, x, y, BOX, x + 8, y + 17, short(box.name))
            for box, (x, y) in ((box, places[box.key]) for box in boxes)
        ),
    )
    heads = format_html_join(
        "",
        '<text class="start" text-anchor="start" x="{}" y="20">{}</text>',
        zip(COLUMNS, words.headings, strict=True),
    )
    return format_html(
        '<svg class="chart chain" viewBox="0 0 {} {}" role="group" font-size="12"'
        ' aria-labelledby="chain-title chain-desc"><title id="chain-title">{}</title>'
        '<desc id="chain-desc">{}</desc>{}{}{}</svg>',
        WIDTH,
        TOP + LINE * max(heights),
        words.title,
        words.description,
        heads,
        drawn,
        named,
    )


def curve(one: tuple[int, int], other: tuple[int, int], known: str) -> tuple[str | int, ...]:
    """From the right edge of a box to the left edge of another."""
    x, y, to, at = one[0] + BOX, one[1] + 13, other[0], other[1] + 13
    middle = (x + to) // 2
    return (DASHES[known], x, y, middle, y, middle, at, to, at)


def short(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1].rstrip()}…"
