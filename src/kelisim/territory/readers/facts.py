"""The facts that ship with Kelisim: units, names, lineage."""

import csv
from collections.abc import Iterator
from datetime import date
from importlib.resources import files

FOLDER = files("kelisim.territory") / "facts"


def rows(name: str) -> Iterator[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open() as file:
        yield from csv.DictReader(file)


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
