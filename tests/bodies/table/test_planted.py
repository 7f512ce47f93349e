"""A register of 820 rows with 40 planted faults: each is named at its cell, nothing is saved."""

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

import pytest

from kelisim.bodies.actions import importing
from kelisim.bodies.models import Association, Body, Fact, Mandate
from kelisim.bodies.trees.names import wanted_slug
from kelisim.bodies.trees.numbers import check_digit
from kelisim.ledger.models import Entry
from kelisim.refusals import Refused
from kelisim.search.models import Entry as Indexed
from tests.bodies.people import AT
from tests.bodies.table.office import workbook
from tests.bodies.table.ways import bring, clean_parts, look, read, said

pytestmark = pytest.mark.django_db

ZERO = "02014000123"
LOST_ZERO = float(f"{ZERO}{check_digit(ZERO)}")


@dataclass(frozen=True)
class Plant:
    """A fault: in which sheet and record, what is typed there, what will be said of it."""

    part: int
    index: int
    column: str
    typed: Any
    code: str


def other_digit(number: Any) -> str:
    """A BIN with another check digit than its own."""
    digits = str(int(number))
    return f"{digits[:-1]}{(int(digits[-1]) + 1) % 10}"


# Sheets of even number are in Russian, of odd number in Kazakh; sheet 0 is of the republican.
PLANTS = [
    Plant(0, 0, "bin", other_digit, "bodies.bin_wrong"),
    Plant(0, 1, "bin", LOST_ZERO, "bodies.cell_bin_zero"),
    Plant(0, 2, "bin", "99130000", "bodies.cell_bin_length"),
    Plant(0, 3, "bin", "9913О0000045", "bodies.cell_bin_letters"),
    Plant(0, 4, "bin", "9,9130000005E+11", "bodies.cell_bin_exponent"),
    Plant(0, 5, "bin", "", "bodies.bin_needed"),
    Plant(0, 6, "recorded_on", "в начале года", "bodies.cell_day"),
    Plant(0, 7, "recorded_on", "31.02.2010", "bodies.cell_day_none"),
    Plant(0, 8, "recorded_on", "14.01.02", "bodies.cell_day_year"),
    Plant(0, 9, "recorded_on", 37270, "bodies.cell_day_serial"),
    Plant(0, 10, "recorded_on", "01.12.2030 г.", "bodies.in_future"),
    Plant(0, 11, "level", "межгалактическое", "bodies.cell_level"),
    Plant(0, 12, "justice", "возможно", "bodies.cell_yes_no"),
    Plant(0, 13, "communities", "марсианский", "bodies.cell_word"),
    Plant(0, 14, "communities", "корейсий", "bodies.cell_word_near"),
    Plant(0, 15, "email", "нет-адреса", "bodies.cell_email"),
    Plant(0, 16, "email", "a@demo.example, b@demo.example", "bodies.cell_emails"),
    Plant(0, 17, "site", "есть сайт", "bodies.cell_site"),
    Plant(0, 18, "members_2025", "около ста", "bodies.cell_count"),
    Plant(0, 19, "members_2024", -5, "bodies.members_count"),
    Plant(0, 21, "region", "Южно-Казахстанская область", "bodies.place_ended"),
    Plant(0, 22, "region", "Примерская область", "bodies.place_unknown"),
    Plant(0, 23, "phone", "+7 000 " * 12, "bodies.cell_too_long"),
    Plant(0, 24, "leader_since", "2030-01-01", "bodies.in_future"),
    Plant(1, 3, "district", "Марс ауданы", "bodies.place_unknown"),
    Plant(1, 4, "level", "ғаламдық", "bodies.cell_level"),
    Plant(1, 5, "justice", "мүмкін", "bodies.cell_yes_no"),
    Plant(2, 3, "district", "Жуалынский район", "bodies.place_unknown"),
    Plant(2, 4, "members_2025", 12.5, "bodies.cell_count"),
    Plant(2, 21, "languages", "марсианский язык", "bodies.cell_word"),
    Plant(3, 21, "activities", "ғарышқа ұшу", "bodies.cell_word"),
    Plant(3, 20, "recorded_on", "2002 ж. 45 қаңтар", "bodies.cell_day"),
    Plant(4, 2, "members_2024", 90_000_000, "bodies.members_count"),
    Plant(4, 15, "parent", "Общество, которого нет", "bodies.no_such_parent"),
    Plant(5, 0, "bin", other_digit, "bodies.bin_wrong"),
    Plant(5, 1, "leader_since", "кеше", "bodies.cell_day"),
    Plant(6, 1, "email", "эл. почта утеряна", "bodies.cell_email"),
    Plant(7, 22, "record_number", "Ү" * 61, "bodies.cell_too_long"),
]


