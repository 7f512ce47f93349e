"""Two wordings beside each other lose no word of either."""

from hypothesis import given
from hypothesis import strategies as st

from kelisim.charter.trees.comparison import compare

TEXTS = st.lists(
    st.sampled_from(["мера", "меры", "зал", "открыть,", "и", "книги;", "  ", "\n", ". "]),
    max_size=25,
).map(" ".join)


def sides(old, new):
    found = compare(old, new)
    before = "".join(s.text for s in found if s.mark != "added")
    after = "".join(s.text for s in found if s.mark != "removed")
    return before, after


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_from_the_comparison(old, new):
    assert sides(old, new) == (old, new)


@given(TEXTS)
def test_a_text_beside_itself_shows_no_change(text):
    assert {stretch.mark for stretch in compare(text, text)} <= {"same"}


def test_a_changed_word_is_removed_and_added_in_its_place():
    found = [(s.mark, s.text) for s in compare("открыть читальный зал", "открыть большой зал")]
    assert found == [
        ("same", "открыть"),
        ("removed", " читальный"),
        ("added", " большой"),
        ("same", " зал"),
    ]


def test_a_sign_is_changed_without_its_word():
    found = [(s.mark, s.text) for s in compare("издать указатель.", "издать указатель;")]
    assert found == [("same", "издать указатель"), ("removed", "."), ("added", ";")]


def test_a_lone_word_between_changes_does_not_break_them_up():
    found = compare("зал для книг стоит", "дом для писем стоит")
    assert [s.mark for s in found] == ["removed", "added", "same"]


def test_long_texts_are_compared_by_sentences():
    old = " ".join(f"Мера {n} ведётся так, как сказано в плане." for n in range(600))
    new = "Начало. " + old.replace("Мера 300 ведётся", "Мера 300 не ведётся") + " Конец."
    assert sides(old, new) == (old, new)
    changed = [s for s in compare(old, new) if s.mark != "same"]
    assert sum(len(s.text) for s in changed) < 400
