"""The pages of import and export: who comes in, what they see, what a press does."""

import csv
import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

from kelisim.bodies.actions import record
from kelisim.bodies.models import Association, Import
from kelisim.bodies.trees.notation import LARGEST
from tests.bodies.people import AT, officer, person
from tests.bodies.table.ways import separated, workbook

pytestmark = pytest.mark.django_db
GOOD = separated([["Наименование", "Уровень", "Код КАТО"], ["Пример", "местное", "630000000"]])
BAD = workbook(
    ("ВКО", [["Наименование", "Уровень", "БИН", "Примечание"], ["=Пример", "местное", 123, None]])
)


@pytest.fixture
def signed(client, clerk):
    client.force_login(clerk, backend="django.contrib.auth.backends.ModelBackend")
    return client


def at(name, *args, language="ru"):
    with override(language):
        return reverse(f"bodies:{name}", args=args)


def give(client, content, name="реестр.xlsx", language="ru"):
    file = SimpleUploadedFile(name, content)
    return client.post(at("import", language=language), {"file": file}, follow=True)


def test_a_table_is_given_looked_at_and_applied(signed):
    page = give(signed, GOOD).content.decode()
    assert "Будет внесено: 1, изменено: 0" in page
    assert not Association.objects.exists()
    kept = Import.objects.get()
    page = signed.post(at("import-apply", kept.pk), follow=True).content.decode()
    assert "Таблица применена" in page
    assert Association.objects.get().body.name == {"ru": "Пример"}
    assert "Применить таблицу" not in page
    assert "применена" in signed.get(at("import")).content.decode()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "kk",
            ["БСН 12 цифрдан тұрады", "1 қате табылды", "Бұл баған танылмады", "Парақ"],
        ),
        ("ru", ["В БИН 12 цифр", "Найдена 1 ошибка", "Столбец не распознан", "Лист"]),
        ("en", ["A BIN has 12 digits", "1 fault was found", "This column is not known", "Sheet"]),
    ],
)
def test_faults_are_shown_in_the_language_of_the_page(signed, language, words):
    page = give(signed, BAD, language=language).content.decode()
    for word in words:
        assert word in page
    assert 'href="#f1"' in page
    assert at("import-apply", Import.objects.get().pk, language=language) not in page


def test_faults_can_be_taken_away_as_a_table(signed):
    give(signed, BAD)
    answer = signed.get(at("import-faults", Import.objects.get().pk))
    head, only = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert head[:4] == ["Лист", "Строка", "Столбец", "Заголовок"]
    assert only[:4] == ["ВКО", "2", "C", "БИН"]


def test_a_table_with_faults_is_not_applied_however_it_is_asked(signed):
    give(signed, BAD)
    page = signed.post(at("import-apply", Import.objects.get().pk), follow=True).content.decode()
    assert "Ничего не применено. Все ошибки указаны ниже." in page
    assert "Лист «ВКО», строка 1, столбец D «Примечание»" in page
    assert not Association.objects.exists()


@pytest.mark.parametrize("content", [b"", b"\x00\x01", "текст".encode(), b"{}"])
def test_what_is_no_table_is_refused_beside_the_field_and_not_kept(signed, content):
    answer = give(signed, content)
    assert answer.status_code == 422
    assert 'id="id_file_error"' in answer.content.decode()
    assert not Import.objects.exists()


def test_a_file_over_the_limit_is_refused(signed):
    answer = give(signed, b"a" * (LARGEST + 1))
    assert answer.status_code == 413
    assert not Import.objects.exists()


def test_a_press_without_a_file_says_so(signed):
    assert signed.post(at("import")).status_code == 422


def test_another_officers_file_is_not_shown(signed):
    give(signed, GOOD)
    signed.force_login(officer("Other"), backend="django.contrib.auth.backends.ModelBackend")
    pk = Import.objects.get().pk
    for name in ("import-preview", "import-faults"):
        assert signed.get(at(name, pk)).status_code == 404
    assert signed.post(at("import-apply", pk)).status_code == 404


def test_who_comes_in(client, clerk):
    signed_in = "django.contrib.auth.backends.ModelBackend"
    give_ = [at("import"), at("export", "xlsx")]
    assert [client.get(url).status_code for url in give_] == [302, 302]
    client.force_login(person("Nobody"), backend=signed_in)
    assert [client.get(url).status_code for url in give_] == [403, 403]
    client.force_login(clerk, backend=signed_in)
    assert [client.get(url).status_code for url in give_] == [200, 200]
    assert client.get(at("export", "pdf")).status_code == 404
    assert client.get(at("public-export", "pdf")).status_code == 404


@pytest.mark.parametrize(
    ("ending", "kind"), [("xlsx", "spreadsheetml"), ("csv", "csv"), ("json", "json")]
)
def test_what_the_office_takes_away_it_can_bring_back(signed, clerk, register, ending, kind):
    record.enter_all([record.Entering(one) for one in register[:5]], source="x", by=clerk, at=AT)
    answer = signed.get(at("export", ending, language="kk"))
    assert kind in answer["Content-Type"]
    assert f".{ending}" in answer["Content-Disposition"]
    page = give(signed, answer.content, name=f"x.{ending}").content.decode()
    assert "В реестре всё это уже есть" in page


def test_the_public_export_has_the_filters_of_the_directory(client, clerk, register):
    republican = [one for one in register if not one.unit][:2]
    regional = [one for one in register if one.unit and not one.parent][:3]
    record.enter_all(
        [record.Entering(one) for one in (*republican, *regional)], source="x", by=clerk, at=AT
    )
    url = at("public-export", "json")
    assert len(json.loads(client.get(url).content)["records"]) == 5
    only = json.loads(client.get(url, {"level": "republican"}).content)["records"]
    assert {one["level"] for one in only} == {"republican"}
    assert len(only) == 2
    assert "office" not in client.get(at("public-export", "csv")).content.decode()
