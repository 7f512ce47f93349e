"""Where somebody is signed in: listed in plain words, ended one by one, and no more than that."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from kelisim.bodies.actions.mandates import deputise
from kelisim.bodies.states import Role
from kelisim.people import holdings, queries
from kelisim.people.middleware import device
from kelisim.people.models import Session
from tests.bodies.people import hold, secretariat
from tests.people.conftest import PASSWORD

CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/146.0 Safari/537.36"


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (CHROME, "Chrome, Windows"),
        (f"{CHROME} Edg/146.0", "Edge, Windows"),
        (f"{CHROME} YaBrowser/26.1", "Yandex, Windows"),
        (
            "Mozilla/5.0 (Linux; Android 15) SamsungBrowser/27.0 Chrome/120",
            "Samsung Internet, Android",
        ),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Safari/604.1", "Safari, iPhone"),
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:146.0) Gecko/20100101 Firefox/146.0",
            "Firefox, Linux",
        ),
        ("curl/8", ""),
        ("", ""),
    ],
)
def test_a_device_is_named_as_a_person_would(agent, words):
    assert device(agent) == words


def test_a_session_keeps_no_address_and_no_full_browser_string(invite, signed_in):
    person = invite()
    signed_in(person, **{"User-Agent": CHROME})
    row = Session.objects.get(person=person)
    assert row.device == "Chrome, Windows"
    kept = json.dumps(row.get_decoded()) + str(vars(row))
    assert "127.0.0.1" not in kept
    assert "AppleWebKit" not in kept


def test_no_address_lies_among_the_counters_of_attempts(invite, monkeypatch):
    from django.core.cache import cache

    stored = []
    original = cache.set
    monkeypatch.setattr(
        cache, "set", lambda key, *a, **k: stored.append(key) or original(key, *a, **k)
    )
    Client().post("/kk/account/login/", {"login": "x@demo.example", "password": "x"})
    assert any(":ip:" in key for key in stored)
    assert not any("127.0.0.1" in key for key in stored)


def test_sessions_are_listed_and_ended_one_by_one(invite, signed_in):
    person = invite()
    here, there, elsewhere = signed_in(person), signed_in(person), signed_in(person)
    listed = here.get("/kk/me/sessions/").context["sessions"]
    assert [session.here for session in listed] == [True, False, False]
    ended = queries.handle(there.session.session_key)
    here.post("/kk/me/sessions/", {"session": ended})
    assert there.get("/kk/me/").status_code == 302
    assert elsewhere.get("/kk/me/").status_code == 200
    here.post("/kk/me/sessions/", {"session": "others"})
    assert elsewhere.get("/kk/me/").status_code == 302
    assert here.get("/kk/me/").status_code == 200


def test_the_key_of_a_session_is_never_shown(invite, signed_in):
    client = signed_in(invite())
    for path in ["me/sessions/", "me/data/download/"]:
        html = client.get(f"/kk/{path}").content.decode()
        assert client.session.session_key not in html


def test_a_visit_is_written_down_once_an_hour(invite, signed_in):
    person = invite()
    client = signed_in(person)
    before = Session.objects.get(person=person).seen_at
    client.get("/kk/me/")
    assert Session.objects.get(person=person).seen_at == before
    session = client.session
    old = (timezone.now() - timedelta(hours=2)).isoformat()
    session["visit"] = {**session["visit"], "seen": old}
    session.save()
    client.get("/kk/me/")
    assert Session.objects.get(person=person).seen_at > timezone.now() - timedelta(minutes=5)


def test_old_sessions_are_cleared(invite, signed_in):
    from django.core.management import call_command

    person = invite()
    signed_in(person)
    Session.objects.update(expire_date=timezone.now() - timedelta(days=1))
    call_command("clearsessions")
    assert not Session.objects.exists()


def test_a_public_page_costs_a_visitor_no_session(db, client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/kk/account/password/reset/done/")
    assert "sessionid" not in response.cookies


def test_the_download_holds_all_that_is_held(invite, signed_in, monkeypatch):
    monkeypatch.setitem(holdings.HOLDINGS, "drafts", lambda person: [{"title": person.name}])
    person = invite(phone="+7 700 000 00 00", is_staff=True)
    client = signed_in(person)
    other = {"email": "other@demo.example", "name": "Ерлан", "language": "kk", "because": "№ 3"}
    assert client.post("/kk/people/invite/", other).status_code == 302
    response = client.get("/kk/me/data/download/")
    assert "attachment" in response["Content-Disposition"]
    told = response.json()
    assert told["person"]["phone"] == "+7 700 000 00 00"
    assert told["addresses"][0] == {"email": person.email, "confirmed": True, "primary": True}
    assert told["sessions"][0]["device"] == "Firefox, Linux"
    assert [act["act"] for act in told["acts"]] == ["people.invited"]
    assert told["drafts"] == [{"title": "Айгүл Сапарова"}]
    assert "password" not in str(told)
    assert "ledger_key" not in str(told)


@pytest.mark.parametrize("size", [3, 40])
def test_the_list_of_people_costs_the_same_for_few_and_many(
    invite, size, django_assert_num_queries
):
    from kelisim.people.models import Person

    client = Client()
    client.force_login(invite("administrator", is_staff=True))
    people = Person.objects.bulk_create(
        Person(email=f"p{i}@demo.example", name=f"Адам {i}") for i in range(size)
    )
    for one in people[:-1]:
        hold(one, secretariat(), Role.OFFICER)
    head = hold(people[-1], secretariat(), Role.HEAD)
    deputise(
        head.pk,
        deputy=people[0].mandates.get(),
        since=timezone.localdate(),
        until=timezone.localdate() + timedelta(days=9),
        by=None,
        at=timezone.now(),
    )
    client.get("/kk/people/")
    # The session, the person, the list, their mandates, for whom they deputise and by which
    # mandates, the bodies above their secretariats.
    with django_assert_num_queries(7):
        html = client.get("/kk/people/").content.decode()
    assert f"Адам {size - 1}" in html
    assert html.count("хатшылық қызметкері") == size - 1
    assert html.count("хатшылық басшысы") == html.count('class="state risk"') == 2


def test_a_long_list_comes_in_pages_by_key(invite):
    from kelisim.people.models import Person

    client = Client()
    client.force_login(invite("administrator", is_staff=True))
    Person.objects.bulk_create(
        Person(email=f"p{i}@demo.example", name=f"Адам {i}") for i in range(60)
    )
    first = client.get("/kk/people/")
    rest = client.get(f"/kk/people/?after={first.context['next']}")
    seen = [row.person.pk for page in (first, rest) for row in page.context["people"]]
    assert len(seen) == len(set(seen)) == 61
    assert rest.context["next"] is None
    assert client.get("/kk/people/?after=nonsense").status_code == 200


def test_the_language_of_an_address_is_remembered_only_when_it_is_a_choice(db):
    reader = Client(headers={"Accept-Language": "ru"})
    assert "django_language" not in reader.get("/ru/account/login/").cookies
    chosen = reader.get("/en/account/login/")
    assert chosen.cookies["django_language"].value == "en"
    assert reader.get("/", follow=False)["Location"] == "/en/"
    assert "django_language" not in reader.get("/en/account/login/").cookies


def test_my_language_is_that_of_my_letters(invite, signed_in):
    person = invite()
    given = {"name": "Айгүл", "phone": "", "language": "ru"}
    signed_in(person).post("/kk/me/", given)
    person.refresh_from_db()
    assert (person.language, person.name) == ("ru", "Айгүл")


def test_no_answer_tells_whether_an_address_has_an_account(invite):
    known, unknown = invite().email, "nobody@demo.example"
    for path, field in [("password/reset/", "email"), ("login/code/", "email")]:
        answers = [Client().post(f"/kk/account/{path}", {field: a}) for a in (known, unknown)]
        assert len({(a.status_code, a["Location"]) for a in answers}) == 1
    refused = [
        Client().post("/kk/account/login/", {"login": a, "password": "wrong"})
        for a in (known, unknown)
    ]
    errors = [str(r.context["form"].errors) for r in refused]
    assert errors[0] == errors[1]


def test_guessing_a_password_is_stopped(invite):
    person = invite()
    guesses = {"login": person.email, "password": "wrong"}
    for _ in range(5):
        Client().post("/kk/account/login/", guesses)
    stopped = Client().post("/kk/account/login/", {"login": person.email, "password": PASSWORD})
    assert stopped.status_code == 200
    assert "Сәтсіз әрекет тым көп" in stopped.content.decode()


def test_secrets_of_the_second_step_lie_encrypted(invite, settings):
    from allauth.mfa.adapter import get_adapter

    adapter = get_adapter()
    kept = adapter.encrypt("JBSWY3DPEHPK3PXP")
    assert "JBSWY3DPEHPK3PXP" not in kept
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another-secret-" + "1" * 40
    settings.SECRET_KEY_FALLBACKS = [old]
    assert adapter.decrypt(kept) == "JBSWY3DPEHPK3PXP"
