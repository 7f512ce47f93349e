"""Line against provision: every line of the source is shown, and shown once."""

from hypothesis import given
from hypothesis import strategies as st

from kelisim.charter.trees.beside import MOST_LINES, beside

LINES = ["Титул", "", "1. Части", "первая", "и вторая", "стр. 1", "2. Конец", "подпись"]


def shown(rows) -> list[int]:
    return [line.number for row in rows for line in (*row.unclaimed, *row.own)]


def test_lines_stand_against_their_provision_and_strays_before_it():
    rows = beside([(3, 3), (4, 5), (7, 7)], LINES, 0, 3)
    assert [[line.number for line in row.own] for row in rows] == [[3], [4, 5], [7], []]
    assert [[line.number for line in row.unclaimed] for row in rows] == [[1], [], [6], [8]]
    assert [row.index for row in rows] == [0, 1, 2, None]


def test_a_line_of_two_provisions_is_shown_with_the_first():
    rows = beside([(3, 3), (3, 3)], LINES, 0, 2)
    assert rows[0].own
    assert not rows[1].own
    assert rows[1].elsewhere == (3, 3)


def test_a_moved_provision_keeps_its_lines():
    rows = beside([(7, 7), (3, 3), (4, 5)], LINES, 0, 3)
    assert [[line.number for line in row.own] for row in rows][:3] == [[7], [3], [4, 5]]
    assert rows[1].unclaimed[0].text == "Титул"


def test_a_provision_that_came_from_no_line_has_none():
    (row, rest) = beside([(0, 0)], LINES, 0, 1)
    assert (row.own, row.elsewhere, rest.index) == ((), None, None)


def test_lines_joined_from_far_apart_are_named_not_repeated():
    lines = ["x"] * 100
    rows = beside([(1, 100), (50, 50)], lines, 0, 2)
    assert rows[0].elsewhere == (1, 100)
    assert rows[1].own[0].number == 50
    assert MOST_LINES < 100


@given(
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 5)), min_size=1, max_size=20),
    st.integers(0, 25),
)
def test_page_by_page_every_line_with_words_is_shown_once(spans, count):
    lines = [f"line {n}" for n in range(count)]
    spans = [(a, a + more) if a else (0, 0) for a, more in spans]
    pages = [beside(spans, lines, n, min(n + 3, len(spans))) for n in range(0, len(spans), 3)]
    assert sorted(shown(row for page in pages for row in page)) == list(range(1, count + 1))
