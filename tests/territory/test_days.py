"""What is claimed of a day, in words; pages of regions that are no more; real figures."""

import csv
import json
import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from kelisim.refusals import Refused
from kelisim.territory import actions, commands, queries, rules
from kelisim.territory.maps import Mark, State, Words, tile_map
from kelisim.territory.models import Lineage, Unit

DAYS = st.dates(date(2000, 1, 1), date(2030, 1, 1))
SLIPS = {
    "Zharasemey", "Aршалинский", "Konaiev", "Saran'", "Әл Фараби", "Аль-Фарабиский",
    "Енбекшинскийский", "Каратаускийский",
}  # fmt: skip


def test_the_record_says_when_it_begins_and_how_borders_went_on(facts):
    assert queries.begins() == date(2000, 1, 1)
    assert [(epoch.since, epoch.regions) for epoch in queries.epochs()] == [
        (date(2000, 1, 1), 16),
        (date(2018, 6, 19), 17),
        (date(2022, 6, 8), 20),
    ]
    assert queries.regions(date(1999, 12, 31)) == []


@pytest.mark.parametrize(
    ("on", "code"),
    [
        (date(1999, 12, 31), "territory.before_record"),
        (date(2000, 1, 1), None),
        (date(2026, 1, 1), None),
        (date(2026, 1, 2), "territory.day_to_come"),
    ],
)
def test_nothing_is_claimed_of_days_before_the_record_or_to_come(on, code):
    refusal = rules.may_ask(on, date(2000, 1, 1), date(2026, 1, 1))
    assert (refusal and refusal.code) == code


@pytest.mark.parametrize("on", ["1999-12-31", "2999-01-01"])
def test_page_command_and_api_refuse_the_same_days(facts, client, on):
    assert client.get(f"/kk/territory/?on={on}").status_code == 400
    assert client.get(f"/kk/territory/110000000/?on={on}").status_code == 400
    assert client.get(f"/api/v1/territory/units?on={on}").status_code == 409
    with pytest.raises(Refused):
        commands.units(on=on, as_json=True)


def test_the_command_lists_the_regions_of_a_day(facts, capsys):
    assert commands.units(on="2019-01-01", as_json=True) == 0
    assert len(json.loads(capsys.readouterr().out)) == 17


def test_a_district_is_claimed_only_from_the_day_for_which_it_is_known(facts, client):
    before = client.get("/api/v1/territory/units?on=2024-12-30&kind=district").json()
    after = client.get("/api/v1/territory/units?on=2024-12-31&kind=district").json()
    assert before["items"] == []
    assert len(after["items"]) == 50


@given(DAYS, DAYS, DAYS, DAYS, DAYS)
def test_units_that_may_follow_one_another_stand_in_the_order_of_time(a, b, c, d, on):
    """A unit begins before it ends; so a chain of descents only goes forward and never closes."""
    old, new = sorted((a, b)), sorted((c, d))
    if old[0] < old[1] and new[0] < new[1] and not rules.may_descend(old[1], on, new[0]):
        assert old[0] < on < new[1]


def test_facts_that_would_close_a_circle_are_refused_with_their_row(facts):
    row = {"old": "610000000", "new": "510000000", "on": "2018-06-19", "act": "702"}
    acts = [{"number": "702", "signed": "", "kk": "", "ru": "", "en": ""}]
    with pytest.raises(Refused) as caught:
        actions.load_lineage([row], acts)
    assert caught.value.refusals[0].code == "territory.no_succession"
    assert caught.value.refusals[0].place == "lineage[1]"


def test_a_mended_fact_is_mended_in_the_database_too(facts):
    edge = Lineage.objects.order_by("pk").first()
    Lineage.objects.filter(pk=edge.pk).update(act_number="1")
    Unit.objects.filter(kato="101010000").update(known_on=date(2001, 1, 1))
    assert commands.load() == 2
    edge.refresh_from_db()
    assert edge.act_number != "1"


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_region_that_is_no_more_still_has_its_page(facts, client, language):
    name = {
        "kk": "Оңтүстік Қазақстан облысы",
        "ru": "Южно-Казахстанская область",
        "en": "South Kazakhstan Region",
    }[language]
    page = client.get(f"/{language}/territory/510000000/").content.decode()
    assert f"<h1>{name}</h1>" in page
    assert "702" in page


def test_a_district_leads_to_its_region_by_name(facts, client):
    page = client.get("/ru/territory/395400000/").content.decode()
    assert "Костанайская область" in page


def test_the_pages_cost_the_same_number_of_queries_whatever_they_show(facts, client):
    def cost(address):
        with CaptureQueriesContext(connection) as caught:
            assert client.get(address).status_code == 200
        return len(caught)

    client.get("/kk/territory/")
    assert cost("/kk/territory/?on=2001-01-01") == cost("/kk/territory/?on=2024-12-31") <= 9
    few, many = "/kk/territory/790000000/", "/kk/territory/610000000/"
    assert cost(few) == cost(many) <= 9


def test_names_agree_with_the_published_tables_but_for_known_slips(facts, shared_data):
    table = csv.DictReader((shared_data / "territory" / "geokz_adm2_2024_attributes.csv").open())
    rows = list(table)
    kazakh = queries.names([row["KATO"] for row in rows], date(2024, 12, 31), "kk")
    differ = {row["ADM2_KK"] for row in rows if kazakh[row["KATO"]].short.text != row["ADM2_KK"]}
    assert differ <= SLIPS | {"Талдыкорган"}
    assert len(rows) == 224


def test_every_name_is_in_one_alphabet():
    """A Latin i in a Kazakh word looks right and is never found."""
    for table in ("names", "districts"):
        for row in commands.facts.rows(table):
            cyrillic = "".join(row[key] for key in ("kk", "ru", "kk_full", "ru_full"))
            assert not re.search("[A-Za-z]", cyrillic), row
            assert (row["en"] + row["en_full"]).isascii(), row


def test_no_two_districts_of_a_region_have_the_same_full_name():
    for language in ("kk_full", "ru_full", "en_full"):
        rows = [(row["region"], row[language]) for row in commands.facts.rows("districts")]
        assert len(rows) == len(set(rows))


def test_a_state_is_said_by_a_pattern_not_by_colour():
    marks = [Mark(state, state, state=state, column=n) for n, state in enumerate(State)]
    svg = tile_map(marks, Words("t", "d"))
    for state in (State.FEW, State.SOME, State.MANY, State.UNKNOWN):
        assert svg.count(f'id="map-{state}"') == svg.count(f'fill="url(#map-{state})"') == 1
    assert "<pattern" not in tile_map(marks[:1], Words("t", "d"))


def test_a_link_is_called_by_the_words_that_one_sees():
    svg = tile_map([Mark("БҚО", "Батыс Қазақстан облысы", href="/x")], Words("t", "d"))
    assert 'aria-label="БҚО: Батыс Қазақстан облысы"' in svg


@given(DAYS)
def test_a_day_outside_a_life_is_brought_to_the_nearest_within(on):
    unit = Unit(exists_from=date(2010, 5, 5), exists_to=date(2012, 5, 5))
    day = queries.within(unit, on)
    assert unit.existed(day)
    assert day == min(max(on, date(2010, 5, 5)), date(2012, 5, 5) - timedelta(days=1))
