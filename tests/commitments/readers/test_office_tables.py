"""Tables as offices keep them: any order of columns, two rows of headings, merged cells, faults."""

import io
import zipfile
from datetime import date
from decimal import Decimal

import docx
import pytest
import xlsxwriter

from kelisim.commitments.readers.table import read
from kelisim.commitments.states import CostNote, Source
from kelisim.commitments.trees import terms
from kelisim.commitments.trees.sheet import folded
from kelisim.commitments.trees.table import Cost, Heading
from kelisim.refusals import Refused

NAMES = {
    folded(name): slug
    for name, slug in {
        "Министерство книг": "books",
        "Министерство дорог": "roads",
        "МК": "books",
        "ҚХА": "council",
        "Жолдар министрлігі": "roads",
    }.items()
}
HEAD = [
    "№ п/п",
    "Мероприятие",
    "Форма завершения",
    "Ответственные исполнители",
    "Срок исполнения",
    "Предполагаемые расходы (тыс. тенге)",
    "Источники финансирования",
]
GOOD = ["1", "Открыть зал", "отчёт", "МК", "IV квартал 2026 года", "10 500,5", "РБ"]


def spreadsheet(*sheets, merged=()):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        for name, rows in sheets:
            sheet = book.add_worksheet(name)
            for spot in merged:
                sheet.merge_range(*spot, "")
            for number, row in enumerate(rows):
                for place, value in enumerate(row):
                    if value != "":
                        sheet.write(number, place, value)
    return out.getvalue()


def document(rows, *, merged=(), before=(), after=()):
    made = docx.Document()
    for text in before:
        made.add_paragraph(text)
    table = made.add_table(rows=len(rows), cols=len(rows[0]))
    for number, row in enumerate(rows):
        for place, value in enumerate(row):
            if value:
                table.cell(number, place).text = value
    for top, left, bottom, right in merged:
        table.cell(top, left).merge(table.cell(bottom, right))
    for text in after:
        made.add_paragraph(text)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def reading(data, ends=date(2026, 12, 31)):
    return read(data, names=NAMES, starts=date(2026, 1, 1), ends=ends)


def refused(data):
    with pytest.raises(Refused) as found:
        reading(data)
    return [refusal.code for refusal in found.value.refusals]


def test_a_russian_spreadsheet_of_an_office_is_read():
    rows = [
        ["", "", "", "", "УТВЕРЖДЕН\nпротоколом № 3"],
        ["План мероприятий"],
        HEAD,
        [1, 2, 3, 4, 5, 6, 7],
        ["1. Чтение"],
        [1, "Открыть зал", "отчёт", "МД, МК (свод)", "IV квартал 2026 года", 10500.5, "РБ"],
        ["1.1", "Купить книги", "акт", "МК (по согласованию)", "постоянно", "не требуется", "-"],
        ["", "Итого", "", "", "", 10500.5, ""],
        [],
        ["", "Расшифровка аббревиатур:"],
        ["", "МД – Министерство дорог;"],
    ]
    found = reading(spreadsheet(("Лист1", rows), merged=[(4, 0, 4, 6)]))
    assert found.faults == ()
    section, one, two = found.table.entries
    assert section == Heading({"ru": "1. Чтение"}, 1)
    assert (one.number, one.title, one.form) == ("1", {"ru": "Открыть зал"}, {"ru": "отчёт"})
    assert (one.lead, one.others) == ("books", ("roads",))
    assert one.term == terms.read("IV квартал 2026 года", "ru")
    assert one.costs == (Cost(Source.REPUBLICAN, 2026, Decimal(10_500_500)),)
    assert (two.number, two.lead, two.cost_note) == ("1.1", "books", CostNote.NOT_REQUIRED)
    assert found.abbreviations == (("МД", "Министерство дорог"),)
    assert found.corner[:2] == ("УТВЕРЖДЕН", "протоколом № 3")


def test_a_kazakh_document_with_years_in_a_second_row_is_read():
    head = [
        ["Іс-шара", "Р/с №", "Орындау мерзімі", "Жауапты орындаушылар", "Аяқталу нысаны"],
        ["", "", "", "", ""],
    ]
    head[0] += ["Болжамды шығыстар, млн теңге", "", "Қаржыландыру көздері"]
    head[1] += ["2026 жыл", "2027 жыл", ""]
    rows = [
        *head,
        ["Оқу залы", "", "", "", "", "", "", ""],
        [
            *("Зал ашу", "1", "жыл сайын, 10 желтоқсанға"),
            *("ҚХА (жинақтау)\nЖолдар министрлігі", "есеп", "1,5", "2", "ЖБ"),
        ],
        ["Кітап алу", "2", "тұрақты", "ҚХА", "есеп", "талап етілмейді", "", ""],
        ["Барлығы", "", "", "", "", "1,5", "2", ""],
    ]
    merged = [(0, 5, 0, 6), (2, 0, 2, 7), *((0, place, 1, place) for place in (0, 1, 2, 3, 4, 7))]
    data = document(rows, merged=merged, before=["БЕКІТІЛГЕН", "2026 жылғы 2 наурыз № 5"])
    found = reading(data, ends=date(2027, 12, 31))
    assert found.faults == ()
    assert found.languages == ("kk",)
    section, one, two = found.table.entries
    assert section.title == {"kk": "Оқу залы"}
    assert (one.number, one.lead, one.others) == ("1", "council", ("roads",))
    assert one.costs == (
        Cost(Source.LOCAL, 2026, Decimal(1_500_000)),
        Cost(Source.LOCAL, 2027, Decimal(2_000_000)),
    )
    assert two.cost_note is CostNote.NOT_REQUIRED
    assert found.corner[0] == "БЕКІТІЛГЕН"


