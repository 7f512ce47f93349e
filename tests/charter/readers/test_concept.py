"""The real Concept of 2013, as ugly as its PDF left it, is understood whole."""

import re
from collections import Counter
from dataclasses import replace

import pytest

from kelisim.charter.readers import read
from kelisim.charter.readers.markdown import read as blocks_of
from kelisim.charter.readers.structure import structure
from kelisim.charter.trees.citation import citations
from kelisim.charter.trees.types import known
from tests.charter.readers.conftest import kept, letters, nesting

GROUPS = [7, 8, 12, 7, 6, 10, 12, 8, 8, 7, 8, 4, 5, 12, 6, 9, 6, 5]


@pytest.fixture(scope="module")
def text(request):
    return request.getfixturevalue("concept").read_text()


@pytest.fixture(scope="module")
def draft(text):
    return read(text.encode(), name="concept-2013.ru.md")


def test_its_parts_stand_in_their_true_nesting_whatever_their_heading_marks(draft):
    parts = [p for p in draft.provisions if p.kind == "part"]
    assert [p.number for p in parts] == [
        "1",
        "2",
        "3",
        "4",
        "5",
        "5.1",
        "5.2",
        "5.3",
        "5.4",
        "6",
        "7",
    ]
    by_eid = {p.eid: p.number for p in parts}
    assert [by_eid.get(p.parent) for p in parts] == [None] * 5 + ["5"] * 4 + [None] * 2


def test_part_four_and_part_seven_hold_what_they_hold(draft):
    counts = Counter((p.eid.split("__")[0], p.kind) for p in draft.provisions)
    assert {kind: n for (part, kind), n in counts.items() if part == "part_4" and kind not in {"passage", "part"}} == {
        "aim": 3, "principle": 6, "foundation": 5, "goal": 1, "task": 7, "work": 6, "orientation": 7, "precept": 5,
    }  # fmt: skip
    assert counts[("part_7", "result")] == 13
    special = {"aim", "principle", "foundation", "goal", "task", "work", "orientation", "precept"}
    assert sum(n for (part, kind), n in counts.items() if kind in special and part != "part_4") == 0
    assert (
        sum(n for (part, kind), n in counts.items() if kind == "result" and part != "part_7") == 0
    )


def test_its_eighteen_groups_hold_a_hundred_and_forty_measures(draft):
    measures = Counter(p.parent for p in draft.provisions if p.kind == "measure")
    groups = [p.eid for p in draft.provisions if p.kind == "group"]
    assert [measures[eid] for eid in groups] == GROUPS
    assert sum(measures.values()) == 140


def test_the_passport_s_lines_become_fields(draft):
    assert list(draft.fields) == [
        "Наименование",
        "Основной разработчик",
        "Основной исполнитель",
        "Сроки реализации",
    ]
    assert draft.fields["Сроки реализации"] == "2013-2020 годы."


def test_what_stands_around_the_text_is_left_aside_with_its_reason(draft):
    whys = Counter(x.why for x in draft.leavings)
    assert whys["contents"] >= 5
    assert {"title", "front", "field", "rule", "mark"} <= set(whys)
    assert any(x.text == "№ 552" for x in draft.leavings)
    assert draft.title.startswith("КОНЦЕПЦИЯ")


def test_sentences_cut_by_a_page_are_joined_and_every_join_is_a_guess(draft):
    joined = [
        p.text for p in draft.provisions if "общем пути" in p.text or "государствам" in p.text
    ]
    assert any("из азиатских и африканских государств" in p.text for p in draft.provisions), joined
    assert any("Необходимо, чтобы каждый этнос" in p.text for p in draft.provisions)
    joins = [g for g in draft.guesses if g.what == "join"]
    assert len(joins) >= 15
    assert all(0 < g.certainty < 1 and g.lines[0] < g.lines[1] for g in joins)


def test_a_semicolon_inside_a_measure_does_not_split_it(draft):
    measure = next(
        p
        for p in draft.provisions
        if p.kind == "measure" and p.text.startswith("выработка предложений по вопросам:")
    )
    assert measure.text.count(";") == 3


def test_nothing_is_lost_and_nothing_is_doubled(text, draft):
    assert kept(draft) == letters(text)


def test_lines_are_true(text, draft):
    lines = text.split("\n")
    for p in draft.provisions:
        source = letters(" ".join(lines[p.lines[0] - 1 : p.lines[1]]))
        assert letters(p.text) <= source, p
        first = p.text.split()[0].strip("«»")
        assert first in lines[p.lines[0] - 1], p


def test_identifiers_are_unique_and_follow_the_convention(draft):
    eids = [p.eid for p in draft.provisions]
    assert len(set(eids)) == len(eids)
    assert all(re.fullmatch(r"[a-z]+_[\w-]+(__[a-z]+_[\w-]+)*", eid) for eid in eids)
    assert all(p.eid.startswith(f"{p.parent}__") for p in draft.provisions if p.parent)


def test_measures_are_cited_by_part_group_and_place(draft):
    cites = citations(draft.provisions, frozenset({"measure"}))
    measures = [cites[p.eid] for p in draft.provisions if p.kind == "measure"]
    assert measures[0] == "5.1.1-1"
    assert measures[-1] == "5.4.3-5"
    assert len(set(cites.values())) == len(cites)


def without_type(text):
    return structure(blocks_of(text), None, "ru")


def test_without_its_type_file_nesting_and_leavings_are_the_same(text, draft):
    bare = without_type(text)
    assert nesting(bare) == nesting(draft)
    assert bare.leavings == draft.leavings
    assert {p.kind for p in bare.provisions} <= set(known()["generic"].kinds)


def remarked(text, levels):
    """Headings marked otherwise: every mark of a heading becomes the next of `levels`."""
    turn = iter(levels * 100)
    return re.sub(r"^#{2,6} (?=\S)", lambda _: "#" * next(turn) + " ", text, flags=re.MULTILINE)


@pytest.mark.parametrize("levels", [[1], [6], [2, 4, 3], [5, 1, 3, 2]])
def test_with_its_headings_marked_otherwise_the_tree_is_the_same(text, draft, levels):
    assert nesting(without_type(remarked(text, levels))) == nesting(draft)


@pytest.mark.parametrize("bullet", ["*", "+", "•", "–"])
def test_with_other_bullets_the_tree_is_the_same(text, draft, bullet):
    swapped = re.sub(r"^- ", f"{bullet} ", text, flags=re.MULTILINE)
    assert nesting(without_type(swapped)) == nesting(draft)


def test_with_its_bullets_removed_the_tree_is_the_same(text, draft):
    assert nesting(without_type(re.sub(r"^- ", "", text, flags=re.MULTILINE))) == nesting(draft)


def test_with_page_breaks_moved_the_tree_is_the_same(text, draft):
    """Every break inside a sentence is mended, and others are made in other measures."""
    lines = text.split("\n")
    moved = []
    broken = 0
    for n, line in enumerate(lines):
        words = line.split(" ")
        listed = line.startswith(("-", "#", "*", " ")) or not line or n < 290
        if (
            not listed
            and len(words) > 14
            and n % 3 == 0
            and words[9][:1].islower()
            and words[8][-1:].isalpha()
        ):
            moved += [" ".join(words[:9]), "", " ".join(words[9:])]
            broken += 1
        else:
            moved.append(line)
    assert broken > 30
    assert nesting(without_type("\n".join(moved))) == nesting(draft)


def test_the_draft_survives_its_own_json(draft):
    assert type(draft).from_json(draft.to_json()) == replace(draft, fields=dict(draft.fields))
