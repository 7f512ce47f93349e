"""Tables as offices type them are read; what cannot be read is named where it stands."""

import io
import zipfile
from datetime import date

import pytest
import xlsxwriter

from kelisim.bodies.readers import table
from kelisim.bodies.states import Level, OfferingKind
from kelisim.bodies.trees.record import Offer
from kelisim.bodies.trees.spelling import facts, heading, normal
from kelisim.bodies.trees.territory import Called, Vocabulary
from kelisim.refusals import Refused
from tests.bodies.table.ways import ON, said, separated, workbook


def place(kato, kk, ru, en, *, parent="", sort="oblast", short=(), **more):
    return Called(kato, parent, sort, (*short, kk, ru, en, ru), **more)


PLACES = (
    place("190000000", "Алматы облысы", "Алматинская область", "Almaty Region", short=("Алматы обл.", "Алматинская")),
    place("750000000", "Алматы қаласы", "город Алматы", "Almaty city", sort="city", short=("Алматы", "Almaty")),
    place("790000000", "Шымкент қаласы", "город Шымкент", "Shymkent city", sort="city", short=("Шымкент",)),
    place("710000000", "Нұр-Сұлтан қаласы", "город Нур-Султан", "Nur-Sultan city", sort="city", short=("Нур-Султан",), in_use=False),
    place("710000000", "Астана қаласы", "город Астана", "Astana city", sort="city", short=("Астана",)),
    place("100000000", "Абай облысы", "область Абай", "Abai Region", short=("Абай",)),
    place("630000000", "Шығыс Қазақстан облысы", "Восточно-Казахстанская область", "East Kazakhstan Region", short=("ШҚО", "ВКО")),
    place("510000000", "Оңтүстік Қазақстан облысы", "Южно-Казахстанская область", "South Kazakhstan Region", short=("ЮКО",), stands=False, became=("Туркестанская область", "город Шымкент")),
    place("430000000", "Қызылорда облысы", "Кызылординская область", "Kyzylorda Region", short=("Қызылорда",)),
    place("103200000", "Абай ауданы", "Абайский район", "Abai District", parent="100000000", sort="district"),
    place("196200000", "Талғар ауданы", "Талгарский район", "Talgar District", parent="190000000", sort="district"),
    place("101000000", "Семей қаласы", "город Семей", "Semey city", parent="100000000", sort="district"),
    place("191200000", "Абай ауданы", "Абайский район", "Abai District", parent="190000000", sort="district"),
)  # fmt: skip
TAGS = (
    ("community", "корейская", "korean"),
    ("community", "корей", "korean"),
    ("community", "татарская", "tatar"),
    ("community", "татар", "tatar"),
    ("language", "корейский язык", "korean"),
    ("language", "корей тілі", "korean"),
    ("activity", "газета, журнал, эфир", "media"),
    ("activity", "музыка и танец", "music"),
)
WORDS = Vocabulary(PLACES, TAGS)


def read(content):
    return table.read(content, vocabulary=WORDS, on=ON)


def one(**cells):
    """The one row of a table with these columns."""
    (row,) = read(separated([list(cells), list(cells.values())])).rows
    return row.values


def fault(**cells):
    """The one fault of a table of one row."""
    found = read(separated([list(cells), list(cells.values())]))
    (only,) = found.faults
    return only


def columns():
    return [(column, tongues) for column, tongues in facts()["columns"].items()]


@pytest.mark.parametrize(("column", "tongues"), columns())
def test_a_column_has_many_spellings_and_each_is_its_own(column, tongues):
    spellings = [(tongue, said) for tongue, some in tongues.items() for said in some]
    assert len(spellings) >= 8
    assert {tongue for tongue, _said in spellings} == {"kk", "ru", "en"}
    for _tongue, text in spellings:
        for way in (text, text.upper(), text.replace(" ", "\n"), f" {text}: ", f"{text} (*)"):
            assert heading(way).column == column


def test_no_spelling_means_two_columns():
    seen = {}
    for column, tongues in columns():
        for some in tongues.values():
            for said_ in some:
                assert seen.setdefault(normal(said_), column) == column