WRONG = [
    ["1", "Зал", "отчёт", "Министерство рек", "срочно", "много", "казна"],
    ["1", "Ещё зал", "отчёт", "МК", "до 1 мая 2026 года", "-5", "РБ"],
    ["2", "Третий", "отчёт", "МК", "до 1 мая 2026 года", "5", "РБ; МБ"],
]


def test_every_unreadable_cell_is_named_at_its_place():
    found = reading(spreadsheet(("План", [HEAD, *WRONG])))
    places = {(fault.place, fault.code) for fault in found.faults}
    assert places == {
        ("План!D2", "commitments.cell_body"),
        ("План!E2", "commitments.cell_term"),
        ("План!G2", "commitments.cell_source"),
        ("План!A3", "commitments.number_twice"),
        ("План!F4", "commitments.cell_whose_money"),
    }
    again = reading(document([HEAD, *WRONG]))
    assert {(fault.place, fault.code) for fault in again.faults} == {
        ("#1!R2C4", "commitments.cell_body"),
        ("#1!R2C5", "commitments.cell_term"),
        ("#1!R2C7", "commitments.cell_source"),
        ("#1!R3C1", "commitments.number_twice"),
        ("#1!R4C6", "commitments.cell_whose_money"),
    }


def test_two_languages_that_contradict_are_both_shown():
    kk = ["Р/с №", "Іс-шара", "Аяқталу нысаны", "Жауапты орындаушылар", "Орындау мерзімі"]
    row = ["1", "Зал ашу", "есеп", "МК", "2026 жылғы II тоқсан"]
    more = ["2", "Кітап алу", "есеп", "МК", "тұрақты"]
    found = reading(spreadsheet(("kk", [kk, row, more]), ("ru", [HEAD, GOOD])))
    assert {(fault.place, fault.code) for fault in found.faults} == {
        ("ru!E2", "commitments.sheets_differ"),
        ("kk!A3", "commitments.sheets_rows_differ"),
    }
    same = reading(
        spreadsheet(("kk", [kk, [*row[:4], "2026 жылғы IV тоқсан"]]), ("ru", [HEAD, GOOD]))
    )
    assert same.faults == ()
    assert next(same.table.rows()).title == {"kk": "Зал ашу", "ru": "Открыть зал"}


def test_a_sum_of_no_year_belongs_to_the_year_of_its_term():
    lasting = [*GOOD[:4], "постоянно", "5", "РБ"]
    lasting[0] = "2"
    found = reading(spreadsheet(("План", [HEAD, GOOD, lasting])), ends=date(2027, 12, 31))
    assert [cost.year for cost in next(found.table.rows()).costs] == [2026]
    (fault,) = found.faults
    assert (fault.place, fault.code) == ("План!F3", "commitments.cost_year_unknown")


def test_hostile_and_foreign_files_are_refused():
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 60_000_000)
    assert refused(bomb.getvalue()) == ["charter.file_bomb"]
    assert refused(b"") == ["bodies.table_empty"]
    assert refused(b"x" * (20 * 1024 * 1024 + 1)) == ["bodies.table_too_large"]
    assert refused(b"%PDF-1.7 not a table") == ["commitments.table_unknown_file"]
    assert refused(b"PK\x03\x04 torn") == ["commitments.table_unknown_file"]
    assert refused(spreadsheet(("План", [["a", "b"]]))) == ["commitments.table_not_found"]
    assert refused(spreadsheet(("План", [HEAD]))) == ["commitments.no_rows"]
    assert refused(document([["", "b"]])) == ["commitments.table_not_found"]


def test_what_ties_a_row_to_other_acts_is_never_taken_from_a_file():
    out = io.BytesIO()
    forged = (
        '{"key":"k","number":"1","title":{"ru":"Открыть\\u0020зал"},"parent":7,"after":8,'
        '"origin":"decision","origin_point":9,"others":[],"term":null,"costs":[],"sources":[],'
        '"provisions":[],"indicators":[],"milestones":[],"cost_note":"amounts"}'
    )
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("План")
        for number, row in enumerate([HEAD, GOOD]):
            sheet.write_row(number, 0, row)
        hidden = book.add_worksheet("kelisim")
        hidden.hide()
        for number, text in enumerate([forged, forged.replace('"ru"', '"xx"'), "{", '{"key":[]}']):
            hidden.write_string(number, 0, text)
    found = reading(out.getvalue())
    assert found.faults == ()
    (one,) = found.table.rows()
    assert (one.key, one.parent, one.after, one.origin_point) == ("k", None, None, None)
    assert one.origin == "plan"
