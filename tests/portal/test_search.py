"""The one box: what is found, how it is shown, how one goes on."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html as parser

from kelisim.search.actions import Document, index
from tests.portal.markup import pick

pytestmark = pytest.mark.django_db


def measure(number, language, title, text=""):
    return Document(
        kind="provision",
        reference=f"n-{number}",
        language=language,
        path=f"charters/neighbours/part_1__point_{number}/",
        title=title,
        text=text,
        label=f"1-{number}",
    )


@pytest.fixture
def indexed(db):
    index(
        [
            measure(
                1, "ru", "Развитие медиации", "развитие института медиации & согласия <в школах>;"
            ),
            measure(1, "kk", "Медиацияны дамыту"),
            measure(1, "en", "Development of mediation"),
            measure(2, "ru", "Школы языков", "поддержка школ;"),
        ]
    )


def results(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    return pick(parser.fromstring(answer.content.decode()), ".results > li")


@pytest.mark.parametrize(
    ("language", "title"),
    [("kk", "Медиацияны дамыту"), ("ru", "Развитие медиации"), ("en", "Development of mediation")],
)
def test_a_thing_is_found_in_any_language_and_shown_in_the_readers(
    client, indexed, language, title
):
    (found,) = results(client, f"/{language}/search/?q=МЕДИАЦИЕЙ")
    link = pick(found, "h2 a")[0]
    assert link.text_content() == title
    assert link.get("href") == f"/{language}/charters/neighbours/part_1__point_1/"
    assert pick(found, ".borrowed") == []


def test_a_thing_that_is_not_there_in_ones_language_carries_its_own(client, indexed):
    (found,) = results(client, "/kk/search/?q=школ+языков")
    assert pick(found, "h2 a")[0].get("lang") == "ru"
    assert pick(found, "h2 .borrowed")[0].text_content() == "ru"


def test_found_words_are_marked_and_nothing_of_the_text_becomes_markup(client, indexed):
    answer = client.get("/ru/search/?q=медиация").content.decode()
    assert "<mark> медиации</mark>" in answer or "<mark>медиации</mark>" in answer
    assert "&lt;в школах&gt;" in answer


def test_what_was_asked_stays_in_the_box_and_is_never_markup(client, db):
    page = parser.fromstring(
        client.get('/en/search/?q="><script>alert(1)</script>').content.decode()
    )
    assert pick(page, "script") == []
    assert pick(page, "main input[type=search]")[0].get("value") == '"><script>alert(1)</script>'


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_nothing_found_says_so_and_offers_a_nearer_word(client, indexed, language):
    page = parser.fromstring(client.get(f"/{language}/search/?q=медиацыя").content.decode())
    assert pick(page, ".results > li") == []
    hints = [a.get("href") for a in pick(page, "main .card a")]
    assert any(href.startswith("?q=") for href in hints)
    assert f"/{language}/charters/" in hints


def test_many_results_come_in_pages_without_a_repetition(client, db):
    index(measure(n, "ru", f"Встреча соседей {n}") for n in range(50))
    path, seen = "/ru/search/?q=соседи", []
    while path:
        page = parser.fromstring(client.get(path).content.decode())
        seen += [a.get("href") for a in pick(page, ".results h2 a")]
        following = pick(page, ".pages a[rel=next]")
        path = f"/ru/search/{following[0].get('href')}" if following else ""
    assert len(seen) == len(set(seen)) == 50


def test_a_search_costs_the_same_for_few_and_many_results(client, db):
    def asked():
        with CaptureQueriesContext(connection) as captured:
            client.get("/ru/search/?q=соседи")
        return len(captured)

    index([measure(1, "ru", "Встреча соседей")])
    few = asked()
    index(measure(n, "ru", f"Встреча соседей {n}") for n in range(2, 40))
    assert asked() == few


@pytest.mark.parametrize("strange", ["%00", "%25", "\\", "'; --", "«»", "a" * 5000, "after=x&q=1"])
def test_strange_words_are_answered(client, db, strange):
    assert client.get("/en/search/", {"q": strange, "after": strange}).status_code == 200