@pytest.mark.parametrize(
    ("words", "column", "tongue", "year"),
    [
        ("Кол-во членов 2025", "members", "", 2025),
        ("Мүшелер саны 2024 ж.", "members", "", 2024),
        ("Численность на 2023 год", "members", "", 2023),
        ("НАИМЕНОВАНИЕ на каз. языке", "name", "kk", None),
        ("Қазақша атауы", "name", "kk", None),
        ("Атауы / Наименование", "name", "", None),
        ("Наимено-\nвание", "name", "", None),
        ("Организационно-\nправовая форма", "legal_form", "", None),
        ("БИН\n(12 цифр)", "bin", "", None),
        ("Ф.И.О. руководителя", "leader", "", None),
        ("Pегион", "region", "", None),  # a Latin P
        ("Краткое наименование (англ.)", "short", "en", None),
    ],
)
def test_a_heading_is_known_however_it_is_written(words, column, tongue, year):
    found = heading(words)
    assert (found.column, found.tongue, found.year) == (column, tongue, year)


@pytest.mark.parametrize("words", ["Примечание", "", "БИН 2025", "Атауы / Примечание", "x" * 300])
def test_what_is_no_heading_is_none(words):
    assert heading(words) is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1251"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_a_csv_is_read_in_the_encodings_and_with_the_signs_of_offices(encoding, sign):
    rows = [["Реестр, вымышлен; пример", "", ""], [], ["Наименование", "БИН", "Телефон"]]
    rows += [["Объединение «Пример»,\nвторая; строка", "020140001232", "+7 700"]]
    (row,) = read(separated(rows, sign=sign, encoding=encoding)).rows
    assert row.values == {
        "name": {"ru": "Объединение «Пример»,\nвторая; строка"},
        "bin": "020140001232",
        "phone": "+7 700",
    }
    assert row.where.row == 4


def test_letters_that_an_encoding_lost_are_named():
    content = separated(
        [["Наименование", "Адрес"], ["Пример", "ул. К?рман?азы"]], encoding="cp1251"
    )
    assert [f.why.code for f in read(content).faults] == ["bodies.cell_lost_letters"]


def test_a_table_begins_below_its_title_and_ends_with_sums():
    content = workbook(
        (
            "Лист1",
            [
                ["Этномәдени бірлестіктердің тізілімі (ойдан алынған)"],
                [],
                ["Р/с №", "Атауы", "БСН"],
                [1, 2, 3],
                [1, "Бірінші бірлестік", "020140001232"],
                [],
                ["Р/с №", "Атауы", "БСН"],
                [2, "Екінші бірлестік", None],
                ["Барлығы:", 2, None],
            ],
        )
    )
    found = read(content)
    assert [(row.where.row, row.values["name"]) for row in found.rows] == [
        (5, {"kk": "Бірінші бірлестік"}),
        (8, {"kk": "Екінші бірлестік"}),
    ]
    assert (found.faults, found.notes) == ((), ())


def test_headings_of_two_rows_are_read_together():
    content = workbook(
        (
            "Лист1",
            [
                ["Название", None, "Контакты", None, "Кол-во членов", None],
                ["на казахском", "на русском", "тел.", "e-mail", "2024", "2025"],
                ["Үлгі", "Пример", "+7 700", "a@demo.example", 10, 12],
            ],
        ),
        merged=[(0, 0, 0, 1, "Название"), (0, 2, 0, 3, "Контакты"), (0, 4, 0, 5, "Кол-во членов")],
    )
    (row,) = read(content).rows
    assert row.values == {
        "name": {"kk": "Үлгі", "ru": "Пример"},
        "phone": "+7 700",
        "email": "a@demo.example",
        "members": {2024: 10, 2025: 12},
    }


def test_the_first_record_is_no_second_row_of_headings():
    content = separated([["Наименование", "Статус", "Этнос"], ["Область", "местное", "корейская"]])
    (row,) = read(content).rows
    assert row.values["name"] == {"ru": "Область"}


def test_a_sheet_and_a_row_may_name_the_region():
    content = workbook(
        ("Алматы обл.", [["Атауы", "Аудан"], ["Үлгі", "Талғар ауд."]]),
        (
            "Прочие",
            [
                ["Наименование", "БИН"],
                ["Область Абай", None],
                ["Пример", None],
                ["г. Шымкент"],
                ["Другой", ""],
            ],
        ),
    )
    found = read(content)
    assert found.faults == ()
    assert [row.values["unit"] for row in found.rows] == ["196200000", "100000000", "790000000"]


