"""What a preparer is shown to look at, and what they are spared."""

from dataclasses import replace

from kelisim.charter.trees.draft import Leaving
from kelisim.charter.trees.edits import Doubt, Node
from kelisim.charter.trees.problems import problems


def found(nodes=(), leavings=(), doubts=(), languages=("ru",)) -> list[tuple]:
    said = problems(nodes, leavings, doubts, source="ru", languages=languages)
    return [(p.what, p.index) for p in said]


def measures(*numbers, texts=None) -> list[Node]:
    return [
        Node(n + 1, 0, "measure", number, (n, n), texts or {"ru": "Издать сборник."})
        for n, number in enumerate(numbers)
    ]


def test_a_sound_draft_has_no_problem():
    assert found(measures("1", "2", "3"), [Leaving("-", "mark", (1, 1))]) == []


def test_a_number_that_is_missing_doubled_or_skipped_is_shown():
    assert found(measures("1", "", "3", "4")) == [("number_missing", 1), ("number_skipped", 2)]
    assert found(measures("1", "2", "2")) == [("number_twice", 1), ("number_twice", 2)]
    assert found(measures("5.1", "5.2", "5.4")) == [("number_skipped", 2)]


def test_a_list_without_numbers_needs_none():
    assert found(measures("", "", "")) == []


def test_numbers_begin_anew_under_another_parent():
    nodes = measures("1", "2", "1", "2")
    nodes[1] = replace(nodes[1], kind="group")
    nodes[2:] = [replace(node, depth=1) for node in nodes[2:]]
    assert found(nodes) == []


def test_a_sentence_that_goes_on_in_the_next_provision_is_shown():
    nodes = measures("", "")
    nodes[0] = replace(nodes[0], texts={"ru": "Издать сборник и"})
    nodes[1] = replace(nodes[1], texts={"ru": "разослать его."})
    assert found(nodes) == [("cut", 0)]
    assert found([replace(nodes[0], heading=True), nodes[1]]) == []


def test_only_long_leavings_of_unsure_origin_are_shown():
    text = "Эта длинная фраза осталась вне дерева, хотя очень похожа на настоящий текст документа."
    assert found(leavings=[Leaving(text, "aside", (1, 1))]) == [("leaving", 0)]
    assert found(leavings=[Leaving(text, "contents", (1, 1))]) == []
    assert found(leavings=[Leaving("стр. 3", "aside", (1, 1))]) == []


def test_a_settled_guess_is_no_longer_shown():
    guess = Doubt("join", (1, 2), 0.6)
    assert found(doubts=[guess, replace(guess, settled=True)]) == [("guess", 0)]


def test_a_text_without_its_other_language_is_shown():
    nodes = measures("1", "2")
    nodes[0] = replace(nodes[0], texts={"ru": "Издать.", "kk": "Шығару."})
    assert found(nodes, languages=("ru", "kk")) == [("untranslated", 1)]


def test_a_provision_without_words_is_shown_and_a_title_is_enough():
    nodes = [Node(1, 0, "measure"), Node(2, 0, "measure", titles={"kk": "Жинақ"})]
    assert found(nodes, languages=("ru", "kk")) == [("empty", 0)]