@pytest.fixture
def clean(clerk):
    return clean_parts()


def planted(clean):
    """The register with its faults, and where each will be found."""
    expected = []
    for plant in PLANTS:
        part = clean[plant.part]
        row = part.rows[plant.index]
        row[plant.column] = plant.typed(row[plant.column]) if callable(plant.typed) else plant.typed
        where = part.place(plant.index)
        expected.append((part.title, where, part.letter(plant.column), plant.code))
    # Two that need another row: a BIN twice, and one association in two rows.
    part = clean[8]
    part.rows[1]["bin"] = part.rows[0]["bin"]
    expected.append((part.title, part.place(1), "", "bodies.row_twice"))
    part = clean[9]
    part.rows[30] = dict(part.rows[29])
    expected.append((part.title, part.place(30), "", "bodies.row_twice"))
    return expected


def counts():
    kept = (Association, Body, Fact, Mandate, Entry, Indexed)
    return [model.objects.count() for model in kept]


def test_forty_faults_are_named_each_at_its_cell_and_nothing_is_saved(clerk, clean):
    expected = planted(clean)
    assert len(expected) == 40
    assert len({code for *_where, code in expected}) >= 15
    content = workbook(clean)
    before = counts()
    found = look(content, clerk)
    assert Counter(said(found.faults)) == Counter(expected)
    unknown = {n.where.column for n in found.notes if n.why.code == "bodies.column_unknown"}
    assert unknown == {"Примечание"}
    kept = importing.upload(read(content), name="r.xlsx", by=clerk, at=AT)
    with pytest.raises(Refused) as refused:
        importing.apply(kept.pk, read=read(content), by=clerk, at=AT)
    assert len(refused.value.refusals) == 40
    assert counts() == before


def test_the_corrected_register_is_accepted_and_a_second_time_changes_nothing(clerk, clean):
    content = workbook(clean)
    assert bring(content, clerk) == {"new": 820, "changed": 0, "unchanged": 0, "faults": 0}
    kept = Association.objects
    assert kept.filter(level="republican").count() == 28
    assert kept.filter(justice=True).count() == 324
    assert kept.filter(justice=False, body__parent=None).count() == 0
    before = counts()
    assert bring(content, clerk) == {"new": 0, "changed": 0, "unchanged": 820, "faults": 0}
    assert counts() == before


def test_only_what_changed_is_written(clerk, clean):
    bring(workbook(clean), clerk)
    clean[0].rows[3]["phone"] = "+7 (000) 999-99-99"
    clean[3].rows[5]["members_2025"] = 77
    acts = Entry.objects.count()
    assert bring(workbook(clean), clerk)["changed"] == 2
    fresh = Entry.objects.filter(number__gt=acts).order_by("number")
    assert [(entry.act, (entry.after or {}).get("facts")) for entry in fresh] == [
        ("bodies.record_changed", "contacts"),
        ("bodies.record_changed", "members"),
        ("bodies.register_imported", None),
    ]


def test_what_stands_in_no_column_stays(clerk, register, clean):
    bring(workbook(clean), clerk)
    body = Body.objects.get(slug=wanted_slug(register[0].name))
    Body.objects.filter(pk=body.pk).update(
        office_phone="+7 (000) 000-00-00", site="https://x.example"
    )
    clean[0].rows[0]["name_en"] = "Renamed (invented)"
    bring(workbook(clean), clerk)
    body.refresh_from_db()
    assert (body.name["en"], body.office_phone) == ("Renamed (invented)", "+7 (000) 000-00-00")


def test_the_ledger_has_the_file_and_the_counts(clerk, clean):
    content = workbook(clean)
    bring(content, clerk)
    entry = Entry.objects.get(act="bodies.register_imported")
    assert entry.after == {
        "sha256": read(content).sha256,
        "new": 820,
        "changed": 0,
        "unchanged": 0,
        "faults": 0,
    }


def test_the_invented_are_the_same_each_time_and_hold(units, register):
    from kelisim.cli.invented import associations

    assert associations(820, units) == register
    assert len({facts.bin for facts in register if facts.bin}) == 324
    assert len({wanted_slug(facts.name) for facts in register}) == 820
    assert all("вымышлено" in facts.name["ru"] for facts in register)
    assert replace(register[0]) == register[0]
