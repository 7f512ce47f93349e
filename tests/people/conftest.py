"""People of every kind, and a client that signs in as they would."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from kelisim.people import actions
from kelisim.people.models import Person

PASSWORD = "birge-kelisim-9"

Invite = Callable[..., Person]


@pytest.fixture
def invite(db) -> Invite:
    """Somebody who was invited and has set their password: `invite("aigul", is_staff=True)`."""

    def make(who: str = "aigul", **facts) -> Person:
        person = actions.invite(
            **{
                "email": f"{who}@demo.example",
                "name": "Айгүл Сапарова",
                "by": None,
                "at": timezone.now(),
                **facts,
            }
        )
        actions.set_password(person, password=PASSWORD, confirmed=True)
        person.refresh_from_db()
        return person

    return make


@pytest.fixture
def signed_in(invite) -> Callable[..., Client]:
    """A browser in which a person has just shown that it is them, twice."""

    def make(person: Person, **headers) -> Client:
        client = Client(headers={"User-Agent": "Mozilla/5.0 (X11; Linux) Firefox/146.0", **headers})
        given = {"login": person.email, "password": PASSWORD}
        assert client.post("/kk/account/login/", given).status_code == 302
        assert client.post("/kk/account/reauthenticate/", {"password": PASSWORD}).status_code == 302
        return client

    return make
