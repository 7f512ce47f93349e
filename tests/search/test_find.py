"""One box for everything: forgiving of endings and capitals, in three languages."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kelisim.search import providers
from kelisim.search.actions import Document, forget, index
from kelisim.search.commands import rebuild
from kelisim.search.models import Entry, Term
from kelisim.search.queries import find
from kelisim.search.words import folded, tokens

pytestmark = pytest.mark.django_db


def doc(reference, language="ru", title="", text="", label=""):
    return Document(
        "provision", str(reference), language, f"charters/c/{reference}/", title, text, label
    )


@pytest.fixture
def three():
    index(
        [
            doc("a", "kk", "Мемлекеттік тілді дамыту", "Өңірлерде тіл курстарын ашу", "5.1.3-4"),
            doc(
                "a",
                "ru",
                "Развитие государственного языка",
                "Открытие языковых курсов в регионах",
                "5.1.3-4",
            ),
            doc(
                "a",
                "en",
                "Developing the state language",
                "Opening language courses in the regions",
                "5.1.3-4",
            ),
            doc(
                "b", "ru", "Ранее выявление споров", "Создание ещё одной службы медиации", "5.2.3-3"
            ),
            doc("c", "en", "Early mediation", "Mediators are trained every year", "5.4.1-7"),
        ]
    )


def references(words, **options):
    return [hit.reference for hit in find(words, **options).hits]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("язык", ["a"]), ("ЯЗЫКА", ["a"]), ("языков", ["a"]), ("государственный язык", ["a"]),
        ("тіл", ["a"]), ("тілдердің", ["a"]), ("өңірде", ["a"]), ("мемлекет тілі", ["a"]),
        ("languages", ["a"]), ("region", ["a"]), ("mediator", ["c"]), ("mediat", ["c"]),
        ("еще служба", ["b"]), ("5.2.3-3", ["b"]), ("5.1.3-4", ["a"]),
        ("«языковых курсов»", ["a"]), ('"курсов языковых"', []),
        ("язык медиация", []), ("", []), ("  ?!  ", []), ("\x00", []),
    ],
)  # fmt: skip
def test_words_find_what_has_them_all_in_any_form(three, words, found):
    assert references(words) == found


def test_a_thing_found_in_three_languages_is_shown_once_in_the_reader_s(three):
    for language, title in [
        ("kk", "Мемлекеттік тілді дамыту"),
        ("en", "Developing the state language"),
    ]:
        (hit,) = find("язык", language=language).hits
        assert (hit.language, hit.title) == (language, title)


def test_the_found_words_are_told_apart_in_the_text(three):
    (hit,) = find("курсы", language="ru").hits
    assert [text.strip() for text, asked in hit.pieces if asked] == ["курсов"]
    assert "".join(text for text, _asked in hit.pieces) == "Открытие языковых курсов в регионах"


def test_a_word_in_the_title_weighs_more_than_in_the_text():
    index([doc(1, text="медиация"), doc(2, title="медиация"), doc(3, text="медиация медиация")])
    assert references("медиация") == ["2", "3", "1"]


def test_a_misspelt_word_is_answered_with_the_nearest_known_one(three):
    assert find("развтие языка").hint == "развитие языка"
    assert find("язык").hint == ""


def test_indexing_again_replaces_and_forgetting_takes_out(three):
    index([doc("a", "ru", "Совсем другое")])
    assert references("государственного") == []
    assert references("другое") == ["a"]
    assert forget("provision", beginning="a") == 3
    assert references("другое") == []


def test_pages_go_on_by_key_without_gap_or_repetition():
    index([doc(n, title=f"медиация {n}") for n in range(45)])
    seen, after = [], ""
    while after is not None:
        page = find("медиация", after=after, limit=10)
        seen += [hit.reference for hit in page.hits]
        after = page.next
    assert len(seen) == len(set(seen)) == 45


def test_the_same_number_of_queries_for_three_and_for_three_thousand():
    counts = []
    for many in (3, 3000):
        index([doc(n, title=f"медиация {n}", text="служба открыта") for n in range(many)])
        with CaptureQueriesContext(connection) as caught:
            assert find("медиация служба").hits
        counts.append(len(caught))
    assert counts == [2, 2]


def test_stems_are_looked_up_by_an_index_not_by_reading_the_table():
    index([doc(n, title=f"слово{n} медиация") for n in range(2000)])
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE search_term")
            cursor.execute(
                "EXPLAIN SELECT entry_id FROM search_term WHERE stem IN ('слово7', 'слово8')"
            )
        else:
            cursor.execute(
                "EXPLAIN QUERY PLAN SELECT entry_id FROM search_term WHERE stem IN ('слово7', 'слово8')"
            )
        plan = " ".join(str(row) for row in cursor.fetchall()).lower()
    assert "index" in plan
    assert "scan search_term" not in plan.replace("index scan", "")
    assert "seq scan" not in plan


def test_the_index_is_built_again_from_what_rooms_have(monkeypatch, three):
    monkeypatch.setattr(providers, "_known", {"test": lambda: [doc("z", title="новое")]})
    assert rebuild() == 0
    assert references("новое") == ["z"]
    assert Entry.objects.count() == 1


@given(
    st.lists(
        st.sampled_from(
            [
                "Әділет",
                "Қоғам",
                "келісімі",
                "ЯЗЫКОВ",
                "медиация",
                "Ёлка",
                "dialogue",
                "Towns",
                "5.2-3",
                "өңірлерге",
            ]
        ),
        min_size=1,
        max_size=6,
    )
)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_every_word_that_was_indexed_is_found_in_any_case(words):
    index([doc("h", "kk", text=" ".join(words))])
    for word in words:
        for said in (word, word.upper(), word.lower(), word.capitalize()):
            assert "h" in references(said), said


@given(st.text(max_size=60))
@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_question_whatever_breaks_the_search(words):
    find(words)


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once(text):
    assert folded(folded(text)) == folded(text)
    assert all(token == token.strip() for token in tokens(folded(text)))


def test_the_api_answers_in_the_asked_language(client, three):
    answer = client.get("/api/v1/search", {"q": "тілдер", "language": "en"}).json()
    assert [item["title"] for item in answer["items"]] == ["Developing the state language"]
    assert answer["items"][0]["address"] == "/en/charters/c/a/"
    assert client.get("/api/v1/search", {"q": "x" * 300}).status_code == 422
    assert Term.objects.exists()
