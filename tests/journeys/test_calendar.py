"""The secretariat brings in the days that government moved; a citizen reads the year."""

import pytest
from django.utils import timezone

from kelisim.bodies.states import Role
from kelisim.calendar.queries import standing
from kelisim.people import actions
from tests.bodies.people import hold, secretariat
from tests.journeys.conftest import breadth, in_every_look, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "birge-kelisim-9"
HEADINGS = "day,kind,name_kk,name_ru,name_en,act_number,act_date,act_kind_ru\n"
GOOD = "2026-05-08,free,Ауыстырылған,Перенос,Moved,700,2026-01-15,Приказ Министра\n"
BAD = "9 мамыр,бос,,,,,,\n"


@pytest.fixture
def office(empty_site):
    made = actions.invite(
        email="kuntizbe@demo.example", name="Үлгі Күнтізбеші", by=None, at=timezone.now()
    )
    hold(made, secretariat(), Role.OFFICER)
    actions.set_password(made, password=PASSWORD, confirmed=True)
    return made


@pytest.fixture
def desk(office, open_page):
    """Sign in and open the keeper's page."""

    def enter(language, **how):
        page = open_page(language=language, **how)
        page.goto(f"/{language}/account/login/")
        page.fill("[name=login]", office.email)
        page.fill("[name=password]", PASSWORD)
        page.click("main form button[type=submit]")
        page.goto(f"/{language}/desk/calendar/")
        return page

    return enter


def bring(page, table):
    page.set_input_files(
        "[name=file]", {"name": "days.csv", "mimeType": "text/csv", "buffer": table.encode()}
    )
    page.click("form[enctype] button")


def looked_at(page, width):
    """What is wrong with the page as it stands."""
    wide = breadth(page)
    return violations(page) + ([f"{page.url}: {wide} wide in {width}"] if wide > width else [])


@in_every_look
def test_a_table_with_faults_is_refused_looked_at_and_entered(desk, language, width):
    page = desk(language, width=width)
    found = looked_at(page, width)
    bring(page, HEADINGS + GOOD + BAD)
    assert page.locator("[role=alert] tbody tr").count() == 3
    assert not standing().exists()
    found += looked_at(page, width)
    bring(page, HEADINGS + GOOD)
    assert not standing().exists()
    found += looked_at(page, width)
    page.click("main form button:not(.quiet)")
    page.wait_for_url("**/desk/calendar/")
    assert standing().count() == 1
    found += looked_at(page, width)
    page.click(".inline-form button")
    page.wait_for_url("**/desk/calendar/")
    assert not standing().exists()
    page.click("main details summary")
    found += looked_at(page, width)
    assert found == []


def test_without_script_a_day_is_entered_and_a_citizen_sees_it(desk, open_page):
    page = desk("ru", script=False)
    page.fill("[name=day]", "2026-05-08")
    page.select_option("[name=kind]", "free")
    page.fill("[name=act_number]", "700")
    page.fill("[name=name_ru]", "Перенос на майские дни")
    page.click("main form.card button")
    page.wait_for_url("**/desk/calendar/")
    citizen = open_page(language="ru", script=False)
    citizen.goto("/ru/calendar/?year=2026")
    assert "Перенос на майские дни" in citizen.inner_text("main")