@pytest.mark.parametrize(
    ("typed", "kato"),
    [
        ("Алматы обл.", "190000000"),
        ("Алматинская обл", "190000000"),
        ("Алматинской области", "190000000"),
        ("Алматы", "750000000"),
        ("г. Алматы", "750000000"),
        ("г.Шымкент", "790000000"),
        ("ШЫМКЕНТ ҚАЛАСЫ", "790000000"),
        ("ВКО", "630000000"),
        ("ШҚО", "630000000"),
        ("Кызылорда облысы", "430000000"),  # typed without Kazakh letters
        ("обл. Абай", "100000000"),
        ("Абай", "100000000"),
        ("Almaty Region", "190000000"),
        ("Алматинская область, Талгарский р-н", "196200000"),
        ("Семей қ.", "101000000"),
        ("область Абай, г. Семей", "101000000"),
        ("Республика Казахстан", ""),
    ],
)
def test_a_territory_is_found_in_any_spelling(typed, kato):
    assert one(Наименование="Пример", Территория=typed)["unit"] == kato


@pytest.mark.parametrize(
    ("typed", "code", "fact"),
    [
        ("Марсианская область", "bodies.place_unknown", "Марсианская область"),
        ("Абайский район", "bodies.place_several", "Абайский район (область Абай)"),
        ("ЮКО", "bodies.place_ended", "Туркестанская область, город Шымкент"),
    ],
)
def test_a_territory_that_cannot_be_told_is_named_with_what_helps(typed, code, fact):
    found = fault(Наименование="Пример", Территория=typed)
    assert found.why.code == code
    assert any(fact in str(value) for value in found.why.facts.values())


def test_an_old_name_is_taken_for_what_it_now_is_and_said_so():
    found = read(separated([["Наименование", "Регион"], ["Пример", "г. Нур-Султан"]]))
    assert found.rows[0].values["unit"] == "710000000"
    assert [(note.why.code, note.why.facts["now"]) for note in found.notes] == [
        ("bodies.place_old_name", "город Астана")
    ]


def test_a_code_and_a_name_of_two_places_disagree():
    cells = {"Наименование": "Пример", "Код КАТО": "190000000", "Регион": "ВКО"}
    assert fault(**cells).why.code == "bodies.place_disagrees"


@pytest.mark.parametrize(
    "typed",
    [
        "14.01.2002", "14.01.2002 г.", "14/1/2002", "14-01-2002", "2002-01-14", "14 января 2002 года",
        "14 января 2002 г.", "2002 ж. 14 қаңтар", "2002 жылғы 14 қаңтарда", "14 January 2002",
        "January 14, 2002", " 14.01.2002\n", "14 ЯНВАРЯ 2002",
    ],
)  # fmt: skip
def test_a_day_is_read_in_words_and_in_numbers(typed):
    assert one(Наименование="П", **{"Дата регистрации": typed})["recorded_on"] == date(2002, 1, 14)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("14.01.02", "bodies.cell_day_year"),
        ("31.02.2002", "bodies.cell_day_none"),
        ("2002", "bodies.cell_day"),
        ("14 января", "bodies.cell_day"),
        ("14-15 января 2002", "bodies.cell_day"),
        ("скоро", "bodies.cell_day"),
    ],
)
def test_a_day_that_cannot_be_read_is_a_fault(typed, code):
    found = fault(Наименование="П", **{"Дата регистрации": typed})
    assert (found.why.code, found.where.row, found.where.letter) == (code, 2, "B")
    assert found.where.column == "Дата регистрации"


def test_a_day_that_became_a_number_is_named_with_what_it_was():
    content = workbook(("Лист", [["Наименование", "Дата регистрации"], ["П", 37270]]))
    (found,) = read(content).faults
    assert found.why.code == "bodies.cell_day_serial"
    assert found.why.facts["probably"] == "14.01.2002"


