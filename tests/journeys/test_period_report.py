"""A report for a period, from its beginning on the desk to the page that everybody reads."""

import pytest
from allauth.account.models import EmailAddress
from django.core.management import call_command
from django.utils import timezone

from kelisim.commitments.actions import standing
from kelisim.evaluation.actions import periods as acting
from kelisim.evaluation.models import PeriodReport
from tests.commitments import world as w
from tests.journeys.test_coverage import looked_at
from tests.journeys.test_register import sign_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.looks,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def of(empty_site):
    call_command("createcachetable", verbosity=0)
    built = w.world()
    w.approved(built, w.measured("1"), w.row("2"), version=w.charter())
    standing.recompute(on=w.AT.date())
    who = built.officer
    EmailAddress.objects.create(user=who, email=who.email, primary=True, verified=True)
    return built


def test_a_report_is_begun_written_computed_and_read_by_everybody(of, open_page):
    office = open_page(language="ru", width=320)
    sign_in(office, of.officer.email.split("@")[0], "ru")
    office.goto("/ru/desk/")
    office.get_by_role("link", name="Отчёты за период").first.click()
    office.select_option("[name=kind]", "half")
    office.fill("[name=year]", "2026")
    office.fill("[name=number]", "")
    office.get_by_role("button", name="Начать").click()
    assert office.locator(".errors").count() == 1
    looked_at(office, "ru", 320, "begin")
    office.fill("[name=number]", "1")
    office.get_by_role("button", name="Начать").click()
    office.wait_for_url("**/desk/period-reports/*/")
    assert office.get_by_role("button", name="Рассчитать и передать").count() == 0
    office.fill("[name=opening_ru]", "За полугодие открыт читальный зал.")
    office.get_by_role("button", name="Сохранить тексты").click()
    looked_at(office, "ru", 320, "written")
    office.get_by_role("button", name="Рассчитать и передать").click()
    office.wait_for_load_state()
    report = PeriodReport.objects.get()
    assert report.state == "frozen"
    looked_at(office, "ru", 320, "frozen")
    acting.publish(report.pk, seen=report.digest, by=of.head, at=timezone.now())
    for language, width in (("kk", 320), ("ru", 1280), ("en", 320)):
        page = open_page(language=language, width=width)
        page.goto(f"/{language}/period-reports/")
        looked_at(page, language, width, "list")
        page.locator("table a").first.click()
        page.wait_for_url(f"**/period-reports/{report.pk}/")
        assert "читальный зал" in page.inner_text("main")
        looked_at(page, language, width, "report")
