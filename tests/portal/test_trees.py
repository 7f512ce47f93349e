"""How a charter is laid out for reading, without a database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kelisim.pages.languages import Spoken
from kelisim.portal import trees


def line(
    eid,
    depth=0,
    *,
    kind="passage",
    number="",
    heading=False,
    promised=False,
    title="",
    text="words",
):
    return trees.Line(
        eid=eid,
        kind=kind,
        number=number,
        cite=f"c-{eid}",
        depth=depth,
        title=Spoken(title, "en", borrowed=False),
        text=Spoken(text, "en", borrowed=False),
        heading=heading,
        promised=promised,
    )


def outline(nodes):
    return [(n.line.eid, outline(n.nodes)) for n in nodes]


def test_lines_become_a_tree_by_their_depth():
    found = trees.tree([line("a"), line("b", 1), line("c", 2), line("d", 1), line("e")])
    assert outline(found) == [("a", [("b", [("c", [])]), ("d", [])]), ("e", [])]


def test_a_page_that_begins_deep_in_the_document_still_has_every_line():
    found = trees.tree([line("x", 3), line("y", 2), line("z", 3)])
    assert outline(found) == [("x", []), ("y", [("z", [])])]


def test_a_group_of_measures_folds_and_a_part_over_groups_does_not():
    part, *_ = trees.tree(
        [
            line("part", 0, kind="part", heading=True),
            line("sub", 1, kind="part", heading=True),
            line("group", 2, kind="group", heading=True),
            line("m1", 3, kind="measure", number="1", promised=True),
            line("m2", 3, kind="measure", number="2", promised=True),
        ]
    )
    sub, group = part.nodes[0], part.nodes[0].nodes[0]
    assert [n.folds for n in (part, sub, group)] == [False, False, True]
    assert [n.promised for n in (part, sub, group)] == [2, 2, 2]
    assert [n.level for n in (part, sub, group)] == [2, 3, 4]


def test_runs_of_one_shape_and_kind_stand_together():
    (part,) = trees.tree(
        [
            line("part", 0, heading=True),
            line("p1", 1),
            line("p2", 1),
            line("a1", 1, kind="aim", number="1"),
            line("a2", 1, kind="aim", number="2"),
            line("t1", 1, kind="task", number="1"),
        ]
    )
    assert [(run.shape, len(run.nodes)) for run in part.runs] == [
        ("passages", 2),
        ("list", 2),
        ("list", 1),
    ]


def test_a_promise_is_known_by_its_citation_and_anything_else_by_its_number():
    assert line("m", number="3", promised=True).label == "c-m"
    assert line("p", number="3").label == "3"


@pytest.mark.parametrize(("heading", "named"), [(True, "own words"), (False, "a title")])
def test_a_heading_is_named_by_its_own_words_and_a_sentence_by_its_title(heading, named):
    found = line("x", heading=heading, title="a title", text="own words")
    assert found.words.text == named


def test_a_name_in_the_readers_language_comes_before_one_that_is_borrowed():
    found = trees.Line(
        "x",
        "part",
        "1",
        "1",
        0,
        Spoken("бөлім", "kk", borrowed=False),
        Spoken("часть", "ru", borrowed=True),
        heading=True,
    )
    assert found.words.text == "бөлім"


@st.composite
def depths(draw):
    """Depths as a tree gives them: at most one deeper than the line before."""
    found = [0]
    for step in draw(st.lists(st.integers(-4, 1), max_size=300)):
        found.append(max(0, found[-1] + step))
    return found


@given(depths(), st.integers(5, 60))
def test_no_page_is_longer_than_the_most_and_every_line_is_on_one(found, most):
    begins = trees.cuts(found, most)
    assert begins[0] == 0
    assert begins == sorted(set(begins))
    ends = [*begins[1:], len(found)]
    assert all(0 < end - start <= most for start, end in zip(begins, ends, strict=True))


def test_a_document_that_fits_is_not_parted():
    assert trees.cuts([0, 1, 1, 0, 1], 5) == [0]


def test_neighbours_stay_together_while_they_fit_and_none_is_torn():
    ten_groups_of_nine = [0, *([1, 2, 2, 2, 2, 2, 2, 2, 2] * 10)]
    begins = trees.cuts(ten_groups_of_nine, 30)
    assert all(ten_groups_of_nine[start] <= 1 for start in begins)
    assert len(begins) == 4


def test_a_heading_goes_with_the_first_thing_under_it():
    small, large = [0, 1, 1, 1], [0, *([1, 2, 2, 2] * 3)]
    assert trees.cuts(small + large, 8)[1] == 4
