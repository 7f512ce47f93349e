"""What came of the charter for programs."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kelisim.evaluation.actions import periods as acting
from kelisim.evaluation.states import PeriodKind
from kelisim.evaluation.trees.periods import Span
from tests.commitments.world import approved, charter, measured, world

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 1, 20, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _unhurried(settings):
    settings.API_RATE = "100000/min"


@pytest.fixture
def ground():
    of = world()
    approved(of, measured("1"), measured("2"), version=charter())
    return of


def ask(client, path, **asked):
    answer = client.get(f"/api/v1/{path}", asked)
    assert answer.status_code == 200, (path, answer.content)
    return answer.json()


def test_coverage_gives_every_measure_with_its_counts(client, ground):
    found = ask(client, "coverage/library", by="years")
    first, second, third = found["measures"]
    assert (first["provision"], first["counts"]["planned"]) == ("part_1__list_1__point_1", 1)
    assert [cell["column"] for cell in second["cells"]] == [2026]
    assert (third["state"], third["cells"]) == ("nothing", [])
    assert ask(client, "coverage/library", year=2031)["measures"][0]["counts"]["planned"] == 0
    assert client.get("/api/v1/coverage/nothing").status_code == 404
    assert client.get("/api/v1/coverage/library", {"by": "planets"}).status_code == 422


def test_discipline_gives_the_figures_of_a_quarter(client, ground):
    found = ask(client, "discipline", quarter="2026-3")
    assert [row["body"] for row in found["rows"]] == ["ministry-of-books"]
    assert found["total"]["figures"]["on_control"] == 2
    assert client.get("/api/v1/discipline", {"quarter": "2026-7"}).status_code == 404


def test_published_reports_are_given_with_their_content_and_drafts_are_not(client, ground):
    year = Span(date(2026, 1, 1), date(2026, 12, 31))
    report = acting.begin(ground.council.pk, PeriodKind.YEAR, year, by=ground.officer, at=NOW)
    seen = acting.texts_digest({})
    acting.write(report.pk, {("opening", "ru"): "Итоги."}, seen=seen, by=ground.officer, at=NOW)
    report = acting.freeze(report.pk, by=ground.officer, at=NOW)
    assert ask(client, "period-reports")["items"] == []
    assert client.get(f"/api/v1/period-reports/{report.pk}").status_code == 404
    acting.publish(report.pk, seen=report.digest, by=ground.head, at=NOW)
    [row] = ask(client, "period-reports", body=ground.council.slug)["items"]
    assert (row["edition"], row["sha256"]) == (1, report.digest)
    assert ask(client, f"period-reports/{report.pk}")["content"]["written"][0]["part"] == "opening"
    assert ask(client, "period-reports", body="nobody")["items"] == []


def test_datasets_name_files_that_are_there(client):
    found = ask(client, "datasets")
    assert found["licence"]
    for one in found["items"]:
        assert client.get(one["files"]["csv"]).status_code == 200


def test_coverage_costs_the_same_for_many_commitments(client, ground):
    def asked():
        with CaptureQueriesContext(connection) as captured:
            ask(client, "coverage/library")
        return len(captured)

    few = asked()
    approved(ground, *(measured(number) for number in ("1", "2", "3")), version=ground_version())
    assert asked() == few


def ground_version():
    from kelisim.charter.models import Version

    return Version.objects.get()
