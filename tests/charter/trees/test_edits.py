"""Edits of a draft: undone they leave no trace, texts stay whole, the tree stays a tree."""

from copy import deepcopy
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kelisim.charter.readers import read
from kelisim.charter.trees import edits
from kelisim.charter.trees.draft import Leaving
from kelisim.charter.trees.edits import Doubt, Edit, Manuscript, Node
from kelisim.charter.trees.types import known
from kelisim.refusals import Refusal

WORDS = st.text("аәбв гд,;", min_size=1, max_size=30).filter(lambda text: text.strip())


@st.composite
def manuscripts(draw) -> Manuscript:
    """Any tree of any depth, bilingual in places, with leavings and doubts."""
    nodes, level = [], -1
    for n in range(draw(st.integers(1, 14))):
        level = draw(st.integers(0, level + 1))
        texts = {"ru": " ".join(draw(WORDS).split())}
        if draw(st.booleans()):
            texts["kk"] = " ".join(draw(WORDS).split())
        number = draw(st.sampled_from(["", str(n)]))
        nodes.append(Node(n + 1, level, "measure", number, (2 * n + 1, 2 * n + 2), texts))
    leavings = [Leaving("3", "page", (n, n)) for n in draw(st.sets(st.integers(1, 30), max_size=4))]
    doubts = [Doubt("joined", (1, 2), 0.5)] * draw(st.integers(0, 2))
    return Manuscript(nodes, sorted(leavings, key=lambda leaving: leaving.lines), doubts)


@st.composite
def editing(draw):
    """A manuscript and one verb with arguments that may or may not be allowed."""
    paper = draw(manuscripts())
    index = draw(st.integers(0, len(paper.nodes) - 1))
    other = draw(st.integers(0, len(paper.nodes) - 1))
    text = paper.nodes[index].texts["ru"]
    where = draw(st.lists(st.integers(0, len(text)), max_size=3))
    verbs = {
        "join": lambda: edits.join(paper, index),
        "split": lambda: edits.split(paper, index, {"ru": where}),
        "rekind": lambda: edits.rekind(paper, index, draw(st.sampled_from(["aim", "measure"]))),
        "renumber": lambda: edits.renumber(paper, index, draw(st.sampled_from(["", "7"]))),
        "rename": lambda: edits.rename(paper, index, {"en": draw(st.sampled_from(["", "Peace"]))}),
        "correct": lambda: edits.correct(paper, index, "ru", draw(WORDS)),
        "raise": lambda: edits.shift(paper, index, -1, following=draw(st.booleans())),
        "lower": lambda: edits.shift(paper, index, 1, following=draw(st.booleans())),
        "move": lambda: edits.move(
            paper, index, other, draw(st.sampled_from(["before", "after", "into"]))
        ),
        "set_aside": lambda: edits.set_aside(paper, index, "ru", whole=draw(st.booleans())),
        "take_back": lambda: edits.take_back(
            paper, draw(st.integers(0, 4)), draw(st.sampled_from([None, other])), "task", "ru"
        ),
        "settle": lambda: edits.settle(paper, draw(st.integers(0, 2))),
    }
    verb = draw(st.sampled_from(sorted(verbs)))
    return paper, verb, verbs[verb]()


def applied(paper: Manuscript, edit: Edit) -> Manuscript:
    made = deepcopy(paper)
    made.apply(edit)
    return made


def characters(paper: Manuscript, language: str = "ru") -> str:
    """Every character of a language, in reading order, without white space."""
    return "".join("".join(n.number + n.texts.get(language, "") for n in paper.nodes).split())


@given(editing())
def test_an_edit_undone_leaves_no_trace(case):
    paper, _, edit = case
    if isinstance(edit, Edit):
        assert applied(applied(paper, edit), edit.undone()) == paper


@given(editing())
def test_a_tree_stays_a_tree(case):
    paper, _, edit = case
    assert edits.is_tree(paper.nodes)
    if isinstance(edit, Edit):
        assert edits.is_tree(applied(paper, edit).nodes)


@given(editing())
def test_eids_are_unique_and_stand_under_their_parents(case):
    paper, _, edit = case
    nodes = applied(paper, edit).nodes if isinstance(edit, Edit) else paper.nodes
    found = edits.places(nodes, known()["concept"])
    assert len({place.eid for place in found}) == len(nodes)
    for index, place in enumerate(found):
        assert place.parent == edits.parent(nodes, index)
        if place.parent is not None:
            assert place.eid.startswith(found[place.parent].eid + "__")


