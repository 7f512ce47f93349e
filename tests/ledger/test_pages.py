"""The ledger as anybody reads it, in three languages, for people and for programs."""

import json

import pytest

from kelisim.ledger import queries
from tests.ledger.conftest import act

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "heading", "word"),
    [
        ("kk", "Ресми әрекеттер журналы", "Әрекеттің негіздемесі жойылды"),
        ("ru", "Журнал официальных действий", "Основание действия уничтожено"),
        ("en", "Ledger of official acts", "The reason of an act was destroyed"),
    ],
)
def test_it_speaks_the_readers_language(client, language, heading, word):
    act("ledger.reason_destroyed")
    html = client.get(f"/{language}/ledger/").content.decode()
    assert f"<h1>{heading}</h1>" in html
    assert f"<strong>{word}</strong>" in html
    assert "ledger.reason_destroyed" not in html.replace('value="ledger.reason_destroyed"', "")


def test_the_newest_act_stands_first_and_no_person_or_reason_is_named(client, ten):
    html = client.get("/en/ledger/").content.decode()
    assert html.index('id="n10"') < html.index('id="n1"')
    assert "because of" not in html
    assert ten[0].actor not in html


def test_it_is_narrowed_to_an_act_and_to_a_thing(client, ten):
    def numbers(query):
        return [line.entry.number for line in client.get(f"/en/ledger/?{query}").context["lines"]]

    assert numbers("act=council.act_3") == [3]
    assert numbers("kind=ledger.head&ref=1&before=4") == [3, 2, 1]
    assert numbers("kind=ledger.head&ref=2") == []


def test_what_it_cannot_narrow_to_is_said_and_all_is_shown(client, ten):
    page = client.get("/en/ledger/?act=council.unheard_of")
    assert page.status_code == 200
    assert len(page.context["lines"]) == 10
    assert 'role="alert"' in page.content.decode()


@pytest.mark.parametrize("query", ["before=x", "before=99999999999999999999", "ref=%00", "act=%FF"])
def test_nonsense_in_the_address_is_borne(client, ten, query):
    assert client.get(f"/en/ledger/?{query}").status_code == 200


def test_a_long_ledger_is_leafed_through_without_gap_or_repetition(client):
    for _ in range(120):
        act()
    seen, query = [], ""
    while True:
        page = client.get(f"/en/ledger/?{query}")
        seen += [line.entry.number for line in page.context["lines"]]
        query = page.context["earlier"]
        if not query:
            break
    assert seen == list(range(120, 0, -1))


def test_the_page_costs_the_same_at_any_length(client, django_assert_num_queries):
    act()
    with django_assert_num_queries(4):
        client.get("/en/ledger/")
    for _ in range(60):
        act()
    with django_assert_num_queries(4):
        client.get("/en/ledger/")


def test_an_empty_ledger_says_what_will_be_there(client):
    assert "The first will be the first entry here" in client.get("/en/ledger/").content.decode()


def test_the_checkpoint_is_the_same_everywhere(client, ten):
    kept = client.get("/kk/ledger/checkpoint.json").json()
    assert kept == client.get("/api/v1/ledger/checkpoint").json()
    assert kept == json.loads(json.dumps(queries.checkpoint().as_json()))
    assert kept["hash"] in client.get("/kk/ledger/").content.decode()


def test_a_program_leafs_by_key(client, ten):
    first = client.get("/api/v1/ledger/entries?limit=4").json()
    assert [item["number"] for item in first["items"]] == [1, 2, 3, 4]
    last = client.get("/api/v1/ledger/entries?limit=100&after=8").json()
    assert [item["number"] for item in last["items"]] == [9, 10]
    assert (first["next"], last["next"]) == ("4", None)


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "after=-1", "act=%00", "after=1e3"])
def test_a_request_that_means_nothing_is_refused_to_a_program(client, query):
    assert client.get(f"/api/v1/ledger/entries?{query}").status_code == 422


def test_the_api_costs_one_query_at_any_length(client, ten, django_assert_num_queries):
    with django_assert_num_queries(1):
        client.get("/api/v1/ledger/entries?limit=2")
    with django_assert_num_queries(1):
        client.get("/api/v1/ledger/entries?limit=100")
