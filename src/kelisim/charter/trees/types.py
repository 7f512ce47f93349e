"""Kinds of charter: what their provisions are called and by which words a list tells its kind.

A charter type is a TOML file in `charter/types/`; no phrase of any charter stands in code.
`headings.toml` beside them holds the words of structural headings («Глава 1», «2-бап»).
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

FOLDER = files("kelisim.charter") / "types"
HEADINGS = "headings.toml"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of provision: its names, its element in Akoma Ntoso, whether it is counted."""

    key: str
    names: Mapping[str, str]
    element: str
    promise: bool


@dataclass(frozen=True, slots=True)
class Opening:
    """Words of a list's opening, or of a paragraph that stands alone, that tell a kind."""

    pattern: re.Pattern[str]
    kind: str
    alone: bool


@dataclass(frozen=True, slots=True)
class CharterType:
    """A kind of charter, as its file tells it."""

    key: str
    names: Mapping[str, str]
    kinds: Mapping[str, Kind]
    openings: tuple[Opening, ...]
    signs: tuple[re.Pattern[str], ...]
    group_items: str
    grouping: re.Pattern[str] | None = None  # headings under which a list's opening heads a group

    def groups_under(self, heading: str) -> bool:
        """Whether lists under this heading are groups though nothing marks their openings."""
        return bool(self.grouping and self.grouping.search(heading))

    def kind_told_by(self, text: str, *, alone: bool) -> str | None:
        """The kind that these words tell; where several do, those nearest the end."""
        found = [
            (match.end(), opening.kind)
            for opening in self.openings
            if opening.alone is alone
            for match in opening.pattern.finditer(text)
        ]
        return max(found)[1] if found else None

    def suits(self, text: str) -> bool:
        """Whether a document that begins so is of this type."""
        return any(sign.search(text) for sign in self.signs)


@dataclass(frozen=True, slots=True)
class Heading:
    """A word of structural headings: its kind, how high it stands, on which side of its number."""

    word: str
    kind: str
    rank: int
    side: str  # "before" the number, "after" it, or "alone"


def load(text: str) -> CharterType:
    """The type from its file's text. Raises KeyError or re.error where the file is wrong."""
    told: dict[str, Any] = tomllib.loads(text)
    return CharterType(
        key=told["key"],
        names=told["names"],
        kinds={
            key: Kind(key, kind["names"], kind["element"], kind.get("promise", False))
            for key, kind in told["kinds"].items()
        },
        openings=tuple(
            Opening(
                re.compile(opening["words"], re.IGNORECASE),
                opening["kind"],
                opening.get("alone", False),
            )
            for opening in told.get("openings", [])
        ),
        signs=tuple(
            re.compile(sign, re.IGNORECASE | re.MULTILINE) for sign in told.get("signs", [])
        ),
        group_items=told.get("group_items", "point"),
        grouping=re.compile(told["grouping"], re.IGNORECASE) if "grouping" in told else None,
    )


@cache
def known() -> Mapping[str, CharterType]:
    """Every type that ships, by key; the generic one last."""
    names = sorted(
        (file.name for file in FOLDER.iterdir() if file.name.endswith(".toml")),
        key=lambda name: (name == "generic.toml", name),
    )
    found = (load((FOLDER / name).read_text()) for name in names if name != HEADINGS)
    return {one.key: one for one in found}


@cache
def told() -> Mapping[str, Any]:
    return tomllib.loads((FOLDER / HEADINGS).read_text())


@cache
def headings() -> Mapping[tuple[str, str], Heading]:
    """Words of structural headings, folded, by their side of the number."""
    return {
        (side, word): Heading(word, one["kind"], one["rank"], side)
        for one in told()["heading"]
        for side in ("before", "after", "alone")
        for word in one.get(side, [])
    }


def signs(name: str) -> tuple[str, ...]:
    """Small words that a page carries around its text, such as the heads of contents tables."""
    return tuple(told()["signs"][name])
