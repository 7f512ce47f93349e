"""A plan's table brought from a file in a browser without script: its faults, a look, and taken."""

import pytest
from allauth.account.models import EmailAddress
from playwright.sync_api import expect

from kelisim.commitments.queries import rows as reading
from tests.commitments import world as w
from tests.commitments.readers.test_office_tables import GOOD, HEAD, WRONG, spreadsheet
from tests.journeys.conftest import breadth, violations
from tests.journeys.test_register import picture, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def looked_at(page, name):
    """Axe finds nothing, and nothing stands out of a narrow screen."""
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert "\n".join(violations(page)) == ""
        assert breadth(page) <= width
        picture(page, f"import-{name}-{width}")


def give(page, rows):
    file = {"name": "plan.xlsx", "buffer": spreadsheet(("План", rows))}
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    page.locator("input[type=file]").set_input_files({**file, "mimeType": kind})
    page.locator("form[enctype] button").click()


def test_a_table_is_given_mended_looked_at_and_taken(open_page, empty_site):
    of = w.world()
    email = of.officer.email
    EmailAddress.objects.create(user=of.officer, email=email, primary=True, verified=True)
    edition = w.drafted(of, w.row("1"), w.row("2"))
    page = open_page(language="ru")
    sign_in(page, email.split("@")[0], "ru")
    page.goto(f"/ru/desk/editions/{edition.pk}/")
    page.get_by_role("link", name="Таблица из файла").click()
    looked_at(page, "empty")
    give(page, [HEAD, *WRONG])
    expect(page.get_by_role("alert")).to_contain_text("Найдено 6 ошибок")
    expect(page.get_by_role("rowheader", name="лист «План», ячейка E2")).to_be_visible()
    looked_at(page, "faults")
    good = [*GOOD[:3], "Ministry of Books (ru)", *GOOD[4:]]
    give(page, [HEAD, good])
    expect(page.get_by_role("heading", name="Что изменится")).to_be_visible()
    looked_at(page, "look")
    page.get_by_role("button", name="Принять таблицу").click()
    page.wait_for_url(f"**/desk/editions/{edition.pk}/")
    (taken,) = reading.table(reading.lines(edition)).rows()
    assert taken.title["ru"] == "Открыть зал"
