"""docs/words.md: one word per idea, and the data of the charter room says the same words."""

import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TYPES = ROOT / "src/kelisim/charter/types"


def rows() -> list[list[str]]:
    lines = (ROOT / "docs/words.md").read_text().splitlines()
    return [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in lines
        if line.startswith("|") and not re.match(r"\|(---| English)", line)
    ]


def test_every_word_has_its_kazakh_and_russian():
    assert [row for row in rows() if len(row) != 4 or not all(row[:3])] == []


@pytest.mark.parametrize("column", [0, 1, 2], ids=["English", "Kazakh", "Russian"])
def test_no_two_ideas_share_a_word(column):
    said = Counter(row[column].casefold() for row in rows())
    assert [word for word, times in said.items() if times > 1] == []


@pytest.mark.parametrize("name", ["concept", "generic", "law"])
def test_kinds_of_provision_are_called_as_the_list_says(name):
    listed = {en: {"kk": kk, "ru": ru, "en": en} for en, kk, ru, _note in rows()}
    kinds = tomllib.loads((TYPES / f"{name}.toml").read_text())["kinds"]
    names = [kind["names"] for kind in kinds.values()]
    assert [words for words in names if listed.get(words["en"]) != words] == []
