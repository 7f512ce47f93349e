"""Which record a row is about, who may import what, and that a file is applied whole or not."""

from dataclasses import replace

import pytest
from django.db import transaction

from kelisim.bodies.actions import importing, record
from kelisim.bodies.models import Association, Body, Fact, Import
from kelisim.bodies.states import Role
from kelisim.bodies.trees.numbers import check_digit
from kelisim.bodies.trees.record import Facts
from kelisim.ledger.models import Entry
from kelisim.refusals import Refused
from tests.bodies.people import AT, council, found, hold, officer, person
from tests.bodies.table.ways import ON, bring, look, read, said, separated

pytestmark = pytest.mark.django_db


def number(eleven: str) -> str:
    return f"{eleven}{check_digit(eleven)}"


ONE, TWO, THREE = number("99130000010"), number("99130000020"), number("99130000030")
EAST, ALMATY = "630000000", "750000000"
HEAD = ["Код в реестре", "Наименование", "Уровень", "БИН", "Код КАТО", "Головное объединение"]


def row(name, bin_="", unit=EAST, slug="", parent=""):
    return [slug, name, "местное", bin_, unit, parent]


def sheet(*rows):
    return separated([HEAD, *rows])


def enter(called, by, **facts):
    one = replace(Facts(name={"ru": called}, unit=EAST), **facts)
    return record.enter(one, source="x", by=by, at=AT)


def codes(found):
    return [fault.why.code for fault in found.faults]


def test_a_row_is_matched_by_its_code_then_its_bin_then_its_name_and_territory(clerk):
    by_code = enter("Первое", clerk)
    by_bin = enter("Второе", clerk, bin=ONE)
    by_name = enter("Общество «Третье»", clerk)
    content = sheet(
        row("Первое переименовано", slug=by_code.body.slug),
        row("Второе переименовано", ONE),
        row('ОБЩЕСТВО "ТРЕТЬЕ"', TWO),
        row("Третье в другом месте", unit=ALMATY),
    )
    assert bring(content, clerk) == {"new": 1, "changed": 3, "unchanged": 0, "faults": 0}
    assert Body.objects.get(pk=by_code.pk).name == {"ru": "Первое переименовано"}
    assert Body.objects.get(pk=by_bin.pk).name == {"ru": "Второе переименовано"}
    assert Association.objects.get(pk=by_name.pk).bin == TWO


def test_a_name_that_two_records_bear_is_ambiguous(clerk):
    one, other = enter("Одно имя", clerk), enter("Одно имя", clerk)
    (fault,) = look(sheet(row("Одно имя")), clerk).faults
    assert fault.why.code == "bodies.row_ambiguous"
    assert fault.why.facts["records"] == f"{one.body.slug}, {other.body.slug}"


def test_a_code_and_a_bin_of_two_records_are_a_fault_that_names_both(clerk):
    one, other = enter("Одно", clerk), enter("Другое", clerk, bin=ONE)
    (fault,) = look(sheet(row("Одно", ONE, slug=one.body.slug)), clerk).faults
    assert (fault.why.code, fault.why.facts["one"], fault.why.facts["other"]) == (
        "bodies.row_two_records",
        one.body.slug,
        other.body.slug,
    )


def test_a_namesake_with_another_bin_is_not_taken_for_the_record(clerk):
    enter("Одно имя", clerk, bin=ONE)
    assert codes(look(sheet(row("Одно имя", TWO)), clerk)) == ["bodies.row_other_bin"]


def test_a_code_that_the_register_does_not_know_is_a_fault(clerk):
    assert codes(look(sheet(row("Новое", slug="nobody")), clerk)) == ["bodies.row_no_record"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (row("Первое", ONE), row("Второе", ONE)),
        (row("Одно имя"), row("одно имя")),
        (row("Одно имя"), row("Одно имя", ONE)),
        (row("Одно имя", ONE), row("Одно имя")),
    ],
)
def test_two_rows_for_one_association_are_a_fault_of_the_second(clerk, first, second):
    (fault,) = look(sheet(first, second), clerk).faults
    assert (fault.where.row, fault.why.code, fault.why.facts["row"]) == (3, "bodies.row_twice", 2)


def test_namesakes_with_numbers_of_their_own_are_two(clerk):
    content = sheet(row("Одно имя", ONE), row("Одно имя", TWO), row("Одно имя", unit=ALMATY))
    assert bring(content, clerk)["new"] == 3
    assert bring(content, clerk)["unchanged"] == 3


