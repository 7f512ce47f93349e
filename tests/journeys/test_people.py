"""Signing in through a real browser: with a password, a key, without script; clean for everybody."""

import re

import pytest
from django.core import mail
from django.utils import timezone

from kelisim.people import actions, tasks
from kelisim.people.models import Person
from tests.journeys.conftest import breadth, in_every_look, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "birge-kelisim-9"


@pytest.fixture
def person(empty_site) -> Person:
    made = actions.invite(
        email="aigul@demo.example", name="Айгүл", is_staff=True, by=None, at=timezone.now()
    )
    actions.set_password(made, password=PASSWORD, confirmed=True)
    return made


def sign_in(page, language="kk"):
    page.goto(f"/{language}/account/login/")
    page.fill("[name=login]", "aigul@demo.example")
    page.fill("[name=password]", PASSWORD)
    page.click("main form button[type=submit]")


def prove(page):
    """Show the password once more when it is asked for."""
    if "/reauthenticate/" in page.url:
        page.fill("[name=password]", PASSWORD)
        page.click("main form button[type=submit]")


def test_an_invited_person_sets_a_password_and_signs_in_without_script(empty_site, open_page):
    invited = actions.invite(email="aigul@demo.example", name="Айгүл", by=None, at=timezone.now())
    tasks.send_welcome.call(invited.pk)
    link = re.search(r"/kk/account/password/reset/key/\S+", mail.outbox[0].body)[0]
    page = open_page(script=False)
    page.goto(link)
    page.fill("[name=password1]", PASSWORD)
    page.fill("[name=password2]", PASSWORD)
    page.click("main form button[type=submit]")
    sign_in(page)
    page.goto("/kk/me/")
    assert page.input_value("[name=name]") == "Айгүл"
    page.goto("/kk/account/logout/")
    page.click("main form button[type=submit]")
    page.goto("/kk/me/")
    assert "/account/login/" in page.url


def test_a_passkey_is_added_and_signs_in_alone(person, open_page):
    page = open_page()
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    sign_in(page)
    page.goto("/kk/account/second-step/webauthn/add/")
    prove(page)
    page.fill("[name=name]", "Телефоным")
    page.check("[name=passwordless]")
    page.click("form[data-passkey] button[type=submit]")
    page.wait_for_url("**/recovery-codes/")
    page.goto("/kk/account/second-step/webauthn/")
    assert "Телефоным" in page.inner_text("main")
    page.goto("/kk/account/logout/")
    page.click("main form button[type=submit]")
    # The key instead of the password.
    page.goto("/kk/account/login/")
    page.click("form[data-passkey] button[type=submit]")
    page.wait_for_url(lambda url: "/account/login/" not in url)
    page.goto("/kk/me/")
    assert page.input_value("[name=name]") == "Айгүл"
    page.goto("/kk/account/logout/")
    page.click("main form button[type=submit]")
    # The key after the password.
    sign_in(page)
    page.wait_for_url("**/second-step/authenticate/")
    page.click("form[data-passkey] button[type=submit]")
    page.wait_for_url(lambda url: "/account/" not in url)
    page.goto("/kk/me/")
    assert page.input_value("[name=name]") == "Айгүл"


OPEN = ["login/", "login/code/", "signup/", "inactive/", "password/reset/", "confirm-email/"]
OWN = [
    "me/",
    "me/sessions/",
    "me/data/",
    "people/",
    "people/invite/",
    "account/email/",
    "account/logout/",
    "account/password/change/",
    "account/second-step/",
    "account/second-step/totp/activate/",
    "account/second-step/webauthn/",
    "account/second-step/webauthn/add/",
]


@in_every_look
def test_every_page_is_clean_for_everybody(person, open_page, language, width):
    page = open_page(language=language, width=width)
    found, wide = [], []

    def look(path):
        page.goto(f"/{language}/{path}")
        prove(page)
        found.extend(violations(page))
        if breadth(page) > page.evaluate("innerWidth"):
            wide.append(path)

    for path in OPEN:
        look(f"account/{path}")
    page.goto(f"/{language}/account/login/")
    page.click("main form button[type=submit]")
    found.extend(violations(page))
    sign_in(page, language)
    for path in [*OWN, f"people/{person.pk}/"]:
        look(path)
    assert found == []
    assert wide == []
