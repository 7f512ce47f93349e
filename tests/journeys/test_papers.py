"""The papers' desk in a browser: axe-core finds nothing, wide and at 320 pixels."""

import pytest
from django.conf import settings
from django.test import Client

from kelisim.papers.models import Consent, Document, Round
from tests.bodies.people import chair, council, head
from tests.journeys.conftest import breadth, in_every_look, violations
from tests.papers.offices import clerk, ministry, registered, sent
from tests.papers.test_pages import addresses, say

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FILES = {"file", "template-file", "edition", "round-file", "round-paper"}


def signed_in(page, who, site):
    client = Client()
    client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": site}])
    return page


def faults(page, paths, width):
    found = []
    for path in paths:
        answer = page.goto(path)
        assert answer.status == 200, path
        found += violations(page)
        wide = breadth(page)
        found += [f"{path}: {wide} pixels wide"] if wide > width else []
    return found


@in_every_look
def test_the_papers_desk_can_be_used_by_everybody(empty_site, open_page, language, width):
    there = {name: path for name, path in addresses().items() if name not in FILES | {"say"}}
    round_ = Round.objects.get()
    say(round_, ministry()[1])
    sent(ministry()[0], words="changed", follows=round_.pk)
    paths = [f"/{language}/{path.split('/', 2)[2]}" for path in there.values()]
    page = signed_in(open_page(language=language, width=width), head(), empty_site)
    assert faults(page, paths, width) == []
    own = Consent.objects.order_by("pk").last()
    page = signed_in(open_page(language=language, width=width), ministry()[1], empty_site)
    answer = f"/{language}/desk/papers/rounds/{own.round_id}/answers/{own.pk}/"
    assert faults(page, [answer], width) == []


def test_a_letter_is_registered_and_resolved_without_script(empty_site, open_page):
    office = signed_in(open_page(language="kk", script=False), clerk(), empty_site)
    registered()
    office.goto("/kk/desk/papers/register/")
    office.get_by_label("Бағыты").select_option("incoming")
    office.get_by_label("Құжат түрі").select_option("letter")
    office.locator("[name=title_kk]").fill("Мереке туралы")
    office.get_by_role("button", name="Тіркеу").click()
    assert office.locator(".errors").is_visible()
    assert office.locator("[name=title_kk]").input_value() == "Мереке туралы"
    office.get_by_label("Кімнен немесе кімге").fill("Үлгі министрлігі")
    office.get_by_role("button", name="Тіркеу").click()
    paper = Document.objects.get(correspondent="Үлгі министрлігі")
    assert office.url.endswith(f"/kk/desk/papers/{paper.pk}/")
    above = signed_in(open_page(language="kk", script=False), chair(of=council()), empty_site)
    above.goto(f"/kk/desk/papers/{paper.pk}/")
    above.get_by_label("Бұрыштама").fill("Қаралсын")
    above.get_by_role("button", name="Бұрыштама қою").click()
    assert above.get_by_text("Қаралсын").is_visible()
