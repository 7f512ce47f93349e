"""A power cut at any moment of a publish: afterwards it is wholly published or not at all.

The real server is killed with SIGKILL while a real client publishes; what the client was told is
compared with what the database holds when the server has begun again. The same test is run
against a server without transactions, where it must find a half-done publish: so it can fail.
"""

import threading
import time
from datetime import UTC, date, datetime
from http.client import HTTPException
from pathlib import Path
from random import Random

import pytest
from django.conf import global_settings
from django.db import connection

from kelisim.bodies.states import Role
from kelisim.charter.actions import acts, publishing
from kelisim.charter.models import Version
from kelisim.charter.trees.draft import Draft, Provision
from kelisim.ledger.models import Entry
from kelisim.ledger.queries import verify
from kelisim.people.actions import invite, set_password
from kelisim.search.models import Entry as Found
from tests.bodies.people import hold, secretariat
from tests.journeys.real import CRASHES, Client, kill, prepared, serving

pytestmark = [
    pytest.mark.crash,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("crash of a publish"),
]
PROVISIONS = 150
WHEN = datetime(2026, 1, 5, 9, tzinfo=UTC)
HALVED = ("-m", "tests.journeys.without_transactions")


def person(role, post):
    made = invite(
        email=f"{role}@office.example", name=f"Үлгі {role}", by=None, at=WHEN, welcome=False
    )
    hold(made, secretariat(), post)
    set_password(made, password="birge-kelisim-9", confirmed=True)
    return made


def submitted(preparer, n):
    """A charter's first version, ready to be published."""
    rows = [Provision("part_1", "part", "1", f"Бөлім {n}", None, (1, 1), heading=True)]
    rows += [
        Provision(
            f"part_1__point_{i}",
            "point",
            str(i),
            f"ереже {n}-{i} туралы мәтін",
            "part_1",
            (i + 1, i + 1),
        )
        for i in range(1, PROVISIONS)
    ]
    version = publishing.begin_charter(
        slug=f"charter-{n}",
        title={"kk": f"Құжат {n}"},
        draft=Draft(tuple(rows), language="kk"),
        beginning=publishing.Beginning(
            act=acts.Cited(str(n), date(2026, 1, 5)), in_force_from=date(2026, 1, 5)
        ),
        by=preparer,
        at=WHEN,
    )
    return publishing.submit(version.pk, by=preparer, at=WHEN)


@pytest.fixture
def folder(tmp_path, settings) -> Path:
    """Where the real server keeps its files, prepared as an installation is."""
    # The real server knows none of the quick hashes that tests use otherwise.
    settings.PASSWORD_HASHERS = global_settings.PASSWORD_HASHERS
    prepared(tmp_path)
    return tmp_path


def signed_in(address, jar=None):
    client = Client(address)
    if jar is not None:
        return client.with_session_of(jar)
    said = {"login": "publisher@office.example", "password": "birge-kelisim-9"}
    assert "login" not in client.post("/en/account/login/", said)
    return client


def address_of(version):
    return f"/en/desk/charters/{version.charter.slug}/v{version.number}/review/"


def publish(client, version, told):
    """Press the button; `told` says what the client was told."""
    try:
        told["led"] = client.post(address_of(version), {"act": "publish"})
    except (OSError, HTTPException) as cut:
        told["cut"] = str(cut)


def wholly(version):
    """Every trace that a publish leaves, as booleans: all true, or all false."""
    row = Version.objects.get(pk=version.pk)
    recorded = Entry.objects.filter(act="charter.published", subject_ref=str(version.pk)).exists()
    return {
        "state": row.state == "published",
        "sealed": bool(row.digest),
        "when": row.published_at is not None,
        "who": row.published_by_id is not None,
        "recorded": recorded,
        "found": indexed(version),
    }


def indexed(version):
    return Found.objects.filter(path__startswith=f"charters/{version.charter.slug}/").exists()


def rounds(folder, versions, publisher_jar, moments, *, program=None):
    """Kill at every moment; gives what was found each time: (told, traces, ledger whole)."""
    found = []
    waiting = iter(versions)
    version = next(waiting)
    options = {"program": program} if program else {}
    for moment in moments:
        with serving(folder, **options) as (address, process):
            client = signed_in(address, publisher_jar)
            client.get(address_of(version))
            told = {}
            pressed = threading.Thread(target=publish, args=(client, version, told))
            pressed.start()
            time.sleep(moment)
            kill(process)
            pressed.join()
        connection.close()
        traces = wholly(version)
        found.append((told, traces, verify().whole))
        if any(traces.values()):
            version = next(waiting, None)
        if version is None:
            break
    return found


def duration(folder, version, jar):
    """How long a publish takes here, the page before it included."""
    with serving(folder) as (address, _process):
        client = signed_in(address, jar)
        client.get(address_of(version))
        began = time.monotonic()
        publish(client, version, told := {})
        assert "led" in told
        return time.monotonic() - began


def test_a_publish_that_is_cut_off_is_whole_or_never_was(folder):
    preparer = person("preparer", Role.OFFICER)
    person("publisher", Role.HEAD)
    versions = [submitted(preparer, n) for n in range(CRASHES + 1)]
    with serving(folder) as (address, _process):
        jar = signed_in(address)
    first, *rest = versions
    lasts = duration(folder, first, jar)
    assert all(wholly(first).values())
    dice = Random(552)
    moments = [dice.uniform(0, 1.3 * lasts) for _ in range(CRASHES)]
    found = rounds(folder, rest, jar, moments)
    for told, traces, whole in found:
        assert whole
        assert len(set(traces.values())) == 1, traces
        if "led" in told:
            assert all(traces.values()), "acknowledged and lost"
    outcomes = {all(traces.values()) for _told, traces, _whole in found}
    assert outcomes == {True, False}, "the moments never met the publish: this would prove nothing"


def test_without_transactions_a_half_done_publish_is_found(folder):
    preparer = person("preparer", Role.OFFICER)
    person("publisher", Role.HEAD)
    versions = [submitted(preparer, n) for n in range(12)]
    with serving(folder, program=HALVED) as (address, _process):
        jar = signed_in(address)
    # The wrapper lingers inside a publish, so that a handful of moments surely meet it.
    found = rounds(folder, versions, jar, [0.6 + 0.25 * n for n in range(10)], program=HALVED)
    assert any(len(set(traces.values())) == 2 for _told, traces, _whole in found)
