"""Charters for programs."""

import pytest

from kelisim.charter.exports.json import sealed
from kelisim.charter.trees.sealing import seal
from tests.charter.conftest import long_draft

pytestmark = pytest.mark.django_db
API = "/api/v1/charters"
POINT = "part_1__list_1__point_"


def test_charters_are_listed_page_by_page(client, begin, publish):
    for slug in ("a", "b", "c"):
        publish(begin(slug=slug))
    first = client.get(f"{API}?limit=2").json()
    assert [one["slug"] for one in first["items"]] == ["a", "b"]
    second = client.get(f"{API}?limit=2&after={first['next']}").json()
    assert ([one["slug"] for one in second["items"]], second["next"]) == (["c"], None)


def test_drafts_are_not_shown_to_programs(client, begin):
    begin()
    assert client.get(API).json()["items"] == []
    for address in ("library", "library/versions/1", "library/versions/1/provisions"):
        assert client.get(f"{API}/{address}").status_code == 404


def test_a_charter_says_what_it_is_worth(client, second):
    said = client.get(f"{API}/library").json()
    assert said["standing"]["state"] == "in_force"
    assert (said["versions"], said["current"]) == ([1, 2], 2)


def test_a_version_names_its_seal_and_its_files(client, second):
    said = client.get(f"{API}/library/versions/2").json()
    assert said["digest"] == second.digest
    assert said["kinds"] == {"group": 1, "measure": 3, "part": 1}
    for media_type, address in said["files"].items():
        answer = client.get(address)
        assert answer["Content-Type"] == media_type


def test_provisions_are_filtered_and_paged(client, begin, publish):
    publish(begin(long_draft(120)))
    address = f"{API}/library/versions/1/provisions?kind=measure&part=part_1__list_2&limit=30"
    first = client.get(address).json()
    rest = client.get(f"{address}&after={first['next']}").json()
    found = [one["eId"] for one in (*first["items"], *rest["items"])]
    assert found == [f"part_1__list_2__point_{n}" for n in range(1, 51)]
    assert {one["parent"] for one in rest["items"]} == {"part_1__list_2"}


@pytest.mark.parametrize("size", [3, 3000])
def test_a_page_of_provisions_costs_the_same_in_a_long_charter(
    client, begin, publish, size, django_assert_num_queries
):
    publish(begin(long_draft(size)))
    with django_assert_num_queries(4):
        client.get(f"{API}/library/versions/1/provisions?limit=3")


def test_a_provision_tells_its_history(client, second):
    said = client.get(f"{API}/library/versions/2/provisions/{POINT}2").json()
    assert [(f["version"], f["eId"], f["relation"]) for f in said["forms"]] == [
        (1, f"{POINT}3", ""),
        (2, f"{POINT}2", "moved"),
    ]
    assert "Приказ" in said["citation"]["ru"]
    gone = client.get(f"{API}/library/versions/1/provisions/{POINT}2").json()
    assert gone["repealed_in"] == 2


def test_a_comparison_gives_words_and_counts(client, second):
    said = client.get(f"{API}/library/compare/1/2?language=ru&limit=1").json()
    assert said["counts"] == {"same": 2, "changed": 1, "added": 1, "repealed": 1, "moved": 1}
    (change,) = said["items"]
    assert [part["mark"] for part in change["words"]] == ["same", "removed", "added"]
    assert said["next"] == "1"


def test_what_never_changes_is_not_sent_twice(client, first):
    for address in ("versions/1/provisions", "versions/1/export"):
        answer = client.get(f"{API}/library/{address}")
        again = client.get(f"{API}/library/{address}", headers={"if-none-match": answer["ETag"]})
        assert again.status_code == 304


def test_the_seal_can_be_proved_from_the_api(client, first):
    said = client.get(f"{API}/library/versions/1/export").json()
    assert seal(sealed(said)) == first.digest


@pytest.mark.parametrize(
    "address",
    [
        "no",
        "library/versions/9",
        "library/versions/1/provisions/part_9",
        "library/compare/1/1",
        "library/compare/1/7",
    ],
)
def test_what_is_not_there_is_not_found(client, first, address):
    answer = client.get(f"{API}/{address}")
    assert (answer.status_code, set(answer.json())) == (404, {"detail"})


@pytest.mark.parametrize(
    "address", ["library/versions/99999999999999999999", "library/versions/1/provisions?after=-9"]
)
def test_what_makes_no_sense_is_refused(client, first, address):
    assert client.get(f"{API}/{address}").status_code == 422
