"""A register of 820 rows with 40 planted faults comes in, in a real browser.

Every fault is named and nothing saved; the corrected file is accepted.
"""

import pytest
from django.utils import timezone

from kelisim.bodies.models import Association
from kelisim.bodies.states import Role
from kelisim.people import actions
from kelisim.territory.commands import load
from tests.bodies.people import hold, secretariat
from tests.bodies.table.office import workbook
from tests.bodies.table.test_planted import planted
from tests.bodies.table.ways import clean_parts
from tests.journeys.conftest import violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "birge-kelisim-9"


@pytest.fixture
def office(empty_site):
    load()
    made = actions.invite(
        email="tirkeushi@demo.example", name="Үлгі Тіркеуші", by=None, at=timezone.now()
    )
    hold(made, secretariat(), Role.OFFICER)
    actions.set_password(made, password=PASSWORD, confirmed=True)


def give(page, content):
    page.goto("/ru/desk/register/import/")
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    page.set_input_files(
        "[name=file]", {"name": "Реестр (вымышлен).xlsx", "mimeType": kind, "buffer": content}
    )
    page.click("main form button")
    page.wait_for_url("**/desk/register/import/*/")


@pytest.mark.parametrize("script", [True, False])
def test_forty_faults_are_named_and_the_corrected_register_is_accepted(office, open_page, script):
    page = open_page(language="ru", width=1280, script=script)
    page.goto("/ru/account/login/")
    page.fill("[name=login]", "tirkeushi@demo.example")
    page.fill("[name=password]", PASSWORD)
    page.click("main form button[type=submit]")
    faulty = clean_parts()
    expected = planted(faulty)
    give(page, workbook(faulty))
    assert "Найдено 40 ошибок" in page.inner_text("main")
    rows = page.locator("#faults tbody tr").all_inner_texts()
    told = {tuple(row.split("\t")[:2]) for row in rows}
    assert told == {(sheet, str(row)) for sheet, row, _letter, _code in expected}
    assert page.locator("main form button").count() == 0
    assert not Association.objects.exists()
    assert not script or violations(page) == []
    give(page, workbook(clean_parts()))
    page.click("main form button")
    page.wait_for_load_state()
    assert "Таблица применена" in page.inner_text("main")
    assert Association.objects.count() == 820
    assert Association.objects.filter(level="republican").count() == 28
    assert Association.objects.filter(justice=True).count() == 324
    give(page, workbook(clean_parts()))
    assert "В реестре всё это уже есть" in page.inner_text("main")