def test_untouched_provisions_keep_the_eids_that_the_reader_gave(concept):
    draft = read(concept.read_bytes(), name=concept.name)
    depths = {None: -1}
    nodes = []
    for n, p in enumerate(draft.provisions):
        depths[p.eid] = depths[p.parent] + 1
        nodes.append(Node(n, depths[p.eid], p.kind, p.number, p.lines, heading=p.heading))
    found = edits.places(nodes, known()[draft.charter_type])
    assert [place.eid for place in found] == [p.eid for p in draft.provisions]


@given(editing())
def test_an_edit_changes_something(case):
    paper, _, edit = case
    if isinstance(edit, Edit):
        assert applied(paper, edit) != paper


@given(editing())
def test_a_stored_edit_is_the_same_edit(case):
    _, _, edit = case
    if isinstance(edit, Edit):
        assert Edit.from_json(*edit.to_json()).splices == edit.splices


@given(editing())
def test_joining_and_parting_keep_every_character_in_its_order(case):
    paper, verb, edit = case
    if isinstance(edit, Edit) and verb in {"join", "split", "raise", "lower", "rekind", "settle"}:
        made = applied(paper, edit)
        assert characters(made) == characters(paper)


@given(editing())
def test_no_act_but_correcting_and_renumbering_loses_or_doubles_a_character(case):
    paper, verb, edit = case
    if isinstance(edit, Edit) and verb not in {"correct", "renumber"}:
        made = applied(paper, edit)
        left = ["".join(x.text for x in p.leavings) for p in (paper, made)]
        before, after = (
            sorted(characters(p) + "".join(text.split()))
            for p, text in zip((paper, made), left, strict=True)
        )
        assert before == after


@given(editing())
def test_leavings_stay_in_the_order_of_the_source(case):
    paper, _, edit = case
    if isinstance(edit, Edit):
        made = applied(paper, edit)
        assert all(a.lines <= b.lines for a, b in pairwise(made.leavings))


@given(manuscripts(), st.data())
def test_parting_and_joining_again_gives_the_text_back(paper, data):
    index = data.draw(st.integers(0, len(paper.nodes) - 1))
    text = paper.nodes[index].texts["ru"]
    spaces = [n for n, letter in enumerate(text) if letter == " "]
    if not spaces:
        return
    edit = edits.split(paper, index, {"ru": [data.draw(st.sampled_from(spaces))]})
    assert isinstance(edit, Edit)
    made = applied(paper, edit)
    again = edits.join(made, index + 1)
    assert isinstance(again, Edit)
    assert applied(made, again).nodes == paper.nodes


@given(manuscripts(), st.data())
def test_an_empty_line_parts_where_it_stands(paper, data):
    text = paper.nodes[0].texts["ru"]
    at = data.draw(st.integers(1, len(text)))
    places = edits.cuts(text, text[:at] + "\n\n" + text[at:])
    if text[:at].strip() and text[at:].strip():
        assert [text[:at].split(), text[at:].split()] == [
            text[: places[0]].split(),
            text[places[0] :].split(),
        ]
    else:
        assert places == []


def codes(edit) -> str:
    assert isinstance(edit, Refusal)
    return edit.code


@pytest.fixture
def paper() -> Manuscript:
    """1, 1.1, 1.2, 2."""
    node = Node(1, 0, "part", "1", (1, 1), {"ru": "О чём"})
    return Manuscript(
        [
            node,
            replace(node, key=2, depth=1, number="1.1", texts={"ru": "первое и"}),
            replace(node, key=3, depth=1, number="", texts={"ru": "второе"}),
            replace(node, key=4, number="2"),
        ]
    )


def test_a_sentence_cut_by_a_page_is_joined(paper):
    edit = edits.join(paper, 2)
    assert [n.texts["ru"] for n in applied(paper, edit).nodes][1] == "первое и второе"


def test_a_number_is_not_lost_when_its_provision_is_joined(paper):
    assert applied(paper, edits.join(paper, 1)).nodes[0].texts["ru"] == "О чём 1.1 первое и"


def test_what_stood_under_a_joined_provision_comes_along(paper):
    paper.nodes.append(replace(paper.nodes[1], key=5))
    made = applied(paper, edits.join(paper, 3))
    assert [n.depth for n in made.nodes] == [0, 1, 1, 2]


