"""A version as JSON: what `kelisim charter read` reads back, and what its seal can be proved by.

The sealed facts stand in it unchanged, beside keys that only help a reader (EXTRA). Whoever takes
those away and writes the rest as `trees.sealing` says gets the digest.
"""

import json
from collections.abc import Mapping
from typing import Any

from kelisim.charter.exports.addresses import Place
from kelisim.charter.exports.citations import charter_cited, provision_cited, state_facts
from kelisim.charter.queries import reading
from kelisim.charter.queries.reading import Row, Whole
from kelisim.charter.rules.standing import Worth
from kelisim.pages.languages import spoken

FORMAT = "kelisim-charter-1"
EXTRA = {
    "format",
    "digest",
    "title",
    "language",
    "fields",
    "citation",
    "standing",
    "permanent",
    "published_at",
    "leavings",
    "guesses",
}
EXTRA_OF_PROVISION = {"text", "lines", "permanent", "citation"}


def document(whole: Whole, *, worth: Worth, place: Place, language: str) -> dict[str, Any]:
    """The export as plain values; `text` of a provision is in the export's language."""
    version = whole.version
    said = reading.facts(whole)
    spoken_in = reading.chosen(whole.languages, language)
    return {
        "format": FORMAT,
        **said,
        "digest": version.digest,
        "title": spoken(version.charter.title, spoken_in).text,
        "language": spoken_in,
        "fields": version.charter.fields.get(spoken_in, {}),
        "citation": charter_cited(version, spoken_in),
        "standing": state_facts(worth),
        "permanent": place.version(version.charter.slug, version.number),
        "published_at": version.published_at.isoformat() if version.published_at else None,
        "leavings": version.leavings,
        "guesses": version.guesses,
        "provisions": [
            facts | extra(whole, row, place, spoken_in)
            for facts, row in zip(said["provisions"], whole.rows, strict=True)
        ],
    }


def extra(whole: Whole, row: Row, place: Place, language: str) -> dict[str, Any]:
    version = whole.version
    return {
        "text": row.texts.get(language, ""),
        "lines": list(row.lines),
        "permanent": place.provision(version.charter.slug, version.number, row.eid),
        "citation": provision_cited(version, row, whole.type, language),
    }


def sealed(exported: Mapping[str, Any]) -> dict[str, Any]:
    """The part of an export that its digest is of."""
    return {key: value for key, value in exported.items() if key not in EXTRA} | {
        "provisions": [
            {key: value for key, value in row.items() if key not in EXTRA_OF_PROVISION}
            for row in exported["provisions"]
        ]
    }


def write(whole: Whole, *, worth: Worth, place: Place, language: str) -> bytes:
    return plain(document(whole, worth=worth, place=place, language=language))


def plain(said: Mapping[str, Any]) -> bytes:
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()
