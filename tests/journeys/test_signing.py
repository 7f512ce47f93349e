"""A signed file in a browser: handed in by its office, called what it is, given back as it came."""

import pytest
from django.utils import timezone

from kelisim.bodies.states import Role
from kelisim.ledger.models import Entry
from kelisim.papers.actions import signing
from kelisim.papers.models import Signature
from kelisim.papers.trees.authorities import authority as told
from kelisim.people import actions as people
from tests.bodies.people import hold, secretariat
from tests.journeys.conftest import breadth, in_every_look, violations
from tests.papers.readers.authority import AT, PERSONAL, TEXT, authority

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HOUSE = authority()
PASSWORD = "qoltanba-kelisim-7"


def sign_in(page, language):
    who = people.invite(email="qol@demo.example", name="Үлгі Қолы", by=None, at=timezone.now())
    hold(who, secretariat(), Role.OFFICER)
    people.set_password(who, password=PASSWORD, confirmed=True)
    page.goto(f"/{language}/account/login/")
    page.fill("[name=login]", who.email)
    page.fill("[name=password]", PASSWORD)
    page.click("main form button[type=submit]")


def usable(page, width):
    wide = breadth(page)
    return violations(page) + ([f"{page.url}: {wide} pixels wide"] if wide > width else [])


def test_an_office_hands_in_a_signature_and_its_document_without_script(empty_site, open_page):
    signing.install(told(HOUSE.root.der), at=AT)
    container = HOUSE.sign(detached=True)
    page = open_page(language="kk", script=False)
    sign_in(page, "kk")
    page.goto("/kk/desk/papers/signatures/receive/")
    as_a_file = {"name": "hattama.p7s", "mimeType": "", "buffer": container}
    page.set_input_files("[name=container]", as_a_file)
    page.click("main form button")
    assert "бөлек келген" in page.inner_text(".errors")
    assert Signature.objects.count() == 0
    page.set_input_files("[name=container]", as_a_file)
    document = {"name": "hattama.txt", "mimeType": "text/plain", "buffer": TEXT}
    page.set_input_files("[name=content]", document)
    page.click("main form button")
    main = page.inner_text("main")
    assert "қолтаңба тексерілді" in main
    assert "Айгүл Үлгіова" in main
    assert PERSONAL not in page.content()
    signature = Signature.objects.get()
    assert bytes(signature.file.content) == container
    assert Entry.objects.latest("number").after["sha256"] == signature.file.sha256
    with page.expect_download() as download:
        page.click("main dl a[href$='/file/']")
    assert download.value.path().read_bytes() == container


@in_every_look
def test_the_pages_of_signed_files_can_be_used_by_everybody(empty_site, open_page, language, width):
    page = open_page(language=language, width=width)
    sign_in(page, language)
    page.goto(f"/{language}/desk/papers/signatures/")
    found = usable(page, width)
    page.goto(f"/{language}/desk/papers/signatures/receive/")
    page.click("main form button")
    found += usable(page, width)
    container = {"name": "hattama.cms", "mimeType": "", "buffer": HOUSE.sign()}
    page.set_input_files("[name=container]", container)
    page.click("main form button")
    assert page.locator(".state.risk").count() == 2
    found += usable(page, width)
    page.click("main form button")
    found += usable(page, width)
    page.goto(f"/{language}/desk/papers/signatures/?state=not_verified")
    found += usable(page, width)
    assert found == []
