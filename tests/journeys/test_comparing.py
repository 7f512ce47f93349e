"""A citizen moves the weights, sees the ranks move, and opens what stands behind a figure."""

import pytest

from tests.evaluation.bodies import Record, ground, putting
from tests.journeys.conftest import breadth, violations
from tests.journeys.test_register import picture

pytestmark = [pytest.mark.browser, pytest.mark.looks, pytest.mark.django_db(transaction=True)]
LOOKS = [("kk", 320), ("ru", 320), ("en", 1280)]
PROMPT = Record(in_time=12, reached=2, missed=10)
ABLE = Record(in_time=2, late=10, reached=12, used=60)
MIXED = Record(in_time=8, late=2, waiting=1, not_done=4, reached=7, missed=5)
SHORT = Record(in_time=4, reached=2)


def looked_at(page, address, width):
    page.goto(address)
    assert violations(page) == []
    assert breadth(page) <= width
    picture(page, f"comparing-{address.strip('/').split('?')[0].replace('/', '-')}-{width}")


def test_weights_are_moved_without_script_and_figures_open_their_rows(empty_site, open_page):
    of, like = ground()
    putting(of, like, [PROMPT, ABLE, MIXED, Record(), Record(used=95), SHORT])
    visitor = open_page(language="en", script=False)
    visitor.goto("/en/evaluation/effectiveness/")
    ranks = []
    for moved in ("timeliness", "outcomes"):
        for field in visitor.locator("main form input[type=number]").all():
            field.fill("0")
        for field in (moved, "completeness", "money"):
            visitor.fill(f"[name={field}]", "100" if field == moved else "10")
        visitor.get_by_role("button", name="Compare").click()
        ranks.append(
            visitor.locator(".wraps tr", has_text="Ministry 000").locator("strong").inner_text()
        )
    assert float(ranks[0]) < float(ranks[1])
    assert "not ranked" in visitor.locator(".wraps tr", has_text="Ministry 005").first.inner_text()
    visitor.locator(".wraps tr", has_text="Ministry 002").locator("td a").first.click()
    assert "15 cases" in visitor.inner_text("main")
    assert "/en/commitments/" in (visitor.locator("tbody a").first.get_attribute("href") or "")
    for language, width in LOOKS:
        page = open_page(language=language, width=width)
        looked_at(page, f"/{language}/evaluation/effectiveness/", width)
        looked_at(page, f"/{language}/evaluation/discipline/?quarter=2026-2", width)
        looked_at(page, f"/{language}/evaluation/figures/?figure=outcomes&year=2026", width)
