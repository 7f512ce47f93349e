"""Every public page, in three languages, wide and at 320 pixels: axe-core finds nothing."""

import pytest

from kelisim.charter.actions import acts
from kelisim.territory.commands import load
from tests.journeys.conftest import breadth, in_every_look, violations
from tests.portal import shelves

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PATHS = [
    "",
    "charters/",
    "charters/neighbours/",
    "charters/neighbours/v1/",
    "charters/neighbours/part_2__list_1__point_1/",
    "charters/neighbours/part_2/",
    "charters/neighbours/v1/part_1__principle_1/",
    "charters/neighbours/compare/1/2/",
    "charters/neighbours/correspondence/",
    "charters/large/",
    "charters/large/v1/part/part_1/",
    "search/",
    "search/?q=nothing-of-this-kind",
    "search/?q=1",
    "about/",
    "territory/",
    "territory/?on=yesterday",
    "calendar/?year=2025",
    "ledger/",
    "api/",
    "account/login/",
    "nothing/at/this/address/",
]


@pytest.fixture
def site(empty_site):
    """Two versions of one charter, a long one that was repealed, today's regions."""
    _preparer, publisher = shelves.people()
    shelves.amend(shelves.publish().charter, shelves.draft(3, 4))
    large = shelves.publish(shelves.draft(20, 25), slug="large").charter
    acts.repeal(large.pk, by=publisher, act=shelves.LATER, on=shelves.LATER.date, at=shelves.AT)
    load()
    return empty_site


@in_every_look
def test_every_public_page_can_be_used_by_everybody(site, open_page, language, width):
    page = open_page(language=language, width=width)
    found = []
    for path in PATHS:
        page.goto(f"/{language}/{path}")
        found += violations(page)
        wide = breadth(page)
        found += [f"{path}: {wide} pixels wide"] if wide > width else []
    assert found == []


def test_the_dark_pages_can_be_read_too(site, open_page):
    page = open_page(language="kk", color_scheme="dark")
    found = []
    for path in (
        "",
        "charters/large/",
        "charters/neighbours/part_2__list_1__point_1/",
        "territory/",
    ):
        page.goto(f"/kk/{path}")
        found += violations(page)
    assert found == []


def test_the_menu_opens_without_script_when_narrow_and_is_a_bar_when_wide(site, open_page):
    narrow = open_page(language="ru", width=320, script=False)
    narrow.goto("/ru/")
    link = narrow.locator(".menu a").first
    assert not link.is_visible()
    narrow.locator(".menu summary").click()
    assert link.is_visible()
    wide = open_page(language="ru", width=1280, script=False)
    wide.goto("/ru/")
    assert wide.locator(".menu a").first.is_visible()
    assert not wide.locator(".menu summary").is_visible()


def test_a_page_at_twice_its_size_needs_no_sideways_scrolling(site, open_page):
    page = open_page(language="kk", width=640)
    for path in ("charters/neighbours/", "charters/neighbours/part_2__list_1__point_1/", "ledger/"):
        page.goto(f"/kk/{path}")
        assert breadth(page) <= 640


def test_groups_that_were_folded_are_printed(site, open_page):
    page = open_page(language="ru", script=False)
    page.goto("/ru/charters/neighbours/")
    measure = page.locator("#part_2__list_1__point_1")
    page.locator("#part_2__list_1 > summary").click()
    assert not measure.is_visible()
    page.emulate_media(media="print")
    assert measure.is_visible()
