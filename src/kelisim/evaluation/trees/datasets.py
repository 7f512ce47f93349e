"""The data dictionary: datasets of everything public, and their columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

TYPES = frozenset({"string", "integer", "number", "boolean", "date", "year"})


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, where its value is read, its type, what it means in each language."""

    name: str
    path: str
    kind: str
    words: Mapping[str, str]
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Dataset:
    key: str
    title: Mapping[str, str]
    columns: Sequence[Column]

    @property
    def paths(self) -> list[str]:
        return [column.path for column in self.columns]

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]


def read(facts: Mapping[str, Any]) -> dict[str, Dataset]:
    """The datasets of a table of facts; a type that nobody knows is a mistake of ours."""
    found = {}
    for key, given in facts.items():
        if isinstance(given, dict):
            columns = [column(one) for one in given["columns"]]
            found[key] = Dataset(key, given["title"], columns)
    return found


def column(given: Mapping[str, Any]) -> Column:
    if given["type"] not in TYPES:
        raise ValueError(given["type"])
    words = {code: given[code] for code in ("kk", "ru", "en")}
    return Column(given["name"], given["from"], given["type"], words, given.get("unit", ""))


def schema(of: Dataset, language: str) -> dict[str, Any]:
    """A dataset's columns as Frictionless Table Schema (https://specs.frictionlessdata.io)."""
    return {
        "fields": [
            {
                "name": one.name,
                "type": one.kind,
                "title": one.words[language],
                **({"unit": one.unit} if one.unit else {}),
            }
            for one in of.columns
        ],
        "missingValues": [""],
    }
