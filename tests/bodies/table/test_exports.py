"""What is exported can be imported and then changes nothing; what is public holds no more."""

import csv
import io
import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kelisim.bodies import exports
from kelisim.bodies.actions import record
from kelisim.bodies.models import Association
from kelisim.bodies.queries.table import Words, records, vocabulary, words
from kelisim.bodies.readers import table
from kelisim.bodies.states import Level, OfferingKind
from kelisim.bodies.trees.matching import Record, Register, match
from kelisim.bodies.trees.record import Facts, Offer, changed
from kelisim.bodies.trees.territory import Called, Vocabulary
from tests.bodies.people import AT
from tests.bodies.table.ways import ON, look

LANGUAGES = ("kk", "ru", "en")
UNITS = {"630000000": "", "630100000": "630000000", "750000000": ""}
NAMES = {
    "630000000": (
        "Шығыс Қазақстан облысы",
        "Восточно-Казахстанская область",
        "East Kazakhstan Region",
    ),
    "630100000": ("Өскемен қаласы", "город Усть-Каменогорск", "Oskemen city"),
    "750000000": ("Алматы қаласы", "город Алматы", "Almaty city"),
}
TAGS = {
    ("community", "korean"): ("корей", "корейская", "Korean"),
    ("community", "karachay-balkar"): ("қарашай-балқар", "карачаево-балкарская", "Karachay-Balkar"),
    ("language", "korean"): ("корей тілі", "корейский язык", "Korean"),
    ("language", "hebrew"): ("иврит", "иврит", "Hebrew"),
    ("activity", "media"): (
        "газет, журнал, эфир",
        "газета, журнал, эфир",
        "newspaper, magazine, broadcast",
    ),
    ("activity", "language"): ("тіл үйрету", "обучение языку", "language teaching"),
}
VOCABULARY = Vocabulary(
    tuple(
        Called(kato, UNITS[kato], "oblast" if kato == "630000000" else "city", said)
        for kato, said in NAMES.items()
    ),
    tuple((kind, word, key) for (kind, key), said in TAGS.items() for word in said),
)


def words_in(language: str) -> Words:
    at = LANGUAGES.index(language)
    return Words(
        {key: said[at] for key, said in TAGS.items()},
        {
            kato: (NAMES[region][at], NAMES[kato][at]) if region else (NAMES[kato][at], "")
            for kato, region in UNITS.items()
        },
    )


TEXT = (
    st.text(
        st.characters(
            codec="utf-8",
            exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp", "Co", "Cn"),
            exclude_characters="\u00a0\u202f",
            include_characters="\n|\\'=+-@;,\"«»қә",
        ),
        min_size=1,
        max_size=40,
    )
    .map(str.strip)
    .filter(lambda said: said not in {"", "-", "–", "—", "−", "x", "х"})
)
SPOKEN = st.dictionaries(st.sampled_from(LANGUAGES), TEXT, max_size=3)
NUMBERS = st.from_regex(r"\+7 7[0-9]{8}", fullmatch=True) | st.just("")
MAILS = st.from_regex(r"[a-z]{1,9}@demo\.example", fullmatch=True) | st.just("")
DAYS = st.dates(date(1895, 1, 1), date(2026, 1, 1))


def keys(kind: str):
    known = [key for of, key in TAGS if of == kind]
    return st.sets(st.sampled_from(known)).map(lambda some: tuple(sorted(some)))


OFFERS = st.builds(
    Offer,
    kind=st.sampled_from(OfferingKind),
    name=SPOKEN,
    language=st.sampled_from(["", "korean", "hebrew"]),
    place=SPOKEN,
    seats=st.none() | st.integers(0, 100_000),
)


