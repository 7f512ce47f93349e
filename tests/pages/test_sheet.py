"""The one sheet of style: small, readable in light and dark, and asking nobody else."""

import re
from pathlib import Path

import pytest

from kelisim import pages

SHEET = (Path(pages.__file__).parent / "static" / "pages" / "kelisim.css").read_text()
TEXT = 4.5
SHAPE = 3.0


def tokens(rule: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})\b", rule))


def schemes() -> dict[str, dict[str, str]]:
    light, dark = re.findall(r":root \{(.*?)\}", SHEET, flags=re.DOTALL)
    return {"light": tokens(light), "dark": tokens(light) | tokens(dark)}


def luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    pairs = [c * 2 for c in digits] if len(digits) == 3 else re.findall("..", digits)
    parts = [int(pair, 16) / 255 for pair in pairs]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_measure_of_contrast_is_that_of_wcag():
    assert contrast("#fff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("ink", "grounds"),
    [
        ("ink", ["paper", "ground", "sky-tint", "gold-tint", "red-tint", "green-tint"]),
        ("ink-soft", ["paper", "ground"]),
        ("sky", ["paper", "ground", "sky-tint", "gold-tint"]),
        ("sky-deep", ["paper", "ground", "sky-tint"]),
        ("gold", ["paper", "gold-tint", "ground"]),
        ("red", ["paper", "ground", "red-tint"]),
        ("green", ["paper", "ground", "green-tint"]),
        ("on", ["sky", "sky-deep"]),
    ],
)
def test_words_can_be_read_on_every_ground(scheme, ink, grounds):
    colours = schemes()[scheme]
    poor = {g: contrast(colours[ink], colours[g]) for g in grounds}
    assert {g: round(c, 2) for g, c in poor.items() if c < TEXT} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_edge_of_a_field_can_be_seen(scheme):
    colours = schemes()[scheme]
    assert contrast(colours["edge"], colours["paper"]) >= SHAPE
    assert contrast(colours["edge"], colours["ground"]) >= SHAPE


def test_every_token_that_is_used_is_defined():
    used = set(re.findall(r"var\(--([\w-]+)", SHEET))
    defined = set(re.findall(r"--([\w-]+):", SHEET))
    assert used - defined == set()


def test_the_sheet_asks_no_other_host():
    assert not re.search(r"url\(|@import|https?:", SHEET)


def test_its_braces_are_balanced():
    bare = re.sub(r'"[^"]*"', "", SHEET)
    assert bare.count("{") == bare.count("}")
