"""The matrix of coverage: every cell opens what stands behind it; nothing is as visible as done."""

import csv
import io
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kelisim.commitments.models import Commitment, Fulfils
from tests.commitments.world import approved, charter, done, measured, world

pytestmark = pytest.mark.django_db
PAGE = "/en/evaluation/coverage/library/"


@pytest.fixture
def ground():
    ground = world()
    first, _second = approved(ground, measured("1"), measured("2"), version=charter())
    done(ground, first)
    return ground


def cells(client, **asked):
    answer = client.get(PAGE, asked)
    assert answer.status_code == 200
    return {row.eid: told for _part, rows in answer.context["parts"] for row, told in rows}


def test_what_is_done_planned_and_forgotten_stand_beside_each_other(client, ground):
    found = cells(client)
    first, second, third = (found[f"part_1__list_1__point_{n}"] for n in (1, 2, 3))
    assert [cell["count"] for cell in first] == [1, 1, 1, 1, 0, 1]
    assert [cell["count"] for cell in second] == [1, 1, 1, 0, 0, 0]
    assert [cell["count"] for cell in third] == [0] * 6
    text = client.get(PAGE).content.decode()
    assert text.count("nothing planned") >= 6
    assert "/en/charters/library/part_1__list_1__point_3/" in text


@pytest.mark.parametrize("by", ["steps", "years", "regions", "bodies"])
def test_every_cell_opens_as_many_as_it_shows(client, ground, by):
    for told in cells(client, by=by).values():
        for cell in told:
            page = client.get(f"{PAGE}commitments/?{cell['address']}")
            assert page.context["page"].paginator.count == cell["count"]


def test_what_cannot_be_read_asks_for_nothing(client, ground):
    asked = {"by": "colours", "year": "soon", "region": "-1", "body": "9" * 30, "page": "0"}
    assert client.get(PAGE, asked).status_code == 200
    assert client.get("/en/evaluation/coverage/nothing/").status_code == 404
    assert client.get(f"{PAGE}commitments/?provision=nowhere").status_code == 404
    assert client.get(f"{PAGE}commitments/?step=lovely").status_code == 200
    assert client.get("/en/evaluation/coverage/").status_code == 200


def test_without_any_charter_there_is_no_coverage(client):
    assert client.get("/en/evaluation/coverage/").status_code == 404


def test_the_matrix_goes_out_as_a_file_and_for_programs(client, ground):
    text = client.get("/en/evaluation/coverage/library.csv").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert len(rows) == 4
    assert rows[1][2:] == ["done", "1", "1", "1", "1", "0", "1"]
    told = json.loads(client.get("/en/evaluation/coverage/library.json").content)
    assert next(one["state"] for one in told["measures"]) == "done"
    assert told["measures"][2]["counts"]["planned"] == 0
    assert client.get("/en/evaluation/coverage/library.xlsx").content[:2] == b"PK"
    assert client.get("/en/evaluation/coverage/library.exe").status_code == 404


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("by", ["steps", "bodies"])
def test_forty_commitments_cost_as_many_queries_as_two(client, ground, by):
    addresses = f"{PAGE}?by={by}", f"{PAGE}commitments/?step=planned"
    few = [queries(client, one) for one in addresses]
    first = Commitment.objects.first()
    provision = Fulfils.objects.first().provision
    fields = [f for f in Commitment._meta.fields if f.name not in ("id", "key")]
    for n in range(30):
        copied = {field.attname: getattr(first, field.attname) for field in fields}
        made = Commitment.objects.create(**copied, key=f"copy-{n}")
        Fulfils.objects.create(commitment=made, provision=provision)
    assert [queries(client, one) for one in addresses] == few
