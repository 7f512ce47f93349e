"""The official table of a plan as files: XLSX in all languages, DOCX in one."""

import io
import zipfile
from decimal import Decimal

import docx
import pytest
from django.urls import reverse
from docx.oxml.ns import qn
from python_calamine import CalamineWorkbook

from kelisim.commitments.states import CostNote, Source
from kelisim.commitments.trees.table import Cost, Heading
from tests.commitments.world import approved, drafted, row, words, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def ground():
    return world()


@pytest.fixture
def plan(ground):
    costs = (
        Cost(Source.REPUBLICAN, 2026, Decimal(1_500_000)),
        Cost(Source.LOCAL, 2026, Decimal(250_100)),
    )
    first, *_others = approved(
        ground,
        Heading(words("Reading")),
        row("1", costs=costs, others=("ministry-of-roads",), title=words("=1+1")),
        row("2", costs=(), cost_note=CostNote.NOT_REQUIRED, term="постоянно"),
    )
    return first.plan


def sheets(data):
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {
        name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        for name in book.sheet_names
    }


def test_a_plan_is_taken_away_as_a_spreadsheet_in_all_its_languages(client, plan):
    answer = client.get(reverse("commitments:plan_xlsx", args=[plan.slug]))
    assert answer.status_code == 200
    assert f'"{plan.slug}-1.xlsx"' in answer["Content-Disposition"]
    found = sheets(answer.content)
    assert list(found) == ["Қазақша", "Русский", "English", "kelisim"]
    kk, ru = found["Қазақша"], found["Русский"]
    assert kk[0][0] == "БЕКІТІЛГЕН"
    assert ru[0][0] == "УТВЕРЖДЕН"
    head = next(n for n, one in enumerate(ru) if one[0] == "№ п/п")
    assert ru[head][5] == "Предполагаемые расходы, тыс. тенге"
    assert ru[head + 1][0] == "Reading (ru)"
    one, two = ru[head + 2], ru[head + 3]
    assert one[:3] == ["1", "=1+1 (ru)", "report (ru)"]
    assert one[3].endswith("(свод); Ministry of Roads (ru)")
    assert one[4:7] == ["до 1 октября 2026 года", "РБ 1\u00a0500; МБ 250,1", "РБ; МБ"]
    assert two[4:7] == ["постоянно", "не требуется", ""]
    assert ru[head + 4][1:6] == ["Итого", "", "", "", 1750.1]
    assert kk[head + 2][4] != one[4]


def test_a_plan_is_taken_away_as_a_document_in_the_language_of_its_address(client, plan):
    address = reverse("commitments:plan_docx", args=[plan.slug])
    answer = client.get(f"/kk/{address.split('/', 2)[2]}")
    document = docx.Document(io.BytesIO(answer.content))
    assert document.paragraphs[0].text == "БЕКІТІЛГЕН"
    (table,) = document.tables
    texts = [[cell.text for cell in one.cells] for one in table.rows]
    assert texts[0][4] == "Орындау мерзімі"
    assert set(texts[1]) == {"Reading (kk)"}
    assert texts[2][1] == "=1+1 (kk)"
    assert texts[3][5] == "талап етілмейді"
    assert texts[-1][1] == "Барлығы"
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    size = document.sections[0]
    assert size.page_width > size.page_height


def test_no_formula_stands_in_a_spreadsheet(client, plan):
    answer = client.get(reverse("commitments:plan_xlsx", args=[plan.slug]))
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        pages = [name for name in archive.namelist() if "worksheets/sheet" in name]
        assert pages
        assert all(b"<f>" not in archive.read(name) for name in pages)


def test_a_file_is_of_a_plan_and_edition_that_everybody_may_read(client, ground, plan):
    for name in ("plan_xlsx", "plan_docx"):
        address = reverse(f"commitments:{name}", args=[plan.slug])
        assert client.get(address, {"edition": "1"}).status_code == 200
        assert client.get(address, {"edition": "7"}).status_code == 404
        assert client.post(address).status_code == 405
    draft = drafted(ground, row("1"))
    hidden = reverse("commitments:plan_xlsx", args=[draft.plan.slug])
    assert client.get(hidden).status_code == 404


def test_a_draft_is_taken_away_by_those_who_may_draft_it(client, ground):
    address = reverse("commitments:draft_xlsx", args=[drafted(ground, row("1")).pk])
    assert client.get(address).status_code == 302
    client.force_login(ground.minister)
    assert client.get(address).status_code == 403
    client.force_login(ground.officer)
    assert "Русский" in sheets(client.get(address).content)
