"""Open data: everything public as files, with a dictionary, and nothing about a person."""

import csv
import io
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from kelisim.commitments.models import Commitment, Money
from kelisim.evaluation.queries.opendata import datasets, rows, source
from kelisim.people.models import Person
from tests.commitments.world import approved, charter, done, drafted, measured, row, world

pytestmark = pytest.mark.django_db
EVERY = sorted(datasets())


@pytest.fixture
def ground():
    ground = world()
    first, _second = approved(ground, measured("1"), row("2"), version=charter())
    done(ground, first)
    drafted(ground, row("9"))
    return ground


def content(client, key, form):
    answer = client.get(f"/en/open-data/{key}.{form}")
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


@pytest.mark.parametrize("key", EVERY)
def test_every_dataset_says_the_same_in_its_three_forms(client, ground, key):
    names = datasets()[key].names
    table = list(csv.reader(io.StringIO(content(client, key, "csv").decode("utf-8-sig"))))
    objects = json.loads(content(client, key, "json"))
    book = CalamineWorkbook.from_filelike(io.BytesIO(content(client, key, "xlsx")))
    sheet = book.get_sheet_by_name(key).to_python()
    assert table[0] == names == sheet[0]
    assert len(table) - 1 == len(objects) == len(sheet) - 1 == source(key).count()
    for line, told in zip(table[1:], objects, strict=True):
        said = {name: "" if value is None else str(value) for name, value in told.items()}
        wanted = {
            name: text.lower() if text in {"true", "false"} else text
            for name, text in zip(names, line, strict=True)
        }
        assert {k: v.lower() if v in {"True", "False"} else v for k, v in said.items()} == wanted
    meanings = book.get_sheet_by_name("dictionary").to_python()
    assert [line[0] for line in meanings] == names


def test_only_what_is_public_is_given(client, ground):
    numbers = {one["number"] for one in json.loads(content(client, "commitments", "json"))}
    assert numbers == {"1", "2"}
    assert len(json.loads(content(client, "plans", "json"))) == 1
    assert len(json.loads(content(client, "reports", "json"))) == 1
    assert len(json.loads(content(client, "evidence", "json"))) == 1


def test_nobody_is_named_in_any_of_it(client, ground):
    whole = "".join(content(client, key, "csv").decode() for key in EVERY)
    for person in Person.objects.all():
        assert person.email not in whole
        assert person.name not in whole


def test_money_is_exact(client, ground):
    Money.objects.update(spent="1234567890123.45")
    assert "1234567890123.45" in content(client, "money", "csv").decode()


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_catalogue_explains_every_column(client, ground, language):
    page = client.get(f"/{language}/open-data/").content.decode()
    for of in datasets().values():
        for column in of.columns:
            assert column.words[language]
            assert f"<code>{column.name}</code>" in page
    package = client.get(f"/{language}/open-data/datapackage.json").json()
    assert [one["name"] for one in package["resources"]] == list(datasets())
    assert package["licenses"] == [{"name": "CC-BY-4.0"}]
    for resource in package["resources"]:
        assert resource["path"].endswith(f"/{language}/open-data/{resource['name']}.csv")
        assert all(field["title"] for field in resource["schema"]["fields"])


def test_what_there_is_not_is_not_found(client):
    assert client.get("/en/open-data/people.csv").status_code == 404
    assert client.get("/en/open-data/plans.exe").status_code == 404


def test_many_rows_cost_one_query_as_few_do(ground):
    of = datasets()["commitments"]
    first = Commitment.objects.first()
    fields = [f for f in Commitment._meta.fields if f.name not in ("id", "key")]
    for n in range(20):
        copied = {field.attname: getattr(first, field.attname) for field in fields}
        Commitment.objects.create(**copied, key=f"copy-{n}")
    with CaptureQueriesContext(connection) as captured:
        assert len(list(rows(of))) == 22
    assert len(captured) == 1
