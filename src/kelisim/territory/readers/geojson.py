"""Outlines from GeoJSON: checked whole, then projected and thinned to what a map can show."""

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from kelisim.refusals import Refusal, Refused
from kelisim.territory.readers.thinning import Ring, thinned

LARGEST = 50 * 1024 * 1024
WIDTH, HEIGHT, MARGIN = 720, 400, 2
TOLERANCE = 1.0
"""How far, in the map's units, a thinned border may lie from the true one."""
SHORTEST = 4
LEAST = 3
CODE = re.compile("[0-9]{9}")


@dataclass(frozen=True, slots=True)
class Outline:
    """The shape of a unit: an SVG path, and the middle of its largest ring for the label."""

    kato: str
    path: str
    x: float
    y: float


def read(data: bytes) -> list[Outline]:
    """Outlines by KATO. Raises Refused with every fault and the feature that it is in."""
    if len(data) > LARGEST:
        raise Refused(Refusal("territory.file_too_large", megabytes=LARGEST // 1024**2))
    try:
        given = json.loads(data)
    except (ValueError, RecursionError) as fault:
        raise Refused(Refusal("territory.not_json")) from fault
    features = given.get("features") if isinstance(given, dict) else None
    if not isinstance(features, list) or not features:
        raise Refused(Refusal("territory.not_geojson"))
    faults = [fault for n, feature in enumerate(features, 1) for fault in check(feature, n)]
    faults += repeated(features)
    if faults:
        raise Refused(*faults)
    return drawn(features)


def repeated(features: list[Any]) -> Iterator[Refusal]:
    """Codes that an earlier feature has already."""
    seen: set[str] = set()
    for n, feature in enumerate(features, 1):
        code = code_of(feature)
        if code and code in seen:
            yield Refusal("territory.code_repeated", place=f"features[{n}]", kato=code)
        seen.add(code)


def code_of(feature: Any) -> str:
    found = feature.get("properties") if isinstance(feature, dict) else None
    return str(found.get("KATO", "")) if isinstance(found, dict) else ""


def check(feature: Any, n: int) -> Iterator[Refusal]:
    place = f"features[{n}]"
    if not isinstance(feature, dict):
        yield Refusal("territory.no_feature", place=place)
        return
    code = code_of(feature)
    if not CODE.fullmatch(code):
        yield Refusal("territory.no_code", place=place)
    try:
        found = list(rings(feature))
    except (KeyError, TypeError, ValueError, IndexError, OverflowError):
        yield Refusal("territory.no_shape", place=place)
        return
    if not found or any(len(ring) < SHORTEST or ring[0] != ring[-1] for ring in found):
        yield Refusal("territory.open_ring", place=place)
    elif any(len({x for x, _y in ring}) == 1 or len({y for _x, y in ring}) == 1 for ring in found):
        yield Refusal("territory.no_area", place=place)
    if any(not (-180 <= x <= 180 and -90 <= y <= 90) for ring in found for x, y in ring):  # noqa: PLR2004
        yield Refusal("territory.not_degrees", place=place)


def rings(feature: dict[str, Any]) -> Iterator[list[tuple[float, float]]]:
    """Every ring of a polygon or of several, in degrees."""
    geometry = feature["geometry"]
    parts = geometry["coordinates"]
    if geometry["type"] not in {"Polygon", "MultiPolygon"}:
        raise ValueError(geometry["type"])
    polygons = [parts] if geometry["type"] == "Polygon" else parts
    for polygon in polygons:
        for ring in polygon:
            yield [(float(point[0]), float(point[1])) for point in ring]


def drawn(features: list[dict[str, Any]]) -> list[Outline]:
    """Equirectangular, true at the middle latitude; north is up."""
    every = [list(rings(feature)) for feature in features]
    xs = [x for found in every for ring in found for x, _y in ring]
    ys = [y for found in every for ring in found for _x, y in ring]
    squeeze = math.cos(math.radians((min(ys) + max(ys)) / 2))
    west, north = min(xs), max(ys)
    scale = min(WIDTH / ((max(xs) - west) * squeeze), HEIGHT / (north - min(ys)))
    projected = [
        [
            (
                MARGIN + round((x - west) * squeeze * scale),
                MARGIN + round((north - y) * scale),
            )
            for x, y in ring
        ]
        for found in every
        for ring in found
    ]
    thin = iter(thinned(projected, TOLERANCE))
    whole = iter(projected)
    return [
        outline(code_of(feature), list(islice(thin, len(found))), list(islice(whole, len(found))))
        for feature, found in zip(features, every, strict=True)
    ]


def outline(kato: str, thin: list[Ring], whole: list[Ring]) -> Outline:
    """A path of all rings that still show, and the middle of the largest.

    What is too small to show gets a small square: it can be reached all the same.
    """
    x, y = middle(max(whole, key=lambda ring: abs(area(ring))))
    shown = [ring for ring in thin if len(ring) >= SHORTEST and area(ring)]
    square = f"M{round(x) - LEAST} {round(y) - LEAST}h{2 * LEAST}v{2 * LEAST}h-{2 * LEAST}z"
    return Outline(kato, "".join(path(ring) for ring in shown) or square, x, y)


def area(ring: Ring) -> float:
    return (
        sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1], strict=True)) / 2
    )


def middle(ring: Ring) -> tuple[float, float]:
    """The centroid of a ring; of its points where it encloses nothing."""
    whole = area(ring)
    if not whole:
        return (
            sum(x for x, _y in ring) / len(ring),
            sum(y for _x, y in ring) / len(ring),
        )
    x = y = 0.0
    for a, b in zip(ring, ring[1:] + ring[:1], strict=True):
        cross = a[0] * b[1] - b[0] * a[1]
        x, y = x + (a[0] + b[0]) * cross, y + (a[1] + b[1]) * cross
    return round(x / (6 * whole), 1), round(y / (6 * whole), 1)


def path(ring: Ring) -> str:
    first, *rest = ring
    steps = []
    here = first
    for point in rest:
        steps.append(f"{point[0] - here[0]} {point[1] - here[1]}")
        here = point
    return f"M{first[0]} {first[1]}l{' '.join(steps)}z"