def test_a_bin_cannot_pass_to_a_record_in_one_row_and_be_new_in_another(clerk):
    one = enter("Первое", clerk)
    content = sheet(row("Первое", ONE, slug=one.body.slug), row("Второе", ONE))
    assert codes(look(content, clerk)) == ["bodies.row_twice"]


def test_branches_may_stand_above_their_parents_and_are_named_by_name_bin_or_code(clerk):
    there = enter("Давнее", clerk)
    content = sheet(
        row("Внук", parent="Сын"),
        row("Сын", parent=ONE),
        row("Отец", ONE),
        row("Племянник", parent=there.body.slug),
    )
    assert bring(content, clerk)["new"] == 4
    bodies = {body.name["ru"]: body for body in Body.objects.filter(association__isnull=False)}
    assert bodies["Внук"].path == (f"/{bodies['Отец'].pk}/{bodies['Сын'].pk}/{bodies['Внук'].pk}/")
    assert bodies["Племянник"].parent_id == there.pk
    assert bring(content, clerk)["unchanged"] == 4


def test_a_subtree_moved_in_one_table_keeps_its_paths(clerk):
    content = sheet(row("Отец", ONE), row("Сын", TWO, parent=ONE), row("Внук", THREE, parent=TWO))
    bring(content, clerk)
    moved = sheet(
        row("Внук переименован", THREE, parent=TWO),
        row("Сын", TWO, parent="Дед"),
        row("Отец", ONE, parent="Дед"),
        row("Дед"),
    )
    bring(moved, clerk)
    bodies = {body.name["ru"]: body for body in Body.objects.filter(association__isnull=False)}
    top, son = bodies["Дед"], bodies["Сын"]
    assert (
        bodies["Внук переименован"].path == f"/{top.pk}/{son.pk}/{bodies['Внук переименован'].pk}/"
    )


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([row("Сын", parent="Никто")], ["bodies.no_such_parent"]),
        ([row("А", ONE, parent=TWO), row("Б", TWO, parent=ONE)], ["bodies.parent_circle"] * 2),
        ([row("А", ONE, parent=ONE)], ["bodies.parent_circle"]),
        (
            [row("Отец", ONE), row("Отец", TWO), row("Сын", parent="Отец")],
            ["bodies.parent_several"],
        ),
    ],
)
def test_a_parent_that_cannot_be_is_a_fault(clerk, rows, expected):
    found = look(sheet(*rows), clerk)
    assert codes(found) == expected
    assert {fault.where.letter for fault in found.faults} == {"F"}


def test_a_table_speaks_only_of_its_columns_languages_and_years(clerk):
    whole = {
        "name": {"kk": "Үлгі", "ru": "Пример"},
        "phone": "+7 700",
        "members": {2024: 5, 2025: 6},
    }
    one = enter("x", clerk, **whole)
    content = separated(
        [
            ["Код в реестре", "Наименование (рус.)", "Кол-во членов 2025"],
            [one.body.slug, "Иначе", "7"],
        ]
    )
    bring(content, clerk)
    body = Body.objects.get(pk=one.pk)
    assert (body.name, body.phone) == ({"kk": "Үлгі", "ru": "Иначе"}, "+7 700")
    assert dict(one.memberships.values_list("year", "count")) == {2024: 5, 2025: 7}


def test_an_empty_cell_takes_a_value_away_but_never_a_leader(clerk):
    one = enter("Пример", clerk, phone="+7 700", leader="Басшы (ойдан алынған)")
    content = separated(
        [["Код в реестре", "Тел.", "Руководитель", "Дата избрания"], [one.body.slug, "", "", ""]]
    )
    assert bring(content, clerk)["changed"] == 1
    assert Body.objects.get(pk=one.pk).phone == ""
    assert one.body.seats.get(role=Role.LEADER).mandates.get().holder == "Басшы (ойдан алынған)"
    assert bring(content, clerk)["unchanged"] == 1


def test_a_leader_who_holds_an_account_is_not_displaced_backwards(clerk):
    one = enter("Пример", clerk)
    hold(person("Leader"), one.body, Role.LEADER)
    content = separated(
        [
            ["Код в реестре", "Руководитель", "Дата избрания"],
            [one.body.slug, "Другой", "01.01.2020"],
        ]
    )
    assert said(look(content, clerk).faults) == [("", 2, "C", "bodies.leader_before")]


def test_what_changed_is_declared_anew_with_the_file_as_its_source(clerk):
    one = enter("Пример", clerk)
    Fact.objects.update(state="verified", verified_on=ON, due_on=ON)
    bring(sheet(row("Пример иначе", slug=one.body.slug)), clerk)
    changed = Fact.objects.filter(association=one, state="declared")
    assert [(fact.field, fact.source) for fact in changed] == [("name", "register.xlsx")]


