"""The demonstration's digest of the Concept: whole, in three languages, in our own words."""

import json
import re
from collections import Counter
from importlib.resources import files
from itertools import pairwise

import pytest

from kelisim.charter.readers import read
from kelisim.charter.trees.types import known

GROUPS = [7, 8, 12, 7, 6, 10, 12, 8, 8, 7, 8, 4, 5, 12, 6, 9, 6, 5]
RUN = 6
WORDS = {"kk": (4, 12), "ru": (4, 12), "en": (4, 14)}


@pytest.fixture(scope="module")
def digest():
    return json.loads(
        (files("kelisim.charter") / "demonstration" / "concept-2013.json").read_text()
    )


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def test_it_has_every_provision_that_is_counted(digest):
    kinds = Counter(row["kind"] for row in digest["provisions"])
    assert kinds == {"part": 11, "group": 18, "measure": 140, "aim": 3, "principle": 6, "foundation": 5, "goal": 1, "task": 7, "work": 6, "orientation": 7, "precept": 5, "result": 13}  # fmt: skip
    per_group = Counter(row["parent"] for row in digest["provisions"] if row["kind"] == "measure")
    assert list(per_group.values()) == GROUPS


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_every_title_is_there_once_in_each_language(digest, language):
    titles = [row["title"][language] for row in digest["provisions"]]
    assert [title for title, times in Counter(titles).items() if times > 1] == []
    assert all(2 <= len(title) <= 120 for title in titles)


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_measure_is_named_in_a_few_words_that_say_its_substance(digest, language):
    fewest, most = WORDS[language]
    titles = [row["title"][language] for row in digest["provisions"] if row["kind"] == "measure"]
    assert [title for title in titles if not fewest <= len(title.split()) <= most] == []


def test_each_language_is_written_in_its_own_letters(digest):
    for row in digest["provisions"]:
        assert not re.search(r"[әғқңөұүһі]", row["title"]["ru"].replace("Мәдени мұра", "")), row
        assert not re.search(r"[а-я]", row["title"]["en"]), row
        assert not re.search(r"[a-z]{3,}", row["title"]["kk"]), row


def test_paths_stand_in_reading_order_below_their_parents(digest):
    seen = set()
    for row in digest["provisions"]:
        assert row["parent"] is None or row["parent"] in seen
        assert row["path"] not in seen
        seen.add(row["path"])
    measures = [row["path"] for row in digest["provisions"] if row["kind"] == "measure"]
    for one, other in pairwise(measures):
        assert [int(n) for n in re.findall(r"\d+", one)] < [
            int(n) for n in re.findall(r"\d+", other)
        ]


def test_it_says_when_it_was_adopted_and_repealed_and_by_which_decrees(digest):
    charter = digest["charter"]
    assert (charter["act"]["number"], charter["act"]["date"]) == ("552", "2013-04-18")
    assert (charter["repealed"]["act"]["number"], charter["repealed"]["date"]) == (
        "148",
        "2015-12-28",
    )


@pytest.fixture(scope="module")
def beside(digest, concept):
    """Each row of the digest beside the words of the act that it names: by order within a kind."""
    draft = read(concept.read_bytes(), name=concept.name, charter_type=known()["concept"])
    return [
        (row, provision.text)
        for kind in dict.fromkeys(row["kind"] for row in digest["provisions"])
        for row, provision in zip(
            (row for row in digest["provisions"] if row["kind"] == kind),
            (provision for provision in draft.provisions if provision.kind == kind),
            strict=True,
        )
    ]


def stems(text: str) -> set[str]:
    """The first letters of the longer words: enough to know a word in any case."""
    return {word[:5] for word in words(text) if len(word) > 4}


def test_each_measure_stands_at_its_own_words_of_the_act(beside):
    measures = [(row, stems(text)) for row, text in beside if row["kind"] == "measure"]
    astray = []
    for row, own in measures:
        title = stems(row["title"]["ru"])
        siblings = [text for other, text in measures if other["parent"] == row["parent"]]
        if not title & own or len(title & own) < max(len(title & text) for text in siblings):
            astray.append((row["path"], row["title"]["ru"]))
    assert astray == []


def test_no_title_is_the_beginning_of_its_sentence(beside):
    assert [
        row["title"]["ru"]
        for row, text in beside
        if row["kind"] != "part" and words(row["title"]["ru"])[:3] == words(text)[:3]
    ] == []


def test_no_sentence_of_the_act_is_copied(digest, concept):
    source = words(concept.read_text())
    runs = {tuple(source[i : i + RUN]) for i in range(len(source) - RUN + 1)}
    copied = []
    for row in digest["provisions"]:
        said = words(row["title"]["ru"])
        copied += [
            row["title"]["ru"]
            for i in range(len(said) - RUN + 1)
            if tuple(said[i : i + RUN]) in runs
        ]
    assert copied == []
