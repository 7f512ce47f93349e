"""Kinds of bodies and the words by which associations are filtered, as files hold them."""

import csv
import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from importlib.resources import files

from kelisim.bodies.states import Nature, TagKind
from kelisim.refusals import Refusal, require

FACTS = files("kelisim.bodies") / "facts"
TONGUES = ("kk", "ru", "en")


@dataclass(frozen=True, slots=True)
class DraftKind:
    """A kind as a file describes it; `words` and `plural` by language."""

    key: str
    nature: Nature
    words: dict[str, str]
    plural: dict[str, str]
    under: tuple[str, ...]
    registered: bool
    order: int


@dataclass(frozen=True, slots=True)
class DraftTag:
    kind: TagKind
    key: str
    words: dict[str, str]
    order: int


def kinds(text: str) -> list[DraftKind]:
    """Read kinds from TOML. Raises Refused with every fault and its place."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        require(Refusal("bodies.kinds_unreadable", why=str(fault)))
    faults: list[Refusal] = []
    for key, table in tables.items():
        faults += faults_of(key, table, tables.keys())
    require(*faults)
    return [
        DraftKind(
            key,
            Nature(table["nature"]),
            {tongue: table[tongue][0] for tongue in TONGUES},
            {tongue: table[tongue][1] for tongue in TONGUES},
            tuple(table.get("under", ())),
            bool(table.get("registered", False)),
            order,
        )
        for order, (key, table) in enumerate(tables.items())
    ]


def faults_of(key: str, table: object, known: Collection[str]) -> list[Refusal]:
    """What is wrong with one kind."""
    if not isinstance(table, dict):
        return [Refusal("bodies.kind_no_table", place=key)]
    faults = []
    if table.get("nature") not in Nature.values:
        natures = ", ".join(Nature.values)
        faults.append(Refusal("bodies.kind_nature", place=key, natures=natures))
    for tongue in TONGUES:
        words = table.get(tongue)
        two = isinstance(words, list) and [type(word) for word in words] == [str, str]
        if not two or not all(words or ()):
            faults.append(Refusal("bodies.kind_words", place=f"{key}.{tongue}"))
    strangers = sorted(set(table.get("under", ())) - set(known))
    if strangers:
        faults.append(Refusal("bodies.kind_under", place=key, keys=", ".join(strangers)))
    return faults


def shipped_kinds() -> list[DraftKind]:
    """The kinds that come with Kelisim."""
    return kinds((FACTS / "kinds.toml").read_text())


def shipped_tags() -> list[DraftTag]:
    """The words that come with Kelisim."""
    with (FACTS / "tags.csv").open() as file:
        return [
            DraftTag(TagKind(row["kind"]), row["key"], {t: row[t] for t in TONGUES}, order)
            for order, row in enumerate(csv.DictReader(file))
        ]