def test_a_registrar_of_a_region_brings_only_what_lies_in_it(clerk):
    other = found("regional-assembly", "East", parent=council(), unit=record.known(ON).units[EAST])
    local = officer("Local", of=other)
    enter("В Алматы", clerk, unit=ALMATY, bin=ONE)
    content = sheet(row("Наше"), row("Чужое", unit=ALMATY), row("В Алматы иначе", ONE, unit=EAST))
    found_ = look(content, local)
    assert said(found_.faults) == [
        ("", 3, "E", "bodies.not_registrar"),
        ("", 4, "", "bodies.not_registrar"),
    ]
    with pytest.raises(Refused):
        bring(content, local)
    assert Association.objects.count() == 1
    assert bring(sheet(row("Наше"), row("В Алматы", ONE, unit=ALMATY)), local)["new"] == 1


def test_somebody_without_the_right_uploads_nothing(clerk):
    with pytest.raises(Refused) as refused:
        importing.upload(read(sheet(row("x"))), name="x", by=person("Nobody"), at=AT)
    assert [why.code for why in refused.value.refusals] == ["bodies.not_importer"]
    assert not Import.objects.exists()


def test_only_the_file_that_was_looked_at_is_applied(clerk):
    kept = importing.upload(read(sheet(row("Одно"))), name="x", by=clerk, at=AT)
    with pytest.raises(Refused) as refused:
        importing.apply(kept.pk, read=read(sheet(row("Другое"))), by=clerk, at=AT)
    assert [why.code for why in refused.value.refusals] == ["bodies.import_other_file"]


def test_a_file_applied_twice_does_nothing_the_second_time(clerk):
    what = read(sheet(row("Одно")))
    kept = importing.upload(what, name="x", by=clerk, at=AT)
    importing.apply(kept.pk, read=what, by=clerk, at=AT)
    Body.objects.filter(name__ru="Одно").update(phone="+7 700")
    acts = Entry.objects.count()
    again = importing.apply(kept.pk, read=what, by=clerk, at=AT)
    assert (again["new"], again["changed"], Entry.objects.count()) == (0, 0, acts)


def test_a_register_that_moved_meanwhile_is_a_refusal_and_nothing_is_saved(clerk, monkeypatch):
    what = read(sheet(row("Одно", ONE)))
    kept = importing.upload(what, name="x", by=clerk, at=AT)
    seen = importing.preview

    def moved(*args, **facts):
        found_ = seen(*args, **facts)
        with transaction.atomic():
            enter("Быстрее", clerk, bin=ONE)
        return found_

    monkeypatch.setattr(importing, "preview", moved)
    with pytest.raises(Refused) as refused:
        importing.apply(kept.pk, read=what, by=clerk, at=AT)
    assert [why.code for why in refused.value.refusals] == ["bodies.register_moved"]
    assert not Association.objects.exists()


def test_applying_has_no_more_queries_of_the_register_for_a_hundred_rows_than_for_ten(clerk):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def asked(names) -> int:
        what = read(sheet(*(row(name) for name in names)))
        kept = importing.upload(what, name="x", by=clerk, at=AT)
        with CaptureQueriesContext(connection) as queries:
            importing.apply(kept.pk, read=what, by=clerk, at=AT)
        told = [query["sql"] for query in queries if "ledger_" not in query["sql"]]
        return sum(sql.startswith(("SELECT", "UPDATE", "DELETE")) for sql in told)

    enter("Давнее", clerk)
    few = asked([f"Первые {n}" for n in range(10)])
    assert asked([f"Вторые {n}" for n in range(100)]) == few


def test_everything_wrong_with_a_new_record_stands_at_its_cell(clerk):
    content = separated(
        [
            [
                "Наименование",
                "Уровень",
                "БИН",
                "Регистрация в юстиции",
                "Дата регистрации",
                "Код КАТО",
            ],
            ["", "местное", "991300000109", "да", "01.01.2030", "999999999"],
            ["Без БИН", "республиканское", "", "да", "", ""],
            ["Без места", "местное", "", "нет", "", ""],
        ]
    )
    assert said(look(content, clerk).faults) == [
        ("", 2, "A", "bodies.name_needed"),
        ("", 2, "C", "bodies.bin_wrong"),
        ("", 2, "E", "bodies.in_future"),
        ("", 2, "F", "bodies.no_such_unit"),
        ("", 3, "C", "bodies.bin_needed"),
        ("", 4, "F", "bodies.unit_needed"),
    ]
