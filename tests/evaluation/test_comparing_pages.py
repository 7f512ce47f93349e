"""Pages of discipline and effectiveness: every figure opens its rows, weights move ranks."""

import csv
import io
import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from kelisim.evaluation.actions import effectiveness as actions
from kelisim.evaluation.models import Run
from kelisim.evaluation.queries import effectiveness as reading
from kelisim.evaluation.queries.discipline import FIGURES
from kelisim.evaluation.trees.comparing import Asked
from kelisim.evaluation.trees.formula import formula, from_json
from kelisim.ledger.models import Entry
from kelisim.ledger.queries import verify
from kelisim.refusals import Refused
from tests.evaluation.bodies import TODAY, Record, ground, noon, putting

pytestmark = pytest.mark.django_db
GOOD = Record()
PROMPT = Record(in_time=12, reached=2, missed=10)
ABLE = Record(in_time=2, late=10, reached=12)
MIXED = Record(in_time=3, late=2, waiting=1, not_done=4)


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    """The day on which the invented year is over: the clock is the edge's, so it is set there."""
    from django.utils import timezone

    monkeypatch.setattr(timezone, "localdate", lambda *given: TODAY)


def text(response) -> str:
    assert response.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_every_figure_of_discipline_opens_as_many_rows_as_it_says(client):
    of, like = ground()
    putting(of, like, [MIXED, GOOD])
    page = client.get("/en/evaluation/discipline/?quarter=2026-2")
    found = page.context["found"]
    for row in (found.rows[0], found.total):
        for name in FIGURES:
            slug = f"&body={row.body.slug}" if row.body else ""
            rows = client.get(f"/en/evaluation/figures/?figure={name}&quarter=2026-2{slug}")
            assert rows.context["page"].total == row.figures[name], name
            assert f"{row.figures[name]} case" in text(rows)


def test_every_component_opens_its_cases_and_says_which_count(client):
    of, like = ground()
    putting(of, like, [Record(in_time=8, late=2, not_done=2, reached=7, missed=5), *[GOOD] * 4])
    page = client.get("/en/evaluation/effectiveness/?year=2026&group=state-body.country")
    [cells] = [cells for row, cells in page.context["rows"] if row.body.slug == "ministry-000"]
    for name, cell in cells:
        rows = client.get(f"/en/evaluation/figures/?figure={name}&year=2026&body=ministry-000")
        found = rows.context["page"]
        assert found.total == cell.cases
        if name != "money":
            assert sum(one.hit for one in found.rows) == pytest.approx(cell.value * cell.cases)


def test_moving_the_weights_moves_the_ranks(client):
    of, like = ground()
    putting(of, like, [PROMPT, ABLE, GOOD, GOOD, GOOD])
    only = "/en/evaluation/effectiveness/?year=2026&completeness=50&quality=1&money=0"
    ranks = []
    for weights in ("&timeliness=50&outcomes=0", "&timeliness=0&outcomes=50"):
        page = client.get(only + weights)
        rows = {row.body.slug: row for row, _cells in page.context["rows"]}
        ranks.append((rows["ministry-000"].rank, rows["ministry-001"].rank))
        assert "Ranks with their intervals" in text(page)
        assert page.content.decode().split("<main")[1].count("<circle cx") == 5
    assert ranks[0][0] < ranks[0][1]
    assert ranks[1][0] > ranks[1][1]


def test_each_pair_says_how_often_one_stands_above_the_other(client):
    of, like = ground()
    putting(of, like, [GOOD, GOOD, GOOD, GOOD, MIXED, Record(in_time=1, not_done=11, reached=0)])
    found = client.get("/en/evaluation/effectiveness/?year=2026").context["pairs"]
    first, last = found[0][1], found[-1][1]
    assert found[-1][0].body.slug == "ministry-005"
    assert first[0] == (None, False)
    assert first[-1][1]
    assert first[-1][0] + last[0][0] == pytest.approx(1)
    assert not first[1][1]


def test_thin_data_gives_no_rank_and_says_why(client):
    of, like = ground()
    putting(of, like, [GOOD, PROMPT])
    page = client.get("/en/evaluation/effectiveness/")
    assert "No ranks: too little is known" in text(page)
    assert "at least 5 bodies have 3 components" in text(page)
    assert "<circle cx" not in page.content.decode().split("<main")[1]
    assert "Ministry 000" in text(page)


def test_without_any_plan_both_pages_say_what_will_stand_there(client):
    assert "as soon as a plan in force names them" in text(client.get("/en/evaluation/discipline/"))
    assert "as soon as a plan in force names them" in text(
        client.get("/en/evaluation/effectiveness/")
    )
    assert client.get("/en/evaluation/effectiveness.csv").status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "discipline/?quarter=2026-5",
        "discipline.csv?quarter=x",
        "figures/",
        "figures/?figure=late",
        "figures/?figure=complaints&year=2026",
        "figures/?figure=late&quarter=2026-2&body=nobody",
        "figures/?figure=money&year=99999999999",
        "effectiveness/1/",
        "effectiveness.json?timeliness=-1",
    ],
)
def test_an_address_that_asks_for_nothing_that_is_finds_nothing(client, address):
    ground()
    assert client.get(f"/en/evaluation/{address}").status_code == 404


