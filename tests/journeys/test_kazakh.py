"""The reader of Kazakh pages must itself be able to fail."""

import pytest

from tests.journeys.kazakh import foreign_words, foreign_words_of_text

PAGE = '<html lang="kk"><head><title>Кіру</title></head><body><main>{}</main></body></html>'


@pytest.mark.parametrize(
    "kazakh",
    [
        "<p>Құпиясөзді ұмыттыңыз ба? Ол жоқ, не керек, он адам, от жақты да кетті.</p>",
        "<p>Жазыңыз: aigul@demo.example, https://demo.example/kk/</p>",
        '<nav><a lang="ru">Русский</a> <a lang="en">English</a></nav>',
        "<p>Firefox, Windows; JSON және DOCX; XXI ғасыр</p>",
        "<p>Медиация, диалог, концепция, министр, университет, апрель</p>",
        "<script>let english = 'words'</script><code>GET /api</code>",
    ],
)
def test_kazakh_pages_pass(kazakh):
    assert foreign_words(PAGE.format(kazakh)) == []


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("<p>Please қайталаңыз</p>", ["Please"]),
        ('<img alt="a picture">', ["picture"]),
        ('<input placeholder="Email">', ["Email"]),
        ('<button title="Закрыть">×</button>', ["Закрыть"]),
        ("<p>Введите пароль и нажмите</p>", ["Введите", "и", "нажмите"]),
        ('<span lang="ru">Русский</span> and more', ["and", "more"]),
        ("<p>people.erased</p>", ["people", "erased"]),
    ],
)
def test_what_is_not_kazakh_is_named(words, found):
    assert foreign_words(PAGE.format(words)) == found


def test_a_letter_is_read_too_and_names_may_be_allowed():
    assert foreign_words_of_text("Сәлем, Kelisim!") == ["Kelisim"]
    assert foreign_words_of_text("Сәлем, Kelisim!", also=["kelisim"]) == []
