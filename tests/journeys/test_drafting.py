"""From a text to a published document: two people, a real browser, with script and without."""

import pytest
from django.utils import timezone

from kelisim.bodies.states import Role
from kelisim.charter.models import Version
from kelisim.people import actions
from tests.bodies.people import hold, secretariat
from tests.journeys.conftest import breadth, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "birge-kelisim-9"

TEXT = """# Ауылдағы келісім туралы тұжырымдама

## 1. Жалпы ережелер

Бұл құжат ойдан шығарылған.

Ол ауылдағы істерді
атайды.

## 2. Шаралар

Мынадай шаралар көзделеді:

1) оқу залын ашу;
2) кітап көрсеткішін шығару;
3) ашық есік күнін өткізу.
"""


@pytest.fixture
def office(empty_site):
    """A preparer and a publisher; both invented."""
    for who, post in {"daiyndaushy": Role.OFFICER, "zhariyalaushy": Role.HEAD}.items():
        made = actions.invite(
            email=f"{who}@demo.example",
            name=f"Үлгі {who.title()}",
            by=None,
            at=timezone.now(),
        )
        hold(made, secretariat(), post)
        actions.set_password(made, password=PASSWORD, confirmed=True)


def sign_in(page, who):
    page.goto("/kk/account/login/")
    page.fill("[name=login]", f"{who}@demo.example")
    page.fill("[name=password]", PASSWORD)
    page.click("main form button[type=submit]")
    page.goto("/kk/desk/")


def begin(page):
    """Give the text, look at it, begin the draft."""
    page.goto("/kk/desk/charters/new/")
    page.fill("[name=text]", TEXT)
    page.click("main form button")
    assert "Ауылдағы келісім" in page.inner_text("main")
    assert not Version.objects.exists()
    page.fill("[name=slug]", "auyl")
    page.fill("[name=number]", "3")
    page.fill("[name=date]", "2026-02-01")
    page.fill("[name=in_force_from]", "2026-03-01")
    page.click("main form button")
    page.wait_for_url("**/desk/charters/auyl/v1/")


def row(page, words):
    return page.locator("ol.beside > li", has_text=words)


@pytest.mark.parametrize("script", [True, False])
def test_prepared_edited_undone_submitted_and_published_by_another(office, open_page, script):
    page = open_page(script=script)
    sign_in(page, "daiyndaushy")
    begin(page)
    # Edit: with script the verbs open in their place, without on a page of their own.
    one = row(page, "кітап көрсеткішін").first
    one.locator(".slot a").click()
    verb = page.locator("details.verb", has=page.locator("[name=verb][value=renumber]"))
    verb.locator("summary").click()
    verb.locator("[name=number]").fill("5")
    verb.locator("button").click()
    page.wait_for_url("**/desk/charters/auyl/v1/?page=1#r*")
    assert row(page, "кітап көрсеткішін").locator(".num").first.inner_text() == "5"
    page.locator("form[action$='/undo/'] button").click()
    page.wait_for_load_state()
    assert row(page, "кітап көрсеткішін").locator(".num").first.inner_text() == "2"
    page.locator("form[action$='/submit/'] button").click()
    page.wait_for_url("**/review/")
    assert page.locator("button[value=publish]").count() == 0

    other = open_page(script=script)
    sign_in(other, "zhariyalaushy")
    other.locator("main table a.button").first.click()
    other.wait_for_url("**/review/")
    other.locator("button[value=publish]").click()
    other.wait_for_load_state()
    assert Version.objects.get().state == "published"
    assert Version.objects.get().published_by.email == "zhariyalaushy@demo.example"
    other.goto("/kk/desk/")
    assert other.locator("main table").count() == 0


@pytest.mark.parametrize(
    "language",
    ["kk", *(pytest.param(one, marks=pytest.mark.looks) for one in ("ru", "en"))],
)
def test_every_page_of_the_desk_is_clean_for_everybody(office, open_page, language):
    page = open_page()
    sign_in(page, "daiyndaushy")
    begin(page)
    key = Version.objects.get().provisions.order_by("position")[3].pk
    pages = [
        "desk/",
        "desk/charters/",
        "desk/charters/new/",
        *(
            f"desk/charters/auyl/v1/{name}"
            for name in (
                "",
                f"provision/{key}/",
                "problems/",
                "leavings/?every=1",
                "titles/",
                "passport/",
                "languages/",
                "correspondence/",
                "review/",
            )
        ),
    ]
    found = []
    for width in (1280, 320) if language == "kk" else (320,):
        page.set_viewport_size({"width": width, "height": 900})
        for address in pages:
            page.goto(f"/{language}/{address}")
            for summary in page.locator("main details:not([open]) > summary").all():
                if summary.is_visible():
                    summary.click()
            found += violations(page)
            wide = breadth(page)
            if wide > width:
                found.append(f"{address} is {wide} wide in {width}")
    assert "\n".join(found) == ""