@pytest.mark.parametrize(
    ("typed", "code", "probably"),
    [
        (20140001232.0, "bodies.cell_bin_zero", "020140001232"),
        ("20140001232", "bodies.cell_bin_zero", "020140001232"),
        ("2,0140001232E+10", "bodies.cell_bin_exponent", None),
        ("О20140001232", "bodies.cell_bin_letters", None),
        ("0201400", "bodies.cell_bin_length", None),
        ("0201400012320", "bodies.cell_bin_length", None),
    ],
)
def test_a_bin_is_never_repaired_in_silence(typed, code, probably):
    content = workbook(("Лист", [["Наименование", "БИН"], ["П", typed]]))
    (found,) = read(content).faults
    assert (found.why.code, found.why.facts.get("probably")) == (code, probably)
    assert "bin" not in read(content).rows[0].values


@pytest.mark.parametrize(
    "typed", ["020140001232", "0201 4000 1232", "'020140001232", "020140-001232"]
)
def test_a_bin_may_be_typed_with_spaces(typed):
    content = workbook(("Лист", [["Наименование", "БИН"], ["П", typed]]))
    assert read(content).rows[0].values["bin"] == "020140001232"


@pytest.mark.parametrize(
    ("heading_", "typed", "name", "value"),
    [
        ("Статус", "Республиканское", "level", Level.REPUBLICAN),
        ("Деңгейі", "жергілікті", "level", Level.LOCAL),
        ("Регистрация в юстиции", "ДА", "justice", True),
        ("Әділет органдарында тіркелген", "жоқ", "justice", False),
        ("Регистрация в юстиции", "на учёте", "justice", False),
        ("Этносы", "корейцы; татарская", "communities", ("korean", "tatar")),
        ("Этнос", "татар, корей", "communities", ("korean", "tatar")),
        ("Языки", "корейский", "languages", ("korean",)),
        ("Направления", "газета, журнал, эфир, музыка и танец", "activities", ("media", "music")),
        ("Сайт", "www.primer.example", "site", "https://www.primer.example"),
        ("Рег. №", "нет", "record_number", ""),
        ("Тел.", "-", "phone", ""),
        ("Кол-во членов 2025", "1 200 чел.", "members", {2025: 1200}),
        ("Мүшелер саны 2025", "", "members", {2025: None}),
        ("Адрес", "ул. Примерная, 1", "address", {"ru": "ул. Примерная, 1"}),
        ("Адрес", "Үлгі көшесі, 1", "address", {"kk": "Үлгі көшесі, 1"}),
        ("Адрес", "1 Example Street", "address", {"en": "1 Example Street"}),
    ],
)  # fmt: skip
def test_a_word_is_understood_as_offices_write_it(heading_, typed, name, value):
    assert one(Наименование="Пример", **{heading_: typed})[name] == value


@pytest.mark.parametrize(
    ("heading_", "typed", "code"),
    [
        ("Статус", "галактический", "bodies.cell_level"),
        ("Статус", "", "bodies.cell_level_empty"),
        ("Регистрация в юстиции", "наверное", "bodies.cell_yes_no"),
        ("Этносы", "корейсий", "bodies.cell_word_near"),
        ("Этносы", "марсиане", "bodies.cell_word"),
        ("Эл. почта", "почты нет пока", "bodies.cell_email"),
        ("Эл. почта", "a@demo.example; b@demo.example", "bodies.cell_emails"),
        ("Сайт", "скоро будет", "bodies.cell_site"),
        ("Кол-во членов 2025", "около 100", "bodies.cell_count"),
        ("Кол-во членов 2025", "12,5", "bodies.cell_count"),
        ("Тел.", "1" * 61, "bodies.cell_too_long"),
        ("Кол-во членов", "12", "bodies.members_no_year"),
        ("Школы и курсы", "непонятно что", "bodies.cell_offer"),
    ],
)
def test_a_word_that_nobody_knows_is_a_fault(heading_, typed, code):
    assert fault(Наименование="Пример", **{heading_: typed}).why.code == code


def test_schools_and_ensembles_are_read_by_their_names():
    said_ = one(
        Наименование="Пример",
        **{
            "Воскресная школа": "есть",
            "Творческие коллективы": "Ансамбль «А»; Хор «Б»",
            "Курсы": "нет",
        },
    )["offers"]
    assert said_ == {
        OfferingKind.SCHOOL: True,
        OfferingKind.COLLECTIVE: (
            Offer(OfferingKind.COLLECTIVE, {"ru": "Ансамбль «А»"}),
            Offer(OfferingKind.COLLECTIVE, {"ru": "Хор «Б»"}),
        ),
        OfferingKind.COURSE: (),
    }


