"""The two forms of a region map."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

SIDE = 92
GAP = 4
FRAME = (724, 404)
"""The room of an outline map: outlines are drawn within it, with a margin of two."""
LINE = 11
"""Letters that fit on one line of a tile."""


class State(StrEnum):
    """How much a region has of what a map shows: said by a pattern, so that grey print says it.

    The values are classes of the sheet; the patterns need no colour at all.
    """

    PLAIN = "plain"
    FEW = "few"
    SOME = "some"
    MANY = "many"
    UNKNOWN = "unknown"


PATTERNS = {
    State.FEW: '<circle cx="4" cy="4" r="1"/>',
    State.SOME: '<path d="M0 8L8 0"/>',
    State.MANY: '<path d="M0 8L8 0M0 0L8 8"/>',
    State.UNKNOWN: '<path d="M0 4H3"/>',
}
"""What is repeated over a region, on squares of eight."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a map is called and what it shows, for whoever cannot see it."""

    title: str
    description: str
    key: str = "map"


@dataclass(frozen=True, slots=True)
class Mark:
    """A region on a map; `note`: what its state means, in words, or its figure."""

    name: str
    full: str
    href: str = ""
    state: State = State.PLAIN
    note: str = ""
    column: int = 0
    row: int = 0
    path: str = ""
    x: float = 0
    y: float = 0


def tile_map(marks: Sequence[Mark], words: Words) -> SafeString:
    """One equal square a region, in our own arrangement: needs no geometry."""
    width = (max((mark.column for mark in marks), default=0) + 1) * (SIDE + GAP)
    height = (max((mark.row for mark in marks), default=0) + 1) * (SIDE + GAP)
    drawn = format_html_join("", "{}", ((tile(mark, words.key),) for mark in marks))
    return framed(drawn, (width, height), words, {mark.state for mark in marks})


def tile(mark: Mark, key: str) -> SafeString:
    x, y = mark.column * (SIDE + GAP), mark.row * (SIDE + GAP)
    square = format_html('x="{}" y="{}" width="{}" height="{}" rx="6"', x, y, SIDE, SIDE)
    middle = x + SIDE // 2
    drawn = format_html(
        '<rect class="tile {}" fill="#fff" stroke="#000" {}/>{}{}{}',
        mark.state,
        square,
        patterned("rect", square, mark.state, key),
        label(mark.name, middle, y + SIDE // 2 - (8 if mark.note else 0)),
        format_html('<text class="note" x="{}" y="{}">{}</text>', middle, y + SIDE - 14, mark.note)
        if mark.note
        else "",
    )
    return linked(mark, drawn)


def patterned(tag: str, shape: SafeString, state: State, key: str) -> SafeString:
    """The shape once more, filled with the pattern of its state."""
    if state not in PATTERNS:
        return SafeString("")
    return format_html('<{} {} fill="url(#{}-{})"/>', tag, shape, key, state)


def label(name: str, x: float, y: float) -> SafeString:
    """A name on one line or two."""
    first, _space, rest = name.partition(" ") if len(name) > LINE else (name, "", "")
    if not rest:
        return format_html('<text x="{}" y="{}">{}</text>', x, y + 4, name)
    return format_html(
        '<text x="{0}" y="{1}">{2}</text><text x="{0}" y="{3}">{4}</text>',
        x,
        y - 3,
        first,
        y + 12,
        rest,
    )


def linked(mark: Mark, drawn: SafeString) -> SafeString:
    """A link whose spoken name holds the words that one sees on it."""
    seen = mark.name.casefold() in mark.full.casefold()
    said = mark.full if seen else f"{mark.name}: {mark.full}"
    if mark.note:
        said = f"{said}: {mark.note}"
    if not mark.href:
        return format_html("<g><title>{}</title>{}</g>", said, drawn)
    return format_html(
        '<a href="{}" aria-label="{}"><title>{}</title>{}</a>', mark.href, said, said, drawn
    )


def outline_map(marks: Sequence[Mark], words: Words) -> SafeString:
    """Outlines as they were loaded; a region without one is left to the table below."""
    shown = [mark for mark in marks if mark.path]
    shapes = format_html_join("", "{}", ((outline(mark, words.key),) for mark in shown))
    names = format_html_join(
        "",
        '<text class="small" x="{}" y="{}">{}</text>',
        ((mark.x, mark.y, mark.name) for mark in shown),
    )
    drawn = format_html('{}<g aria-hidden="true" pointer-events="none">{}</g>', shapes, names)
    return framed(drawn, FRAME, words, {mark.state for mark in shown})


def outline(mark: Mark, key: str) -> SafeString:
    """A shape that is a link; names are laid over all shapes, so that none cuts another's."""
    shape = format_html('d="{}" fill-rule="evenodd"', mark.path)
    drawn = format_html(
        '<path class="tile {}" {}/>{}',
        mark.state,
        shape,
        patterned("path", shape, mark.state, key),
    )
    return linked(mark, drawn)


def framed(
    drawn: SafeString, size: tuple[int, int], words: Words, states: set[State]
) -> SafeString:
    """The map with its words, and the patterns that it needs."""
    patterns = format_html_join(
        "",
        '<pattern id="{}-{}" width="8" height="8" patternUnits="userSpaceOnUse"'
        ' fill="currentColor" stroke="currentColor">{}</pattern>',
        (
            (words.key, state, mark_safe(drawing))  # noqa: S308  (our own constant)
            for state, drawing in PATTERNS.items()
            if state in states
        ),
    )
    return format_html(
        '<svg class="map" viewBox="0 0 {width} {height}" role="group"'
        ' text-anchor="middle" font-size="12"'
        ' aria-labelledby="{key}-title {key}-desc"><title id="{key}-title">{title}</title>'
        '<desc id="{key}-desc">{description}</desc>{defs}{drawn}</svg>',
        width=size[0],
        height=size[1],
        key=words.key,
        title=words.title,
        description=words.description,
        defs=format_html("<defs>{}</defs>", patterns) if patterns else "",
        drawn=drawn,
    )
