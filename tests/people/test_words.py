"""Every page, form error and letter of this room, in Kazakh, and nothing else in them."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.test import Client, override_settings
from django.utils import timezone
from lxml import html as parser

from kelisim.bodies.actions.founding import found
from kelisim.bodies.commands import load as load_bodies
from kelisim.bodies.states import Role
from kelisim.people import actions, tasks
from tests.bodies.people import hold
from tests.journeys import kazakh
from tests.journeys.kazakh import foreign_words, foreign_words_of_text
from tests.people.conftest import PASSWORD

# The domain of the test client stands at the foot of letters and in the name of the app.
ALSO = ["testserver"]


def assert_kazakh(response, *statuses: int) -> str:
    assert response.status_code in (statuses or (200,)), response.status_code
    html = response.content.decode()
    assert foreign_words(html, ALSO) == []
    return html


def assert_letters_are_kazakh(count: int) -> list[str]:
    assert len(mail.outbox) >= count
    for letter in mail.outbox:
        said = re.sub(
            r"^[A-Z0-9]+-[A-Z0-9]+$", "", f"{letter.subject}\n{letter.body}", flags=re.MULTILINE
        )
        assert foreign_words_of_text(said, ALSO) == [], letter.subject
    return [letter.body for letter in mail.outbox]


OPEN_PAGES = [
    "login/",
    "login/code/",
    "signup/",
    "inactive/",
    "password/reset/",
    "password/reset/done/",
    "password/reset/key/done/",
    "password/reset/key/1-nonsense/",
    "confirm-email/",
    "confirm-email/nonsense/",
]


@pytest.mark.parametrize("path", OPEN_PAGES)
def test_a_page_that_anybody_may_open_is_in_kazakh(db, client, path):
    assert_kazakh(client.get(f"/kk/account/{path}"))


@pytest.mark.parametrize(
    ("path", "given"),
    [
        ("login/", {}),
        ("login/", {"login": "nobody", "password": "x"}),
        ("login/", {"login": "nobody@demo.example", "password": "wrong"}),
        ("login/code/", {"email": "no address"}),
        ("password/reset/", {"email": ""}),
    ],
)
def test_a_refused_form_speaks_kazakh(db, client, path, given):
    html = assert_kazakh(client.post(f"/kk/account/{path}", given))
    assert 'class="errors"' in html


OWN_PAGES = [
    "me/",
    "me/sessions/",
    "me/data/",
    "account/email/",
    "account/logout/",
    "account/password/change/",
    "account/reauthenticate/",
    "account/second-step/",
    "account/second-step/totp/activate/",
    "account/second-step/webauthn/",
    "account/second-step/webauthn/add/",
]


@pytest.mark.parametrize("path", OWN_PAGES)
def test_my_pages_are_in_kazakh(invite, signed_in, path):
    assert_kazakh(signed_in(invite()).get(f"/kk/{path}"))


@pytest.mark.parametrize(
    ("path", "given"),
    [
        ("me/", {"name": "", "phone": "1" * 41, "language": "қ"}),
        ("account/email/", {"action_add": "", "email": "aigul@demo.example"}),
        ("account/password/change/", {"oldpassword": "x", "password1": "12345", "password2": "1"}),
        (
            "account/password/change/",
            {"oldpassword": PASSWORD, "password1": "Сапарова", "password2": "Сапарова"},
        ),
        ("account/reauthenticate/", {"password": "x"}),
        ("account/second-step/totp/activate/", {"code": "000000"}),
        ("account/second-step/webauthn/add/", {"credential": ""}),
    ],
)
def test_a_refused_form_of_mine_speaks_kazakh(invite, signed_in, path, given):
    html = assert_kazakh(signed_in(invite()).post(f"/kk/{path}", given))
    assert 'class="errors"' in html


def test_the_administrators_pages_are_in_kazakh(invite, signed_in):
    client = signed_in(invite(is_staff=True))
    others = [
        invite("new"),
        invite("prepares"),
        invite("publishes"),
    ]
    load_bodies()
    by = {"by": None, "at": timezone.now()}
    council = found(kind="assembly", name={"kk": "Үлгі ассамблеясы"}, **by)
    office = found(kind="secretariat", name={"kk": "Үлгі хатшылығы"}, parent=council, **by)
    hold(others[0], council, Role.CHAIR)
    hold(others[1], office, Role.OFFICER)
    actions.suspend(others[1].pk, by=None, at=timezone.now())
    actions.ask_erasure(others[2].pk, at=timezone.now())
    gone = invite("gone")
    actions.ask_erasure(gone.pk, at=timezone.now())
    actions.erase(gone.pk, by=None, at=timezone.now())
    for path in ["", "invite/", *(f"{other.pk}/" for other in [*others, gone])]:
        assert_kazakh(client.get(f"/kk/people/{path}"))
    refused = client.post("/kk/people/invite/", {"email": "x", "language": "қ"})
    assert 'class="errors"' in assert_kazakh(refused)
    taken = {"email": "new@demo.example", "name": "Ерлан", "language": "kk"}
    assert 'class="errors"' in assert_kazakh(client.post("/kk/people/invite/", taken))
    empty = client.post(f"/kk/people/{others[0].pk}/", {"act": "suspend"})
    assert 'class="errors"' in assert_kazakh(empty)
    done = {"act": "entrust", "because": "№ 12 бұйрық"}
    assert_kazakh(client.post(f"/kk/people/{others[0].pk}/", done, follow=True))


def test_the_system_admin_is_in_kazakh(invite, signed_in):
    client = signed_in(invite(is_staff=True))
    client.cookies["django_language"] = "kk"
    for path in ["", "people/", "people/person/"]:
        assert_kazakh(client.get(f"/admin/{path}"))


def test_a_limit_speaks_kazakh(db):
    asked = {"email": "aigul@demo.example"}
    answers = [Client().post("/kk/account/login/code/", asked) for _ in range(4)]
    assert 'class="errors"' in assert_kazakh(answers[-1])
    for _ in range(20):
        Client().post("/kk/account/password/reset/", asked)
    assert_kazakh(Client().post("/kk/account/password/reset/", asked), 429)


def test_an_open_registration_is_in_kazakh(invite, client):
    with override_settings(SIGNUP_OPEN=True):
        assert_kazakh(client.get("/kk/account/signup/"))
        refused = {"email": "a", "password1": "aaa", "password2": "b", "name": ""}
        assert 'class="errors"' in assert_kazakh(client.post("/kk/account/signup/", refused))
        given = {
            "email": "erlan@demo.example",
            "password1": PASSWORD,
            "password2": PASSWORD,
            "name": "Ерлан",
        }
        assert_kazakh(client.post("/kk/account/signup/", given, follow=True))
        there = {**given, "email": invite().email}
        assert_kazakh(Client().post("/kk/account/signup/", there, follow=True))
    bodies = assert_letters_are_kazakh(2)
    confirm = re.search(r"/kk/account/confirm-email/\S+", bodies[0])[0]
    assert_kazakh(client.get(confirm))
    assert_kazakh(client.post(confirm, follow=True))


def test_the_way_from_invitation_to_a_second_step_is_in_kazakh(db, client):
    person = actions.invite(email="aigul@demo.example", name="Айгүл", by=None, at=timezone.now())
    tasks.send_welcome.call(person.pk)
    link = re.search(r"/kk/account/password/reset/key/\S+", mail.outbox[0].body)[0]
    page = client.get(link, follow=True)
    assert_kazakh(page)
    where = page.request["PATH_INFO"]
    assert_kazakh(client.post(where, {"password1": "12345678", "password2": "aigul@demo"}))
    assert_kazakh(client.post(where, {"password1": PASSWORD, "password2": PASSWORD}, follow=True))
    # Signing in by a code.
    assert client.post("/kk/account/login/code/", {"email": person.email}).status_code == 302
    assert_kazakh(client.get("/kk/account/login/code/confirm/"))
    assert_kazakh(client.post("/kk/account/login/code/confirm/", {"code": "XXXX"}))
    code = mail.outbox[-1].body.split("\n\n")[2].strip()
    assert client.post("/kk/account/login/code/confirm/", {"code": code}).status_code == 302
    client.post("/kk/account/reauthenticate/", {"password": PASSWORD})
    # The second step: app, recovery codes, a key.
    setting_up = "/kk/account/second-step/totp/activate/"
    secret = client.get(setting_up).context["form"].secret
    assert_kazakh(client.post(setting_up, {"code": totp(secret)}, follow=True))
    assert_kazakh(client.get("/kk/account/second-step/"))
    assert_kazakh(client.get("/kk/account/second-step/recovery-codes/generate/"))
    assert_kazakh(client.post("/kk/account/second-step/recovery-codes/generate/", follow=True))
    key = Authenticator.objects.create(
        user=person, type="webauthn", data={"name": "Кілт", "credential": {}}
    )
    for path in ["", f"keys/{key.pk}/remove/", f"keys/{key.pk}/edit/"]:
        assert_kazakh(client.get(f"/kk/account/second-step/webauthn/{path}"))
    rename = client.post(f"/kk/account/second-step/webauthn/keys/{key.pk}/edit/", {"name": ""})
    assert_kazakh(rename)
    removed = f"/kk/account/second-step/webauthn/keys/{key.pk}/remove/"
    assert_kazakh(client.post(removed, follow=True))
    # Coming back needs both.
    client.post("/kk/account/logout/")
    client.post("/kk/account/login/", {"login": person.email, "password": PASSWORD})
    assert_kazakh(client.get("/kk/account/second-step/authenticate/"))
    assert_kazakh(client.post("/kk/account/second-step/authenticate/", {"code": "1"}))
    spare = Authenticator.objects.get(user=person, type="recovery_codes").wrap().get_unused_codes()
    client.post("/kk/account/second-step/authenticate/", {"code": spare[0]})
    assert_kazakh(client.get("/kk/account/second-step/reauthenticate/"))
    client.post("/kk/account/second-step/reauthenticate/", {"code": spare[1]})
    assert_kazakh(client.get("/kk/account/second-step/totp/deactivate/"))
    assert_kazakh(client.post("/kk/account/second-step/totp/deactivate/", follow=True))
    assert_letters_are_kazakh(5)


def totp(secret: str) -> str:
    import time

    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def words(response, tongue: str) -> set[str]:
    text = "\n".join(kazakh.seen(parser.fromstring(response.content.decode()), tongue))
    found = set(kazakh.WORD.findall(kazakh.ADDRESS.sub(" ", text)))
    assert len(found) > 20
    return found - {"Келісім", "testserver"}


def test_no_kazakh_or_english_slips_into_russian_nor_cyrillic_into_english(invite, signed_in):
    """Kazakh is the language of the installation, and so what a missing Russian would show."""
    client = signed_in(invite(name="Erlan", is_staff=True))
    paths = [*OWN_PAGES, "people/", "people/invite/"]
    for get, path in [
        *((Client().get, f"account/{path}") for path in OPEN_PAGES),
        *((client.get, path) for path in paths),
    ]:
        for word in words(get(f"/ru/{path}"), "ru") - {"Erlan"}:
            assert not set(word.lower()) & kazakh.KAZAKH_ONLY, (path, word)
            assert not kazakh.latin(word, kazakh.NAMES), (path, word)
        for word in words(get(f"/en/{path}"), "en"):
            assert not re.search(r"[\u0400-\u04ff]", word), (path, word)


def test_letters_about_address_and_password_are_in_kazakh(invite, signed_in):
    person = invite()
    client = signed_in(person)
    assert_kazakh(
        client.post(
            "/kk/account/email/", {"action_add": "", "email": "new@demo.example"}, follow=True
        )
    )
    confirm = re.search(r"/kk/account/confirm-email/\S+", mail.outbox[-1].body)[0]
    assert_kazakh(client.get(confirm))
    assert_kazakh(client.post(confirm, follow=True))
    changed = {"oldpassword": PASSWORD, "password1": "jana-soz-2026", "password2": "jana-soz-2026"}
    assert_kazakh(client.post("/kk/account/password/change/", changed, follow=True))
    client.post("/kk/account/logout/")
    client.post("/kk/account/password/reset/", {"email": "new@demo.example"})
    link = re.search(r"/kk/account/password/reset/key/\S+", mail.outbox[-1].body)[0]
    page = client.get(link, follow=True)
    twice = {"password1": PASSWORD, "password2": PASSWORD}
    assert_kazakh(client.post(page.request["PATH_INFO"], twice, follow=True))
    assert_letters_are_kazakh(5)


def test_a_letter_speaks_the_language_of_its_receiver(invite, client):
    person = invite(language="ru")
    client.post("/kk/account/password/reset/", {"email": person.email})
    assert "Здравствуйте!" in mail.outbox[-1].body
    assert mail.outbox[-1].subject == "Установка нового пароля"


def test_a_welcome_is_not_sent_to_somebody_who_is_already_here(invite):
    person = invite()
    person.last_login = timezone.now()
    person.save(update_fields=["last_login"])
    tasks.send_welcome.call(person.pk)
    assert mail.outbox == []
