"""What became of each provision is proposed from words and places."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from kelisim.charter.trees.mapping import Piece, propose

WORDS = st.sampled_from(
    ["открыть зал для чтения", "издать указатель", "беречь письма", "кітапхана ашу", "", "зал"]
)
TREES = st.lists(
    st.tuples(st.sampled_from(["measure", "group"]), WORDS), min_size=0, max_size=12
).map(
    lambda rows: [
        Piece(f"point_{n}", kind, str(n), None, words) for n, (kind, words) in enumerate(rows)
    ]
)


def piece(eid, words, kind="measure", parent=None) -> Piece:
    return Piece(eid, kind, eid.rpartition("_")[2], parent, words)


@given(TREES, TREES)
def test_every_provision_stands_in_the_mapping_once(old, new):
    found = propose(old, new)
    assert Counter(row.old for row in found if row.old) == Counter(p.eid for p in old)
    assert Counter(row.new for row in found if row.new) == Counter(p.eid for p in new)


@given(TREES)
def test_a_tree_beside_itself_is_the_same_throughout(tree):
    assert {row.relation for row in propose(tree, tree)} <= {"same"}
    assert all(row.certainty == 1 for row in propose(tree, tree))


@given(TREES, TREES)
def test_the_same_words_are_never_called_changed(old, new):
    words = {p.eid: p.words for p in old}, {p.eid: p.words for p in new}
    for row in propose(old, new):
        if row.old and row.new:
            assert row.text_changed == (words[0][row.old] != words[1][row.new])
            assert (row.relation == "same") <= (not row.text_changed)


def test_measures_that_close_a_gap_have_moved():
    old = [piece(f"point_{n}", text) for n, text in enumerate(["первая", "вторая", "третья"], 1)]
    new = [piece("point_1", "первая"), piece("point_2", "третья")]
    assert [(r.old, r.new, r.relation) for r in propose(old, new)] == [
        ("point_1", "point_1", "same"),
        ("point_3", "point_2", "moved"),
        ("point_2", None, "repealed"),
    ]


def test_changed_endings_are_a_change_not_another_provision():
    old = [piece("point_1", "открыть читальный зал")]
    new = [piece("point_1", "открыть два читальных зала")]
    assert [(r.relation, r.text_changed) for r in propose(old, new)] == [("changed", True)]


def test_a_text_that_was_much_added_to_is_a_change():
    old = [piece("point_1", "training mediators.")]
    new = [piece("point_1", "training at least fifty mediators and testing them every year;")]
    assert [r.relation for r in propose(old, new)] == ["changed"]


def test_other_words_in_the_same_place_are_another_provision():
    old = [piece("point_1", "открыть читальный зал")]
    new = [piece("point_1", "вести перепись рукописей")]
    assert {r.relation for r in propose(old, new)} == {"repealed", "added"}


def test_a_provision_that_moved_and_changed_is_found_by_its_rare_words():
    old = [piece("point_1", "проводить смотр народных ремёсел в каждой области")]
    new = [
        piece("point_1", "вести перепись рукописей"),
        piece("point_2", "проводить смотры народных ремёсел в каждой из областей"),
    ]
    row = next(r for r in propose(old, new) if r.old == "point_1")
    assert (row.new, row.relation, row.text_changed) == ("point_2", "moved", True)


def test_equal_words_are_told_apart_by_what_they_stand_under():
    old = [
        piece("list_1", "Книги", "group"),
        piece("list_1__point_1", "назначить ответственного", parent="list_1"),
        piece("list_2", "Рукописи", "group"),
        piece("list_2__point_1", "назначить ответственного", parent="list_2"),
    ]
    new = [
        piece("list_1", "Рукописи", "group"),
        piece("list_1__point_7", "назначить ответственного", parent="list_1"),
        piece("list_2", "Книги", "group"),
        piece("list_2__point_7", "назначить ответственного", parent="list_2"),
    ]
    became = {row.old: row.new for row in propose(old, new)}
    assert became["list_1__point_1"] == "list_2__point_7"
    assert became["list_2__point_1"] == "list_1__point_7"


def test_what_a_person_has_fixed_is_not_proposed_again():
    old = [piece("point_1", "открыть зал"), piece("point_2", "издать указатель")]
    new = [piece("point_1", "открыть зал")]
    found = propose(old, new, fixed=[("point_1", None), (None, "point_1")])
    assert [(r.old, r.new) for r in found] == [("point_2", None)]