def test_weights_without_sense_are_refused_beside_their_fields(client):
    of, like = ground()
    putting(of, like, [GOOD])
    nought = "&".join(f"{name}=0" for name in formula().weights)
    page = client.get(f"/en/evaluation/effectiveness/?{nought}")
    assert "Something must weigh more than nought." in text(page)
    page = client.get("/en/evaluation/effectiveness/?timeliness=101&year=1066&group=x")
    assert set(page.context["form"].errors) == {"timeliness", "year", "group"}
    assert (
        client.get("/en/evaluation/figures/?figure=late&quarter=2026-2&page=999").status_code == 200
    )


def test_what_is_taken_away_is_what_the_page_shows(client):
    of, like = ground()
    putting(of, like, [MIXED, *[GOOD] * 5])
    found = client.get("/en/evaluation/discipline/?quarter=2026-2").context["found"]
    for form in ("csv", "xlsx"):
        content = client.get(f"/en/evaluation/discipline.{form}?quarter=2026-2").content
        if form == "csv":
            rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
        else:
            rows = (
                CalamineWorkbook.from_filelike(io.BytesIO(content))
                .get_sheet_by_index(0)
                .to_python()
            )
        assert rows[0][:3] == ["Body", "On control", "Terms due"]
        assert [int(float(one)) for one in rows[1][1:-1]] == list(found.rows[0].figures.values())
        assert rows[-1][0] == "All"
    rows = list(
        csv.reader(
            io.StringIO(
                client.get("/en/evaluation/effectiveness.csv?year=2026").content.decode("utf-8-sig")
            )
        )
    )
    assert len(rows) == 1 + 7
    assert rows[0][:4] == ["Body", "Rank", "Rank from", "Rank to"]
    said = json.loads(client.get("/en/evaluation/effectiveness.json?year=2026&money=0").content)
    assert said["weights"]["money"] == 0
    assert said["inputs"]["columns"]["timeliness"]["cases"]
    assert len(said["results"]["better"]) == 7


def test_a_kept_comparison_repeats_to_the_bit_and_stands_in_the_ledger(client):
    of, like = ground()
    putting(of, like, [GOOD, MIXED, PROMPT, ABLE, GOOD, GOOD])
    client.force_login(of.officer)
    address = reverse("evaluation:keep-run") + "?year=2026&rule=geometric&timeliness=40"
    assert client.get(address).status_code == 405
    page = client.post(address, follow=True)
    run = Run.objects.get()
    assert page.context["repeats"] is True
    assert run.weights["timeliness"] == 40
    assert run.rule == "geometric"
    assert from_json(run.formula) == formula()
    assert Entry.objects.filter(act="evaluation.compared").count() == 1
    assert verify().whole
    said = json.loads(client.get(f"/en/evaluation/effectiveness/{run.pk}.json").content)
    assert said["results"] == run.results
    Run.objects.update(engine="0")
    assert client.get(f"/en/evaluation/effectiveness/{run.pk}/").context["repeats"] is None
    Run.objects.update(
        engine=run.engine, inputs={**run.inputs, "bodies": run.inputs["bodies"][::-1]}
    )
    assert client.get(f"/en/evaluation/effectiveness/{run.pk}/").context["repeats"] is False


def test_only_an_office_keeps_a_comparison(client):
    of, like = ground()
    putting(of, like, [GOOD])
    [group] = reading.groups()
    with pytest.raises(Refused) as refused:
        actions.keep(
            group, 2026, formula=formula(), asked=Asked(formula().weights),
            by=of.minister, at=noon(TODAY),
        )  # fmt: skip
    assert [one.code for one in refused.value.refusals] == ["evaluation.not_office"]
    assert not Run.objects.exists()
    address = reverse("evaluation:keep-run")
    assert client.post(address).status_code == 302
    client.force_login(of.minister)
    assert client.post(address).status_code == 403
    assert "Keep the comparison" not in text(client.get("/en/evaluation/effectiveness/"))
    client.force_login(of.officer)
    assert "Keep the comparison" in text(client.get("/en/evaluation/effectiveness/"))


@pytest.mark.parametrize(
    "address",
    [
        "discipline/?quarter=2026-2",
        "effectiveness/?year=2026",
        "figures/?figure=due&quarter=2026-2",
        "figures/?figure=outcomes&year=2026",
        "figures/?figure=money&year=2026",
    ],
)
def test_a_page_takes_the_same_queries_at_two_sizes(client, address):
    of, like = ground()
    counts = []
    for start, size in ((0, 2), (2, 6)):
        putting(of, like, [Record(in_time=2, reached=1)] * size, start=start)
        with CaptureQueriesContext(connection) as taken:
            assert client.get(f"/en/evaluation/{address}").status_code == 200
        counts.append(len(taken))
    assert counts[0] == counts[1]
    assert counts[0] <= 13
