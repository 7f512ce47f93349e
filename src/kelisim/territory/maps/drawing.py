"""The two forms of a region map."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

SIDE = 92
GAP = 4
LINE = 11
"""Letters that fit on one line of a tile."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a map is called and what it shows, for whoever cannot see it."""

    title: str
    description: str
    key: str = "map"


@dataclass(frozen=True, slots=True)
class Mark:
    """A region on a map. `state`: a class of the sheet; `note`: what it says besides its name."""

    name: str
    full: str
    href: str = ""
    state: str = "plain"
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
    return framed(
        format_html_join("", "{}", ((tile(mark),) for mark in marks)), width, height, words
    )


def tile(mark: Mark) -> SafeString:
    x, y = mark.column * (SIDE + GAP), mark.row * (SIDE + GAP)
    drawn = format_html(
        '<rect class="tile {}" x="{}" y="{}" width="{}" height="{}" rx="6"/>{}{}',
        mark.state,
        x,
        y,
        SIDE,
        SIDE,
        label(mark.name, x + SIDE // 2, y + SIDE // 2 - (8 if mark.note else 0)),
        format_html(
            '<text class="note" x="{}" y="{}">{}</text>', x + SIDE // 2, y + SIDE - 14, mark.note
        )
        if mark.note
        else "",
    )
    return linked(mark, drawn)


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
    said = f"{mark.full}: {mark.note}" if mark.note else mark.full
    if not mark.href:
        return format_html("<g><title>{}</title>{}</g>", said, drawn)
    return format_html(
        '<a href="{}" aria-label="{}"><title>{}</title>{}</a>', mark.href, said, said, drawn
    )


def outline_map(marks: Sequence[Mark], words: Words) -> SafeString:
    """Outlines as they were loaded; a region without one is left to the table below."""
    shown = [mark for mark in marks if mark.path]
    drawn = format_html_join(
        "",
        "{}",
        (
            (
                linked(
                    mark,
                    format_html(
                        '<path class="tile {}" d="{}"/><text class="small" x="{}" y="{}">{}</text>',
                        mark.state,
                        mark.path,
                        mark.x,
                        mark.y,
                        mark.name,
                    ),
                ),
            )
            for mark in shown
        ),
    )
    return framed(drawn, 724, 400, words)


def framed(drawn: SafeString, width: int, height: int, words: Words) -> SafeString:
    return format_html(
        '<svg class="map" viewBox="0 0 {} {}" role="group" aria-labelledby="{}-title {}-desc">'
        '<title id="{}-title">{}</title><desc id="{}-desc">{}</desc>{}</svg>',
        width,
        height,
        words.key,
        words.key,
        words.key,
        words.title,
        words.key,
        words.description,
        drawn,
    )
