"""Indicators of results and their values as CSV and as data."""

from typing import Any

from kelisim.evaluation.exports.tables import separated
from kelisim.evaluation.queries.results import Results, Told

HEADINGS = (
    "provision", "indicator_kk", "indicator_ru", "indicator_en", "unit_kk", "unit_ru", "unit_en",
    "direction", "baseline", "baseline_year", "target", "target_year",
    "year", "value", "margin", "stated_on", "source",
)  # fmt: skip
TONGUES = ("kk", "ru", "en")


def table(found: Results) -> bytes:
    """A row a value; an indicator of which nothing was stated has one row without a value."""
    rows = []
    for node, indicators in found.results:
        for told in indicators:
            about = described(node.eid, told)
            rows += [
                [*about, one.year, str(one.value), text(one.margin), one.on.isoformat(), one.source]
                for one in told.values
            ] or [[*about, None, None, None, None, None]]
    return separated(HEADINGS, rows)


def described(eid: str, told: Told) -> list[Any]:
    of = told.indicator
    return [
        eid,
        *(of.name.get(code, "") for code in TONGUES),
        *(of.unit.get(code, "") for code in TONGUES),
        of.direction,
        text(of.baseline),
        of.baseline_year,
        text(of.target),
        of.target_year,
    ]


def text(value: Any) -> str | None:
    return None if value is None else str(value)


def data(found: Results) -> dict[str, Any]:
    """Results with their indicators, and the chain with what is known of each link."""
    return {
        "charter": found.version.charter.slug,
        "version": found.version.number,
        "results": [
            {
                "provision": node.eid,
                "indicators": [
                    dict(zip(HEADINGS[1:12], described(node.eid, told)[1:], strict=True))
                    | {
                        "way": told.way.value,
                        "values": [
                            {
                                "year": one.year,
                                "value": str(one.value),
                                "margin": text(one.margin),
                                "stated_on": one.on.isoformat(),
                                "source": one.source,
                            }
                            for one in told.values
                        ],
                    }
                    for told in indicators
                ],
            }
            for node, indicators in found.results
        ],
        "links": [
            {
                "below": step.below.eid,
                "above": step.above.eid,
                "known": step.link.known,
                "words": step.link.words,
                "source": step.link.source,
            }
            for step in found.steps
        ],
        "unlinked": [node.eid for node in found.unlinked],
    }
