"""Maps are drawn at the server, in two forms, and every region can be reached and read."""

import json
import re
from datetime import date

import pytest
from lxml import etree

from kelisim.refusals import Refused
from kelisim.territory import commands
from kelisim.territory.maps import Mark, Words, outline_map, tile_map
from kelisim.territory.models import Shape
from kelisim.territory.readers import geojson

WORDS = Words("Regions", "All of them")
SVG = "{http://www.w3.org/2000/svg}"


def parsed(svg):
    return etree.fromstring(
        svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1).encode()
    )


def square(code, x=60.0, y=48.0):
    ring = [[x, y], [x + 2, y], [x + 2, y + 2], [x, y + 2], [x, y]]
    return {
        "type": "Feature",
        "properties": {"KATO": code},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def collection(*features):
    return json.dumps({"type": "FeatureCollection", "features": list(features)}).encode()


def test_a_tile_map_has_a_title_a_description_and_a_link_for_each_region():
    marks = [
        Mark("Ұлытау", "Ұлытау облысы", href=f"/kk/territory/{n}/", column=n, row=0)
        for n in range(3)
    ]
    root = parsed(tile_map(marks, WORDS))
    assert root.find(f"{SVG}title").text == "Regions"
    assert root.find(f"{SVG}desc").text == "All of them"
    links = root.findall(f"{SVG}a")
    assert [link.get("href") for link in links] == [
        "/kk/territory/0/",
        "/kk/territory/1/",
        "/kk/territory/2/",
    ]
    assert all(link.get("aria-label") == "Ұлытау облысы" for link in links)


def test_no_two_tiles_stand_on_one_another_on_any_day():
    rows = list(commands.facts.rows("regions"))
    for day in ("2014-01-01", "2019-01-01", "2024-01-01"):
        on = date.fromisoformat(day)
        there = [
            (row["column"], row["row"])
            for row in rows
            if not (row["exists_from"] and date.fromisoformat(row["exists_from"]) > on)
            and not (row["exists_to"] and date.fromisoformat(row["exists_to"]) <= on)
        ]
        assert len(there) == len(set(there)) in {16, 17, 20}


def test_names_are_escaped_and_no_style_is_inline():
    svg = tile_map([Mark('<b>"&', "<script>", href="/x?a=1&b=2")], WORDS)
    assert "<script>" not in svg
    assert "style=" not in svg
    assert parsed(svg).find(f"{SVG}a").get("href") == "/x?a=1&b=2"


def test_the_real_outlines_are_thinned_to_what_a_map_can_show(shared_data):
    found = geojson.read((shared_data / "territory" / "geokz_adm1_2024.geojson").read_bytes())
    assert len(found) == 20
    assert sum(len(outline.path) for outline in found) < 40_000
    assert all(re.fullmatch(r"(M-?\d+ -?\d+l[-\d ]+z)+", outline.path) for outline in found)
    svg = outline_map([Mark(o.kato, o.kato, path=o.path, x=o.x, y=o.y) for o in found], WORDS)
    assert len(parsed(svg).findall(f".//{SVG}path")) == 20


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        (b"\x00\x01", ["territory.not_json"]),
        (b"[]", ["territory.not_geojson"]),
        (collection(), ["territory.not_geojson"]),
        (collection({"type": "Feature"}), ["territory.no_code", "territory.no_shape"]),
        (collection(square("12")), ["territory.no_code"]),
        (collection(square("110000000"), square("110000000")), ["territory.code_repeated"]),
        (collection(square("110000000", x=190)), ["territory.not_degrees"]),
        (
            collection(
                {
                    **square("110000000"),
                    "geometry": {"type": "Polygon", "coordinates": [[[1, 1], [2, 2]]]},
                }
            ),
            ["territory.open_ring"],
        ),
        (
            collection(
                {**square("110000000"), "geometry": {"type": "Point", "coordinates": [1, 1]}}
            ),
            ["territory.no_shape"],
        ),
    ],
)
def test_a_bad_file_is_refused_with_every_fault(data, codes):
    with pytest.raises(Refused) as caught:
        geojson.read(data)
    assert [refusal.code for refusal in caught.value.refusals] == codes


def test_an_unknown_code_refuses_the_whole_file(facts, tmp_path):
    file = tmp_path / "shapes.geojson"
    file.write_bytes(collection(square("110000000"), square("999999999", 70)))
    with pytest.raises(Refused) as caught:
        commands.geometry(file)
    assert caught.value.refusals[0].place == "features[2]"
    assert not Shape.objects.exists()


def test_the_page_draws_tiles_and_with_shapes_outlines_too(facts, client, tmp_path, shared_data):
    page = client.get("/kk/territory/").content.decode()
    assert page.count('class="tile plain"') == 20
    assert "<path class" not in page
    commands.geometry(shared_data / "territory" / "geokz_adm1_2024.geojson")
    page = client.get("/kk/territory/").content.decode()
    assert page.count("<path class") == 20
    old = client.get("/kk/territory/?on=2018-01-01").content.decode()
    assert "<path class" not in old
    assert old.count('class="tile plain"') == 16


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_a_day_that_is_no_day_is_refused_in_words(facts, client, language):
    answer = client.get(f"/{language}/territory/?on=31.02.2018")
    assert answer.status_code == 400
    assert {"kk": "Бұл күн емес", "ru": "Это не дата", "en": "This is no date"}[
        language
    ] in answer.content.decode()


def test_a_region_tells_its_names_origin_and_districts(facts, client):
    page = client.get("/ru/territory/630000000/?on=2024-01-01").content.decode()
    assert "Восточно-Казахстанская область" in page
    assert "Усть-Каменогорск" in page
    assert "№ 887" in page.replace("\xa0", " ")
    assert client.get("/ru/territory/000000000/").status_code == 404


def test_the_api_gives_units_of_a_day_by_pages(facts, client):
    seen, after = [], 0
    while True:
        answer = client.get(
            f"/api/v1/territory/units?on=2018-01-01&kind=oblast&limit=5&after={after}"
        ).json()
        seen += [unit["kato"] for unit in answer["items"]]
        if answer["next"] is None:
            break
        after = answer["next"]
    assert len(seen) == len(set(seen)) == 14
    assert len(client.get("/api/v1/territory/lineage").json()) == 8
    assert [
        unit["exists_to"] for unit in client.get("/api/v1/territory/units/630000000").json()
    ] == ["2022-06-08", None]