@st.composite
def facts(draw):
    leader = draw(st.just("") | st.just("Үлгі Адамұлы (ойдан алынған)"))
    return Facts(
        name=draw(SPOKEN.filter(bool)),
        short=draw(SPOKEN),
        level=draw(st.sampled_from(Level)),
        legal_form=draw(SPOKEN),
        bin=draw(st.sampled_from(["", "020140001232", "991300000109"])),
        justice=draw(st.booleans()),
        record_number=draw(st.sampled_from(["", "№ 7-ЮЛ", "=1+1", "0012"])),
        recorded_on=draw(st.none() | DAYS),
        recorded_where=draw(SPOKEN),
        unit=draw(st.sampled_from(["", *UNITS])),
        communities=draw(keys("community")),
        languages=draw(keys("language")),
        activities=draw(keys("activity")),
        offers=tuple(draw(st.lists(OFFERS, max_size=3))),
        address=draw(SPOKEN),
        phone=draw(NUMBERS),
        email=draw(MAILS),
        site=draw(st.sampled_from(["", "https://a.example/путь"])),
        office_phone=draw(NUMBERS),
        office_email=draw(MAILS),
        leader=leader,
        leader_since=draw(DAYS) if leader else None,
        members=draw(st.dictionaries(st.integers(1990, 2026), st.integers(0, 5_000), max_size=3)),
    )


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(facts(), min_size=1, max_size=3), st.sampled_from(LANGUAGES))
@pytest.mark.parametrize("ending", ["xlsx", "csv", "json"])
def test_an_import_of_an_export_changes_nothing(ending, some, language):
    kept = [Record(pk, f"record-{pk}", one) for pk, one in enumerate(some, start=1)]
    content = exports.for_office(
        exports.FORMS[ending], kept, words=words_in(language), language=language, on=ON
    )
    found = table.read(content, vocabulary=VOCABULARY, on=ON)
    assert [fault.why for fault in found.faults] == []
    assert [note.why for note in found.notes] == []
    matches, faults = match(found.rows, Register(kept))
    same_bins = len({one.bin for one in some if one.bin}) < len([one for one in some if one.bin])
    if not same_bins:
        assert faults == []
        for one, record_ in zip(matches, kept, strict=True):
            assert one.record is record_
            assert changed(record_.facts, one.facts) == []


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("ending", ["xlsx", "csv", "json"])
def test_the_register_comes_back_as_it_went(clerk, units, ending, language):
    from kelisim.cli.invented import associations

    # A record in each territory that there is: every name must be found again.
    invented = [one for one in associations(820, units) if one.parent == ""]
    register = [
        replace(
            invented[place % len(invented)], unit=kato, bin="", justice=False, level=Level.LOCAL
        )
        for place, kato in enumerate(units)
    ]
    record.enter_all([record.Entering(one) for one in register], source="x", by=clerk, at=AT)
    content = exports.for_office(
        exports.FORMS[ending], records(ON), words=words(ON, language), language=language, on=ON
    )
    found = look(content, clerk)
    assert (found.faults, found.notes) == ((), ()) or (list(found.faults), list(found.notes)) == (
        [],
        [],
    )
    assert (len(found.new), len(found.changed), found.unchanged) == (0, 0, len(units))


@pytest.mark.django_db
def test_an_export_has_as_many_queries_for_ten_as_for_one(
    clerk, register, django_assert_num_queries
):
    def export():
        return exports.for_office(
            exports.XLSX, records(ON), words=words(ON, "kk"), language="kk", on=ON
        )

    record.enter(register[0], source="x", by=clerk, at=AT)
    with django_assert_num_queries(8):
        export()
    record.enter_all([record.Entering(one) for one in register[1:11]], source="x", by=clerk, at=AT)
    with django_assert_num_queries(8):
        export()


