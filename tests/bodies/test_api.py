"""The council and its register for programs: public facts, and no others."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kelisim.bodies.actions import founding, mandates
from kelisim.bodies.models import Body, Mandate
from kelisim.bodies.states import Role
from tests.bodies import register
from tests.bodies.people import AT, council, found, hold, person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _unhurried(settings):
    settings.API_RATE = "100000/min"


@pytest.fixture
def clerk():
    return register.ground()


def ask(client, path, **asked):
    answer = client.get(f"/api/v1/{path}", asked)
    assert answer.status_code == 200, (path, answer.content)
    return answer.json()


def queries(client, path):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(f"/api/v1/{path}").status_code == 200
    return len(captured)


def test_bodies_are_given_by_day_kind_parent_and_page(client, clerk):
    elders = found("elders", "Elders", parent=council(), on=date(2020, 1, 1))
    register.fill(3, clerk)
    slugs = [one["slug"] for one in ask(client, "bodies")["items"]]
    assert {"assembly", "elders", "example-1"} <= set(slugs)
    assert "elders" not in str(ask(client, "bodies", on="2019-01-01"))
    assert [one["slug"] for one in ask(client, "bodies", kind="elders")["items"]] == ["elders"]
    under = ask(client, "bodies", under="assembly")["items"]
    assert {one["parent"] for one in under} == {"assembly"}
    first = ask(client, "bodies", limit=2)
    rest = ask(client, "bodies", after=first["next"], limit=100)
    assert [one["slug"] for one in first["items"] + rest["items"]] == slugs
    assert rest["next"] is None
    founding.rename(elders.pk, name={"en": "The wise"}, on=date(2024, 5, 2), by=None, at=AT)
    assert ask(client, "bodies/elders")["former_names"] == [
        {"name": elders.name, "until": "2024-05-02", "act": None}
    ]


def test_a_record_is_public_without_the_offices_part_and_with_bands(client, clerk):
    register.accredit(register.enter(1, clerk), date(2024, 1, 1), date(2199, 1, 1))
    whole = client.get("/api/v1/bodies/example-1").content.decode()
    listed = client.get("/api/v1/associations").content.decode()
    for said in (whole, listed):
        assert register.SECRET not in said
        assert "office1@demo.example" not in said
        assert "131" not in said
    record = ask(client, "bodies/example-1")["record"]
    assert record["members"] == [
        {"year": year, "at_least": 100, "at_most": 249} for year in (2024, 2025)
    ]
    assert record["leader"] == "Басшы Үлгіұлы 1"
    assert "office" not in {fact["fact"] for fact in record["facts"]}
    assert {fact["state"] for fact in record["facts"]} == {"declared"}
    assert record["accreditations"][0]["decision"]["number"] == "3"


def test_the_filters_are_those_of_the_directory(client, clerk):
    register.fill(12, clerk)

    def found_by(**asked):
        return {one["slug"] for one in ask(client, "associations", **asked)["items"]}

    assert found_by(community="tatar") == {"example-1", "example-6", "example-11"}
    assert found_by(region="750000000", activity="music") == {"example-1", "example-5", "example-9"}
    assert found_by(level="republican", q="поляк") == set()
    assert found_by(q="поляк") == {"example-4", "example-9"}
    assert found_by(accredited="true") == found_by(verified="true") == set()
    first = ask(client, "associations", limit=5)
    rest = ask(client, "associations", after=first["next"], limit=5)
    assert len({one["slug"] for one in first["items"] + rest["items"]}) == 10


def test_a_composition_is_given_for_any_day(client, clerk):
    elders = found("elders", "Elders", parent=council())
    seat = mandates.establish(elders.pk, role=Role.MEMBER, places=2, by=None, at=AT)
    mandates.appoint(seat.pk, holder="Үлгі Ақсақал", since=date(2026, 1, 1), by=None, at=AT)
    hold(person("Chair"), elders, Role.CHAIR)
    on = ask(client, "bodies/elders/composition", on="2026-03-02")
    assert [
        (one["role"], one["vacant"], [h["name"] for h in one["holders"]]) for one in on["seats"]
    ] == [
        ("member", 1, ["Үлгі Ақсақал"]),
        ("chair", 0, ["Chair"]),
    ]
    before = ask(client, "bodies/elders/composition", on="2025-12-31")
    assert [one["holders"] for one in before["seats"]] == [[], []]
    assert "@demo.example" not in str(on)


def test_a_merged_body_says_into_what(client, clerk):
    one, two = register.fill(2, clerk)
    Body.objects.filter(pk=one.pk).update(merged_into=two.pk)
    assert ask(client, "bodies/example-0")["merged_into"] == "example-1"
    assert [row["slug"] for row in ask(client, "associations")["items"]] == ["example-1"]


def test_what_is_not_there_is_not_found(client, clerk):
    for path in ("bodies/nobody", "bodies/nobody/composition"):
        assert client.get(f"/api/v1/{path}").status_code == 404


def test_every_answer_costs_the_same_however_much_there_is(client, clerk):
    elders = found("elders", "Elders", parent=council())
    seat = mandates.establish(elders.pk, role=Role.MEMBER, by=None, at=AT)

    def seated(first, last):
        Mandate.objects.bulk_create(
            Mandate(seat=seat, holder=f"H{n}", since=date(2026, 1, 1)) for n in range(first, last)
        )

    register.fill(3, clerk)
    seated(0, 3)
    paths = ("bodies?limit=100", "associations?limit=100", "bodies/elders/composition")
    few = [queries(client, path) for path in paths]
    register.fill(20, clerk, first=3)
    seated(3, 400)
    assert [queries(client, path) for path in paths] == few
