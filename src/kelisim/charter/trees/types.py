"""A type of charter, as data: its kinds, their names, and the words by which they are known."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("kk", "ru", "en")
NATURES = ("division", "group", "passage", "item", "field", "note", "row")

type Names = Mapping[str, str]
type Words = Mapping[str, re.Pattern[str]]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of provision: its names, its Akoma Ntoso element, whether it is a counted promise."""

    key: str
    names: Names
    element: str
    promise: bool = False


@dataclass(frozen=True, slots=True)
class Telling:
    """Words that tell a kind: of a list by its lead-in, of a passage by its own beginning."""

    kind: str
    words: Words


@dataclass(frozen=True, slots=True)
class Scope:
    """A part of such a charter, known by its heading, and what stands in it."""

    key: str
    heading: Words
    kinds: Mapping[str, str] = field(default_factory=dict)  # nature of a provision -> kind
    lists: tuple[Telling, ...] = ()
    passages: tuple[Telling, ...] = ()
    fields: bool = False


@dataclass(frozen=True, slots=True)
class CharterType:
    """What documents of one type call their provisions."""

    key: str
    names: Names
    kinds: Mapping[str, Kind]
    natures: Mapping[str, str]  # nature -> kind, where nothing more is known
    levels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # host kind -> item kinds
    scopes: tuple[Scope, ...] = ()
    title: Words = field(default_factory=dict)
    divisions: frozenset[str] = frozenset()  # divisions that give the type away

    def element(self, kind: str) -> str:
        """The Akoma Ntoso element of a kind; of an unknown kind, the general container."""
        known = self.kinds.get(kind)
        return known.element if known else ELEMENTS.get(kind, "hcontainer")

    def name(self, kind: str, language: str) -> str:
        """What a kind is called in a language."""
        known = self.kinds.get(kind)
        return known.names[language] if known else kind

    def is_promise(self, kind: str) -> bool:
        """Whether provisions of this kind are counted as promises."""
        return kind in self.kinds and self.kinds[kind].promise


# The divisions of law that any document may have, whatever its type.
ELEMENTS = {
    "annex": "hcontainer",
    "article": "article",
    "book": "book",
    "chapter": "chapter",
    "division": "division",
    "paragraph": "paragraph",
    "part": "part",
    "section": "section",
    "subsection": "subsection",
    "title": "title",
    "group": "subpart",
    "passage": "paragraph",
    "point": "point",
    "field": "hcontainer",
    "note": "hcontainer",
    "row": "hcontainer",
}

PLAIN = CharterType(
    key="generic",
    names={"kk": "құжат", "ru": "документ", "en": "document"},
    kinds={},
    natures={
        "division": "part",
        "group": "group",
        "passage": "passage",
        "item": "point",
        "field": "field",
        "note": "note",
        "row": "row",
    },
)


def parse(text: str) -> CharterType:
    """A charter type from the TOML of its file. Raises ValueError naming what is wrong."""
    data = tomllib.loads(text)
    kinds = {
        key: Kind(key, _names(row["names"], key), row["element"], row.get("promise", False))
        for key, row in data["kinds"].items()
    }
    made = CharterType(
        key=data["key"],
        names=_names(data["names"], data["key"]),
        kinds=kinds,
        natures={**PLAIN.natures, **data.get("natures", {})},
        levels={host: tuple(row) for host, row in data.get("levels", {}).items()},
        scopes=tuple(_scope(key, row) for key, row in data.get("scopes", {}).items()),
        title=_words(data.get("title", {})),
        divisions=frozenset(data.get("divisions", ())),
    )
    unknown = _kinds_meant(made) - kinds.keys()
    if unknown:
        raise ValueError(f"{made.key}: kinds without a definition: {', '.join(sorted(unknown))}")
    return made


def _kinds_meant(made: CharterType) -> set[str]:
    meant = set(made.natures.values())
    for items in made.levels.values():
        meant |= set(items)
    for scope in made.scopes:
        meant |= set(scope.kinds.values())
        meant |= {telling.kind for telling in (*scope.lists, *scope.passages)}
    return meant


def _names(row: Mapping[str, str], key: str) -> Names:
    missing = [language for language in LANGUAGES if not row.get(language)]
    if missing:
        raise ValueError(f"{key}: no name in {', '.join(missing)}")
    return dict(row)


def _words(row: Mapping[str, str]) -> Words:
    return {language: re.compile(words, re.IGNORECASE) for language, words in row.items()}


def _tellings(rows: list[dict[str, Any]]) -> tuple[Telling, ...]:
    return tuple(Telling(row["kind"], _words(row["words"])) for row in rows)


def _scope(key: str, row: dict[str, Any]) -> Scope:
    return Scope(
        key=key,
        heading=_words(row["heading"]),
        kinds=row.get("kinds", {}),
        lists=_tellings(row.get("lists", [])),
        passages=_tellings(row.get("passages", [])),
        fields=row.get("fields", False),
    )


@cache
def shipped() -> Mapping[str, CharterType]:
    """Every charter type that comes with Kelisim, by its key."""
    folder = files("kelisim.charter") / "types"
    if not folder.is_dir():
        return {}
    texts = [
        one.read_text(encoding="utf-8") for one in folder.iterdir() if one.name.endswith(".toml")
    ]
    made = {one.key: one for one in map(parse, texts)}
    return dict(sorted(made.items()))
