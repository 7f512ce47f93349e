"""From a sentence of the charter to a photograph of what was done; from a cell to its list."""

import pytest
from django.core.management import call_command

from kelisim.commitments.models import Evidence
from tests.commitments import world as w
from tests.journeys.conftest import breadth, violations
from tests.journeys.test_register import picture

pytestmark = [
    pytest.mark.browser,
    pytest.mark.looks,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def ground(empty_site):
    call_command("createcachetable", verbosity=0)
    of = w.world()
    first, _second = w.approved(of, w.measured("1"), w.measured("2"), version=w.charter())
    w.done(of, first)
    Evidence.objects.update(photo=True, consent=True, public=True)
    return first


def looked_at(page, language, width, known):
    """Axe finds nothing, and nothing stands out of the screen."""
    assert violations(page) == []
    assert breadth(page) <= width
    picture(page, f"coverage-{known}-{language}-{width}")


def test_a_citizen_goes_from_a_sentence_to_a_photograph_in_at_most_three_clicks(ground, open_page):
    measure = ground.fulfils.get().provision
    for language, width in (("kk", 320), ("ru", 1280), ("en", 320)):
        page = open_page(language=language, width=width)
        page.goto(f"/{language}/charters/library/")
        looked_at(page, language, width, "charter")
        clicks = 0
        page.click(f"#{measure.eid} a.state")
        clicks += 1
        page.wait_for_url(f"**/charters/library/{measure.eid}/**")
        looked_at(page, language, width, "measure")
        seen = page.locator("#done .photos img").first
        seen.scroll_into_view_if_needed()
        assert seen.evaluate("image => image.complete || image.decode().then(() => true)")
        page.locator("#done .photos a").first.click()
        clicks += 1
        page.wait_for_url("**/commitments/photos/**")
        assert clicks <= 3


def test_every_cell_opens_what_stands_behind_it_in_three_languages(ground, open_page):
    for language, width in (("kk", 1280), ("ru", 320), ("en", 1280)):
        page = open_page(language=language, width=width)
        page.goto(f"/{language}/evaluation/coverage/library/")
        looked_at(page, language, width, "matrix")
        cell = page.locator("table.matrix td a").first
        words = cell.get_attribute("aria-label")
        cell.click()
        page.wait_for_url("**/commitments/?**")
        assert f"/{language}/commitments/{ground.pk}/" in page.content()
        assert words
        looked_at(page, language, width, "list")
        for name in ("side-by-side", "timeline"):
            page.goto(f"/{language}/evaluation/{name}/library/")
            looked_at(page, language, width, name)
        page.goto(f"/{language}/charter-results/library/")
        looked_at(page, language, width, "results")
        page.goto(f"/{language}/evaluation/discipline/?quarter=2026-3")
        looked_at(page, language, width, "discipline")
