"""Who the council is, in a browser: everybody can read it, find an association and print it."""

from datetime import date

import pytest

from kelisim.bodies.actions import founding, mandates
from kelisim.bodies.models import Offering, Yearly
from kelisim.bodies.states import OfferingKind, Role, YearlyKind
from kelisim.territory.models import Unit
from tests.bodies import register
from tests.bodies.people import AT, council, found
from tests.journeys.conftest import breadth, in_every_look, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PATHS = [
    "bodies/",
    "bodies/?on=yesterday",
    "bodies/?kind=elders",
    "bodies/assembly/",
    "bodies/elders/",
    "bodies/elders/history/",
    "bodies/example-1/",
    "associations/",
    "associations/?q=nothing-of-this-kind",
    "associations/?region=750000000&community=tatar&accredited=on",
    "associations/?community=martian",
    "associations/booklet/",
    "associations/example-1/card/",
    "houses/",
]


@pytest.fixture
def site(empty_site):
    """A council with elders, a house with a room, sixty associations."""
    clerk = register.ground()
    elders = found("elders", "Elders", parent=council())
    founding.rename(elders.pk, name={"ru": "Совет старейшин"}, on=date(2024, 5, 2), by=None, at=AT)
    seat = mandates.establish(
        elders.pk, role=Role.MEMBER, places=5, duties={"ru": "даёт совет"}, by=None, at=AT
    )
    for number in range(3):
        mandates.appoint(
            seat.pk, holder=f"Үлгі Ақсақал {number}", since=date(2026, 1, 1), by=None, at=AT
        )
    house = found("house", "House", unit=Unit.objects.get(kato="750000000", exists_to=None))
    Offering.objects.create(body=house, kind=OfferingKind.ROOM, name={"kk": "Көк зал"}, seats=120)
    some = register.fill(60, clerk)
    register.accredit(some[1], date(2024, 1, 1), date(2199, 1, 1))
    Yearly.objects.create(
        association=some[1],
        year=2025,
        kind=YearlyKind.REPORT,
        text="Мереке өтті.",
        handed_in_at=AT,
        handed_in_by=clerk,
    )
    return empty_site


@in_every_look
def test_every_page_of_the_council_can_be_used_by_everybody(site, open_page, language, width):
    page = open_page(language=language, width=width)
    wrong = []
    for path in PATHS:
        page.goto(f"/{language}/{path}")
        wrong += violations(page)
        wide = breadth(page)
        wrong += [f"{path}: {wide} pixels wide"] if wide > width else []
    assert wrong == []


def test_the_dark_pages_can_be_read_too(site, open_page):
    page = open_page(language="ru", color_scheme="dark")
    wrong = []
    for path in ("bodies/elders/", "bodies/example-1/", "associations/"):
        page.goto(f"/ru/{path}")
        wrong += violations(page)
    assert wrong == []


def test_a_visitor_finds_an_association_without_script(site, open_page):
    page = open_page(language="kk", width=320, script=False)
    page.goto("/kk/")
    page.locator(".menu summary").click()
    page.locator(".menu a", has_text="Біз кімбіз").click()
    page.locator("main a", has_text="Этномәдени бірлестіктер").click()
    page.locator("[name=community]").select_option("tatar")
    page.locator("[name=region]").select_option("750000000")
    page.locator(".filters button").click()
    names = page.locator("tbody th a")
    assert names.count() == 3
    names.first.click()
    assert "татар мәдени бірлестігі" in page.locator("h1").inner_text()


def test_the_map_of_the_register_leads_to_a_region(site, open_page):
    page = open_page(language="ru", width=1280)
    page.goto("/ru/associations/")
    page.locator(".map a[href*='region=710000000']").click()
    assert page.locator("tbody tr").count() == 15
