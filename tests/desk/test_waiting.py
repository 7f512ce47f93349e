"""The desk: what waits for each, what they wait for, and nothing that is not theirs."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from kelisim.bodies.queries.powers import powers_at
from kelisim.charter.actions import publishing
from kelisim.charter.actions.acts import Cited
from kelisim.charter.readers import read
from kelisim.desk import queries
from kelisim.people import actions as people_actions
from kelisim.people.models import Person
from tests.bodies.people import head, officer, person

AT = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def people(db) -> dict[str, Person]:
    return {
        "preparer": officer("Preparer"),
        "publisher": head("Publisher"),
        "administrator": person("Administrator", is_staff=True),
        "nobody": person("Nobody"),
    }


@pytest.fixture
def begun(people):
    """A draft of a plan, begun so many days later: `begun(2)`."""

    def make(day: int = 0, slug: str = "plan"):
        text = "# План\n\nНамечаются следующие меры:\n\n1) открыть зал;\n2) издать книгу.\n"
        return publishing.begin_charter(
            slug=slug,
            title={"ru": f"План {slug}", "kk": f"{slug} жоспары", "en": f"Plan {slug}"},
            draft=read(text.encode(), name="plan.md"),
            beginning=publishing.Beginning(
                act=Cited(number=f"7-{slug}", date=AT.date()), in_force_from=AT.date()
            ),
            by=people["preparer"],
            at=AT + timedelta(days=day),
        )

    return make


def desk_of(person) -> queries.Desk:
    return queries.desk(person, powers_at(person, AT), AT.date())


def waiting(person) -> list[str]:
    with translation.override("en"):
        return [item.matter for item in desk_of(person).waiting]


def expected(person) -> list[str]:
    with translation.override("en"):
        return [item.matter for item in desk_of(person).expected]


def page(person, language="en") -> str:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    with translation.override(language):
        address = reverse("desk:waiting")
    answer = client.get(address)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.content.decode()))


def test_the_desk_needs_signing_in(db):
    with translation.override("kk"):
        answer = Client().get(reverse("desk:waiting"))
    assert answer.status_code == 302
    assert "/account/login/" in answer["Location"]


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
@pytest.mark.parametrize("who", ["preparer", "publisher", "administrator", "nobody"])
def test_an_empty_desk_says_what_will_be_here(people, who, language):
    with translation.override(language):
        words = translation.gettext(
            "Nothing waits for you. Here will stand, by date, what needs your act: drafts returned "
            "to you, documents that you may publish, requests to decide. Each comes here by itself "
            "and leaves when it is done."
        )
    assert words in page(people[who], language)


def test_a_draft_goes_from_desk_to_desk(begun, people):
    preparer, publisher = people["preparer"], people["publisher"]
    version = begun()
    assert waiting(preparer) == ["Draft: version 1"]
    assert waiting(publisher) == []
    publishing.submit(version.pk, by=preparer, at=AT)
    assert (waiting(preparer), expected(preparer)) == ([], ["With the publisher: version 1"])
    assert waiting(publisher) == ["To publish or return: version 1"]
    publishing.return_(version.pk, by=publisher, reason="Проверьте пункт 2.", at=AT)
    assert (waiting(preparer), expected(preparer)) == (["Returned: version 1"], [])
    assert (waiting(publisher), expected(publisher)) == ([], ["Being put right: version 1"])
    assert "Проверьте пункт 2." in page(preparer)
    publishing.submit(version.pk, by=preparer, at=AT)
    publishing.publish(version.pk, by=publisher, at=AT)
    for each in (preparer, publisher):
        assert (waiting(each), expected(each)) == ([], [])


def test_guesses_that_nobody_looked_at_are_the_next_act(begun, people):
    version = begun()
    version.guesses = [
        {"what": "join", "lines": [1, 2], "certainty": 0.5, "settled": n == 0} for n in range(3)
    ]
    version.save()
    assert "2 guesses to settle" in page(people["preparer"])
    with translation.override("en"):
        (item,) = desk_of(people["preparer"]).waiting
    assert (item.act, item.address.rsplit("/", 2)[1]) == ("Settle", "problems")


def test_the_oldest_stands_first(begun, people):
    begun(5, "later")
    begun(1, "sooner")
    titles = [item.title["en"] for item in desk_of(people["preparer"]).waiting]
    assert titles == ["Plan sooner", "Plan later"]


def test_requests_for_erasure_wait_for_administrators_only(people):
    people_actions.ask_erasure(people["nobody"].pk, at=AT)
    assert waiting(people["administrator"]) == ["Request for erasure"]
    assert waiting(people["preparer"]) == []
    assert "Nobody" in page(people["administrator"])


def test_failed_jobs_wait_for_administrators_only(people):
    from django_tasks_db.models import DBTaskResult

    DBTaskResult.objects.create(
        task_path="kelisim.people.tasks.send_welcome",
        args_kwargs={"args": [], "kwargs": {}},
        queue_name="default",
        backend_name="default",
        status="FAILED",
        run_after=AT,
        finished_at=AT,
        traceback="OSError: no route to the mail server\n",
        exception_class_path="builtins.OSError",
    )
    assert waiting(people["administrator"]) == ["A job failed"]
    assert "no route to the mail server" in page(people["administrator"])
    assert waiting(people["publisher"]) == []


def test_the_desk_takes_the_same_queries_for_three_matters_and_for_sixty(begun, people):
    counts = []
    for total in (3, 60):
        for n in range(total):
            slug = f"plan-{total}-{n}"
            version = begun(n, slug)
            if n % 2:
                publishing.submit(version.pk, by=people["preparer"], at=AT)
        for name in ("preparer", "publisher", "administrator"):
            client = Client()
            client.force_login(people[name], backend="django.contrib.auth.backends.ModelBackend")
            client.get("/en/desk/")
            with CaptureQueriesContext(connection) as seen:
                client.get("/en/desk/")
            counts.append((name, len(seen)))
    assert counts[:3] == counts[3:]
    assert max(count for _, count in counts) <= 30
