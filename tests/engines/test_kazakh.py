"""Forms of one Kazakh word share a stem: by examples, and measured on a treebank."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kelisim.engines.kazakh import SHORTEST, stem


@pytest.mark.parametrize(
    "forms",
    [
        "кітап кітабы кітаптар кітаптың кітапты кітапқа кітаптан кітаппен кітаптарымызда",
        "тіл тілі тілдің тілдер тілдерді тілге тілдерінің тілімізде",
        "өңір өңірі өңірлер өңірлерде өңірдің",
        "бірлестік бірлестігі бірлестіктер бірлестіктердің бірлестіктерге бірлестігінің",
        "мемлекет мемлекеті мемлекеттің мемлекетте мемлекеттер",
        "шара шаралар шараны шараларды шараның шарасы",
    ],
)
def test_the_forms_of_a_word_share_its_stem(forms):
    assert len({stem(form) for form in forms.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("тіл", "тіс"), ("қала", "қалам"), ("ана", "аға"), ("кеңес", "келісім")]
)
def test_different_words_keep_different_stems(one, other):
    assert stem(one) != stem(other)


@given(st.text(alphabet="аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя", min_size=1, max_size=20))
def test_a_stem_is_never_too_short_and_begins_as_its_word(word):
    found = stem(word)
    assert len(found) >= min(len(word), SHORTEST)
    assert found[:-1] == word[: len(found) - 1]


def test_most_nouns_of_a_treebank_share_the_stem_of_their_lemma(shared_data):
    agree = total = 0
    plain = 0
    for line in (shared_data / "kazakh" / "kk_ktb-half.conllu").read_text().splitlines():
        columns = line.split("\t")
        if len(columns) != 10 or columns[3] not in {"NOUN", "PROPN"} or "-" in columns[0]:
            continue
        form, lemma = columns[1].casefold(), columns[2].casefold()
        if not form.isalpha() or lemma == "_":
            continue
        total += 1
        agree += stem(form) == stem(lemma)
        plain += form == lemma
    assert total > 1000
    # Without stemming less than half of the forms meet their lemma.
    assert plain / total < 0.55
    assert agree / total > 0.85