@pytest.mark.django_db
def test_a_preview_has_as_many_queries_for_ten_rows_as_for_one(
    clerk, register, django_assert_max_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def asked(some) -> int:
        kept = [Record(pk, "", one) for pk, one in enumerate(some, start=1)]
        content = exports.for_office(exports.CSV, kept, words=words(ON, "ru"), language="ru", on=ON)
        with CaptureQueriesContext(connection) as queries:
            look(content, clerk)
        return len(queries)

    record.enter(register[0], source="x", by=clerk, at=AT)
    changed_one = replace(register[0], leader="Жаңа (ойдан алынған)")
    assert asked([changed_one]) == asked([changed_one, *register[1:12]])


def rows_of(content: bytes) -> list[dict]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


WHOLE = Facts(
    name={"ru": "=Пример"},
    members={2024: 61, 2025: 63},
    phone="+7 700",
    email="public@demo.example",
    office_phone="+7 111",
    office_email="office@demo.example",
    leader="Үлгі Адамұлы",
    leader_since=date(2020, 2, 2),
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("ending", ["xlsx", "csv", "json"])
def test_a_public_export_holds_no_office_contact_and_no_number_of_members(ending, language):
    from python_calamine import CalamineWorkbook

    content = exports.for_everybody(
        exports.FORMS[ending],
        [Record(1, "example", WHOLE)],
        words=words_in(language),
        language=language,
        on=ON,
    )
    if ending == "xlsx":
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        told = str(book.get_sheet_by_index(0).to_python())
    else:
        told = content.decode()
    assert "public@demo.example" in told
    assert not any(word in told for word in ("office@", "+7 111", "63", "61", "2020"))
    assert "50" in told
    assert "99" in told


def test_no_cell_of_a_csv_is_a_formula():
    content = exports.for_office(
        exports.CSV, [Record(1, "example", WHOLE)], words=words_in("ru"), language="ru", on=ON
    )
    cells = [cell for row in rows_of(content) for cell in row.values()]
    assert "'=Пример" in cells
    assert not any(cell[:1] in {"=", "+", "-", "@"} for cell in cells)


def test_a_spreadsheet_holds_numbers_and_days_as_such_and_its_headings_stay_in_sight():
    from openpyxl import load_workbook

    facts_ = replace(WHOLE, bin="020140001232", recorded_on=date(2002, 1, 14))
    content = exports.for_office(
        exports.XLSX, [Record(1, "example", facts_)], words=words_in("kk"), language="kk", on=ON
    )
    sheet = load_workbook(io.BytesIO(content)).active
    heads = {cell.value: cell for cell in sheet[1]}
    assert heads["БСН"].font.bold
    assert sheet.freeze_panes == "A2"
    row = {head: sheet.cell(2, cell.column).value for head, cell in heads.items()}
    assert row["БСН"] == "020140001232"
    assert row["Тіркелген күні"].date() == date(2002, 1, 14)
    assert row["Мүшелер саны 2025"] == 63


def test_json_keeps_keys_and_the_office_format_alone_can_be_read_back():
    from kelisim.refusals import Refused

    kept = [Record(1, "example", WHOLE)]
    said = json.loads(
        exports.for_office(exports.JSON, kept, words=words_in("kk"), language="kk", on=ON)
    )
    assert said["records"][0]["members"] == {"2024": 61, "2025": 63}
    public = exports.for_everybody(exports.JSON, kept, words=words_in("kk"), language="kk", on=ON)
    assert json.loads(public)["records"][0]["members"] == {"year": 2025, "from": 50, "to": 99}
    with pytest.raises(Refused) as refused:
        table.read(public, vocabulary=VOCABULARY, on=ON)
    assert [why.code for why in refused.value.refusals] == ["bodies.table_not_ours"]


@pytest.mark.django_db
def test_every_word_is_found_again_in_every_language(clerk):
    from kelisim.bodies.models import Tag
    from kelisim.bodies.readers.table import tags_known
    from kelisim.bodies.readers.table.cells import tags

    known = tags_known(vocabulary(ON, "ru"))
    for tag in Tag.objects.all():
        for said in tag.words.values():
            assert tags(said, known[tag.kind]) == (tag.key,)


@pytest.mark.django_db
def test_an_association_kept_by_nobody_is_in_no_export(clerk, register):
    association = record.enter(register[0], source="x", by=clerk, at=AT)
    other = record.enter(register[1], source="x", by=clerk, at=AT)
    association.body.merged_into = other.body
    association.body.save()
    assert [one.pk for one in records(ON, Association.objects.all())] == [other.pk]
