"""Every address of this room, for everybody who may come."""

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse

from kelisim.bodies.states import Role
from kelisim.people import urls
from tests.bodies.people import head, hold, secretariat
from tests.people.conftest import PASSWORD

WHO = ["anonymous", "person", "preparer", "publisher", "administrator"]
SIGN_IN = "sign in first"
PROVE = "prove it once more"
AWAY = "not for whoever is signed in"
ARGUMENTS = {
    "account_confirm_email": ["nothing"],
    "account_reset_password_from_key": ["1", "nothing"],
    "mfa_remove_webauthn": [1],
    "mfa_edit_webauthn": [1],
}
IN = (200, 200, 200, 200)
# What each of WHO meets (a status, or where they are sent), and at which addresses.
TABLE: list[tuple[tuple[int | str, ...], str]] = [
    ((200, *[AWAY] * 4), "account_login account_signup account_request_login_code"),
    (
        (SIGN_IN, *[AWAY] * 4),
        # Whoever has a password changes it; the steps of signing in are behind them.
        "account_confirm_login_code mfa_authenticate mfa_login_webauthn account_set_password",
    ),
    (
        (200, *IN),
        (
            "account_inactive account_email_verification_sent account_confirm_email"
            " account_reset_password account_reset_password_done account_reset_password_from_key"
            " account_reset_password_from_key_done"
        ),
    ),
    ((AWAY, *IN), "account_logout"),
    (
        (SIGN_IN, *IN),
        (
            "account_reauthenticate account_email account_change_password mfa_index"
            " mfa_list_webauthn people:me people:sessions"
        ),
    ),
    (
        (SIGN_IN, *[404] * 4),
        "mfa_view_recovery_codes mfa_download_recovery_codes mfa_deactivate_totp",
    ),
    (
        (SIGN_IN, *[PROVE] * 4),
        # Without an app or a key it is the password that proves.
        (
            "mfa_reauthenticate mfa_reauthenticate_webauthn mfa_activate_totp mfa_add_webauthn"
            " mfa_generate_recovery_codes mfa_remove_webauthn mfa_edit_webauthn"
            " people:data people:download"
        ),
    ),
    ((SIGN_IN, 403, 403, 403, 200), "people:list people:invite people:person"),
]
MEETS = {name: expected for expected, together in TABLE for name in together.split()}


def names(patterns, namespace="") -> set[str]:
    found = set()
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            found.add(f"{namespace}{pattern.name}")
        elif isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else namespace
            found |= names(pattern.url_patterns, inner)
    return found


def test_the_table_names_every_address_of_the_room():
    assert set(MEETS) == names(urls.urlpatterns)


def met(response) -> int | str:
    if response.status_code != 302:
        return response.status_code
    where = response["Location"].partition("?")[0]
    if "/reauthenticate/" in where:
        return PROVE
    return SIGN_IN if "/account/login/" in where else AWAY


@pytest.mark.parametrize("name", sorted(MEETS))
def test_everybody_meets_what_the_table_says(invite, name):
    people = {
        "person": invite("person"),
        "preparer": invite("preparer"),
        "publisher": invite("publisher"),
        "administrator": invite("administrator", is_staff=True),
    }
    hold(people["preparer"], secretariat(), Role.OFFICER)
    hold(people["publisher"], secretariat(), Role.HEAD)
    for who, expected in zip(WHO, MEETS[name], strict=True):
        client = Client()
        if who != "anonymous":
            client.force_login(people[who])
        arguments = [people["person"].pk] if name == "people:person" else ARGUMENTS.get(name, [])
        response = client.get(reverse(name, args=arguments))
        assert met(response) == expected, (who, response.get("Location"))


@pytest.mark.parametrize("act", ["entrust", "suspend", "erase", "ask_erasure"])
def test_only_an_administrator_acts_on_others(invite, act):
    other = invite("other")
    for who in [invite("person"), head()]:
        client = Client()
        client.force_login(who)
        given = {"act": act, "because": "№ 1"}
        assert client.post(reverse("people:person", args=[other.pk]), given).status_code == 403
    other.refresh_from_db()
    assert (other.state, other.is_staff) == ("active", False)


def test_a_browser_left_open_is_not_enough_to_act_on_others(invite):
    client = Client()
    client.force_login(invite("administrator", is_staff=True))
    other = invite("other")
    where = reverse("people:person", args=[other.pk])
    asked = client.post(where, {"act": "entrust", "because": "№ 1"})
    assert met(asked) == PROVE
    other.refresh_from_db()
    assert not other.is_staff
    # The act is done once the password was shown; nothing is typed twice.
    done = client.post(asked["Location"], {"password": PASSWORD, "next": where})
    assert (done.status_code, done["Location"]) == (302, where)
    other.refresh_from_db()
    assert other.is_staff


def test_an_unknown_act_is_refused(invite, signed_in):
    client = signed_in(invite("administrator", is_staff=True))
    where = reverse("people:person", args=[invite("other").pk])
    for act in ["", "delete", "entrust:is_superuser", "entrust:is_staff", "withdraw:"]:
        assert client.post(where, {"act": act, "because": "№ 1"}).status_code == 403


def test_a_session_of_another_cannot_be_ended(invite, signed_in):
    from kelisim.people.models import Session
    from kelisim.people.queries import handle

    mine, other = invite("mine"), invite("other")
    client = signed_in(mine)
    signed_in(other)
    theirs = Session.objects.get(person=other)
    client.post("/kk/me/sessions/", {"session": handle(theirs.session_key)})
    client.post("/kk/me/sessions/", {"session": "others"})
    assert Session.objects.filter(pk=theirs.pk).exists()


def test_the_admin_asks_for_the_same_sign_in(invite, client):
    response = client.get("/admin/", follow=True)
    assert "/account/login/" in response.redirect_chain[-1][0]
    client.force_login(invite("person"))
    assert client.get("/admin/people/person/").status_code in {302, 403}