def test_a_column_that_nobody_knows_is_named_and_left_out():
    found = read(separated([["Наименование", "Примечание", "БИН"], ["П", "x", ""]]))
    assert [(n.why.code, n.where.column) for n in found.notes] == [
        ("bodies.column_unknown", "Примечание")
    ]
    assert found.faults == ()


def test_two_columns_of_one_meaning_are_a_fault():
    found = read(separated([["Наименование", "БИН", "БСН"], ["П", "", ""]]))
    assert said(found.faults) == [("", 1, "C", "bodies.column_twice")]


def test_what_is_left_out_of_a_sheet_is_said():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet("Реестр")
        for place_, word in enumerate(["Наименование", "БИН", "Тел."]):
            page.write_string(0, place_, word)
        page.write_string(1, 0, "Пример")
        page.merge_range(3, 0, 3, 2, "Исполнитель: вымышлен")
        book.add_worksheet("Титул").write_string(0, 0, "О чём эта книга")
        hidden = book.add_worksheet("Черновик")
        hidden.write_string(0, 0, "Наименование")
        hidden.hide()
        book.add_worksheet("Пусто")
    found = read(out.getvalue())
    assert [row.values["name"] for row in found.rows] == [{"ru": "Пример"}]
    assert said(found.notes) == [
        ("Реестр", 4, "", "bodies.row_left_out"),
        ("Титул", 0, "", "bodies.sheet_left_out"),
        ("Черновик", 0, "", "bodies.sheet_hidden"),
    ]


def test_a_sheet_of_rows_without_known_headings_is_a_fault():
    rows = [["что", "где", "когда"], ["a", "b", "c"], ["d", "e", "f"], ["g", "h", "i"]]
    found = read(workbook(("Лист", rows)))
    assert said(found.faults) == [("Лист", 0, "", "bodies.sheet_no_headings")]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "bodies.table_empty"),
        (b"  \n", "bodies.table_empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "bodies.table_unreadable"),
        (b"PK\x03\x04broken", "bodies.table_unreadable"),
        (b"\xd0\xcf\x11\xe0broken", "bodies.table_unreadable"),
        ("просто текст".encode(), "bodies.table_no_rows"),
        (b"{broken", "bodies.table_unreadable"),
        (b'{"format": "else"}', "bodies.table_not_ours"),
        (b"\xff\xfe\x00", "bodies.table_unreadable"),
        (separated([["Наименование", "БИН"]]), "bodies.table_no_rows"),
        (b"a,b\n" * 10_001, "bodies.table_too_long"),
    ],
)
def test_what_is_no_table_is_refused(content, code):
    with pytest.raises(Refused) as refused:
        read(content)
    assert [why.code for why in refused.value.refusals] == [code]


def test_a_file_that_unpacks_to_too_much_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (410 * 1024 * 1024))
    assert len(out.getvalue()) < 1024 * 1024
    with pytest.raises(Refused) as refused:
        read(out.getvalue())
    assert [why.code for why in refused.value.refusals] == ["bodies.table_too_large"]


@pytest.mark.parametrize(
    "record",
    [
        "no object",
        {"slug": "a", "unknown": 1},
        {"slug": "a", "name": "not by language"},
        {"slug": "a", "members": {"year": 1}},
        {"slug": "a", "level": "galactic"},
        {"slug": "a", "phone": "1" * 61},
        {"slug": "a", "recorded_on": "14.01.2002"},
        {"slug": "a", "offers": [{"kind": "school"}]},
        {"slug": "a", "communities": ["b", "a"]},
        {"slug": "a", "justice": "yes"},
        {"slug": "a", "leader": "\ud800"},
    ],
)
def test_json_of_another_shape_is_a_fault_of_its_record(record):
    import json

    content = json.dumps({"format": "kelisim-register", "version": 1, "records": [record]})
    assert [fault_.where.row for fault_ in read(content.encode()).faults] == [1]