def test_both_languages_are_parted_at_their_own_places(paper):
    paper.nodes[1] = replace(paper.nodes[1], texts={"ru": "один два", "kk": "бір екі"})
    made = applied(paper, edits.split(paper, 1, {"ru": [4], "kk": [3]}))
    assert [n.texts for n in made.nodes[1:3]] == [
        {"ru": "один", "kk": "бір"},
        {"ru": "два", "kk": "екі"},
    ]
    assert made.nodes[2].key == edits.NEW


@pytest.mark.parametrize(
    ("places", "code"),
    [
        ({}, "charter.nowhere_to_part"),
        ({"ru": []}, "charter.nowhere_to_part"),
        ({"ru": [3], "kk": [1, 2]}, "charter.parted_unequally"),
        ({"ru": [0]}, "charter.empty_part"),
        ({"kk": [1]}, "charter.empty_part"),
    ],
)
def test_parting_says_why_not(paper, places, code):
    assert codes(edits.split(paper, 1, places)) == code


def test_a_parting_that_changes_the_text_is_refused():
    assert codes(edits.cuts("one two", "one\n\ntwelve")) == "charter.text_changed"


def test_the_first_provision_has_nothing_to_join(paper):
    assert codes(edits.join(paper, 0)) == "charter.nothing_before"


def test_raising_takes_the_following_along_when_asked(paper):
    made = applied(paper, edits.shift(paper, 1, -1, following=True))
    assert [n.depth for n in made.nodes] == [0, 0, 0, 0]
    assert [n.depth for n in applied(paper, edits.shift(paper, 1, -1)).nodes] == [0, 0, 1, 0]


def test_levels_have_an_end(paper):
    assert codes(edits.shift(paper, 0, -1)) == "charter.cannot_rise"
    assert codes(edits.shift(paper, 1, 1)) == "charter.cannot_sink"
    deep = Manuscript([Node(n, min(n, 24), "part", texts={"ru": "x"}) for n in range(26)])
    assert codes(edits.shift(deep, 25, 1)) == "charter.too_deep"
    assert codes(edits.move(deep, 25, 24, "into")) == "charter.too_deep"


def test_moving_takes_what_stands_under(paper):
    made = applied(paper, edits.move(paper, 0, 3, "into"))
    assert [(n.key, n.depth) for n in made.nodes] == [(4, 0), (1, 1), (2, 2), (3, 2)]


def test_nothing_moves_into_itself(paper):
    assert codes(edits.move(paper, 0, 2, "after")) == "charter.move_into_itself"


def test_moving_to_where_it_stands_is_no_act(paper):
    assert codes(edits.move(paper, 1, 2, "before")) == "charter.nothing_changed"


def test_what_is_set_aside_waits_among_the_leavings(paper):
    made = applied(paper, edits.set_aside(paper, 1, "ru"))
    assert made.leavings == [Leaving("1.1 первое и", "aside", (1, 1))]
    back = applied(made, edits.take_back(made, 0, 0, "part", "ru"))
    assert back.nodes[-2].texts == {"ru": "1.1 первое и"}


def test_a_draft_never_becomes_empty(paper):
    lone = Manuscript(paper.nodes[:3])
    assert codes(edits.set_aside(lone, 0, "ru", whole=True)) == "charter.nothing_would_remain"
    assert [n.depth for n in applied(lone, edits.set_aside(lone, 0, "ru")).nodes] == [0, 0]


def test_a_correction_is_not_an_erasure(paper):
    assert codes(edits.correct(paper, 1, "ru", " ")) == "charter.text_needed"


def test_what_is_gone_cannot_be_taken(paper):
    assert codes(edits.take_back(paper, 0, None, "part", "ru")) == "charter.leaving_gone"
    assert codes(edits.settle(paper, 0)) == "charter.guess_gone"


def test_an_edit_of_ten_thousand_provisions_touches_only_its_place():
    text = {"ru": "мера"}
    large = Manuscript(
        [Node(n, min(n % 10, 1), "measure", "", (n, n), text) for n in range(10_000)]
    )
    for edit in (
        edits.join(large, 5_005),
        edits.move(large, 5_005, 9_995, "after"),
        edits.set_aside(large, 5_005, "ru"),
        edits.shift(large, 5_005, -1),
    ):
        assert sum(len(s.before) + len(s.after) for s in edit.splices) < 25
