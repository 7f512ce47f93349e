"""The path of an indicator: where it began, what it shall reach, what it was."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH, HEIGHT = 480, 170
LEFT, RIGHT, TOP, BOTTOM = 26, 454, 26, 142

type Points = Mapping[int, Decimal]


@dataclass(frozen=True, slots=True)
class Words:
    """What the drawing is called and says, for whoever cannot see it."""

    title: str
    description: str
    key: str


@dataclass(frozen=True, slots=True)
class Ground:
    """How years and values become places on the drawing."""

    years: Sequence[int]
    low: Decimal
    high: Decimal

    def x(self, year: int) -> float:
        first, last = self.years[0], self.years[-1]
        if first == last:
            return (LEFT + RIGHT) / 2
        return round(LEFT + (RIGHT - LEFT) * (year - first) / (last - first), 1)

    def y(self, value: Decimal) -> float:
        if self.high == self.low:
            return (TOP + BOTTOM) / 2
        share = (value - self.low) / (self.high - self.low)
        return round(BOTTOM - (BOTTOM - TOP) * float(share), 1)

    def line(self, points: Points) -> str:
        return " ".join(f"{self.x(year)},{self.y(points[year])}" for year in sorted(points))


def path(
    targets: Points, actuals: Points, words: Words, named: Mapping[Decimal, str]
) -> SafeString:
    """Targets as a broken line with squares, what was as a whole one with dots.

    `named` writes values as the page's language does. Empty where there is nothing to draw.
    """
    values = [*targets.values(), *actuals.values()]
    if not values:
        return SafeString("")
    ground = Ground(sorted({*targets, *actuals}), min(values), max(values))
    return format_html(
        '<svg class="chart" viewBox="0 0 {} {}" role="img"'
        ' aria-labelledby="{key}-title {key}-desc"><title id="{key}-title">{}</title>'
        '<desc id="{key}-desc">{}</desc>{}{}{}</svg>',
        WIDTH,
        HEIGHT,
        words.title,
        words.description,
        broken(ground, targets),
        whole(ground, actuals, named),
        feet(ground),
        key=words.key,
    )


def broken(ground: Ground, points: Points) -> SafeString:
    squares = format_html_join(
        "",
        '<rect x="{}" y="{}" width="8" height="8"/>',
        ((ground.x(year) - 4, ground.y(value) - 4) for year, value in sorted(points.items())),
    )
    return format_html(
        '<g class="target" fill="none" stroke="currentColor"><polyline stroke-width="1.5"'
        ' stroke-dasharray="5 4" points="{}"/>{}</g>',
        ground.line(points),
        squares,
    )


def whole(ground: Ground, points: Points, named: Mapping[Decimal, str]) -> SafeString:
    dots = format_html_join(
        "",
        '<circle cx="{}" cy="{}" r="4" fill="currentColor"/><text x="{}" y="{}">{}</text>',
        (
            (x, y, x, y - 9, named.get(value, value))
            for year, value in sorted(points.items())
            for x, y in [(ground.x(year), ground.y(value))]
        ),
    )
    return format_html(
        '<polyline fill="none" stroke="currentColor" stroke-width="2.5" points="{}"/>{}',
        ground.line(points),
        dots,
    )


def feet(ground: Ground) -> SafeString:
    """The years under it; of many only some, so that they can be read."""
    step = max(1, len(ground.years) // 8)
    return format_html_join(
        "",
        '<text x="{}" y="{}">{}</text>',
        ((ground.x(year), HEIGHT - 6, year) for year in ground.years[::step]),
    )
