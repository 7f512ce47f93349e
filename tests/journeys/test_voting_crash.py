"""Four hundred members vote at once, and the server is killed among them: no voice lost or doubled.

The real server is asked by real clients, every press is sent twice at once. What each was told is
compared with what the database holds when the server has begun again. Against a server that
acknowledges before it writes the same comparison must find what was lost, against one that writes
in haste what was counted twice: so it can fail.
"""

import threading
import time
from contextlib import contextmanager
from datetime import date
from http.client import HTTPException
from random import Random

import pytest
from django.db import connection

from kelisim.bodies.actions import mandates
from kelisim.bodies.states import Role
from kelisim.ledger.queries import verify
from kelisim.meetings.actions import sitting, voting
from kelisim.meetings.models import Attendance, Voice
from tests.journeys.real import CRASHES, Client, kill, prepared, serving
from tests.meetings import sittings as s
from tests.meetings.sittings import AT, STARTS

pytestmark = [
    pytest.mark.crash,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("crash of a vote"),
]
MEMBERS, THREADS = 400, 16
SINCE = date(2026, 1, 1)
# A fifth as many as for a publish: each moment meets many voices on their way.
MOMENTS = max(3, CRASHES // 5)
EARLY = ("-m", "tests.journeys.acknowledging_early")
HASTY = ("-m", "tests.journeys.voting_in_haste")


def hall(size):
    """A council of `size` who have no account, all present, and a vote that is open."""
    of = s.house(0)
    seat = of.body.seats.get(role=Role.MEMBER)
    for number in range(size):
        mandates.appoint(seat.pk, holder=f"Мүше {number}", since=SINCE, by=None, at=AT)
    meeting = s.convened(of)
    Attendance.objects.filter(meeting=meeting).update(presence="present", came_at=STARTS)
    sitting.open_(meeting.pk, by=of.chair, at=STARTS)
    ballot = s.asked(of, s.heard(meeting, of))
    rows = Attendance.objects.filter(meeting=meeting, mandate__person=None).order_by("pk")
    return of, ballot, dict(rows.values_list("key", "mandate_id"))


def press(address, key, ballot, choice, told):
    """One member, one press; `told` notes whether the page came back. False when it did not."""
    path = f"/kk/vote/{key}/"
    try:
        Client(address).post(path, {"ballot": str(ballot.pk), "choice": choice})
    except (OSError, HTTPException, AttributeError) as cut:
        told.setdefault(key, f"cut: {cut}")
        return False
    told[key] = choice
    return True


def everybody(address, keys, ballot, choice):
    """All press at once, each twice, by a handful of threads; gives these and what was told."""
    told, waiting = {}, [key for key in keys for _twice in range(2)]
    lock = threading.Lock()

    def work():
        while True:
            with lock:
                if not waiting:
                    return
                key = waiting.pop()
            if not press(address, key, ballot, choice, told):
                return

    threads = [threading.Thread(target=work) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    return threads, told


def acknowledged(told, threads):
    """Wait until somebody was told that their voice is counted, however slow the machine is."""
    while not any(said in {"for", "against"} for said in tuple(told.values())):
        assert any(thread.is_alive() for thread in threads), told
        time.sleep(0.01)


def kept(ballot):
    connection.close()
    return dict(Voice.objects.filter(ballot=ballot).values_list("mandate_id", "choice"))


def test_four_hundred_vote_at_once_and_all_are_counted_once(tmp_path):
    prepared(tmp_path)
    of, ballot, keys = hall(MEMBERS)
    with serving(tmp_path, options=()) as (address, _process):
        threads, told = everybody(address, keys, ballot, "for")
        for thread in threads:
            thread.join()
    assert set(told.values()) == {"for"}
    assert len(told) == MEMBERS
    assert Voice.objects.filter(ballot=ballot).count() == MEMBERS
    closed = voting.close_ballot(ballot.pk, by=of.chair, at=STARTS)
    assert (closed.in_favour, closed.carried) == (MEMBERS, True)
    assert verify().whole


def rounds(folder, ballot, keys, moments, *, program=None):
    """Kill so many seconds after the first voice; gives what was acknowledged and is not there."""
    lost, before, met = [], {}, 0
    options = {"program": program} if program else {}
    for number, moment in enumerate(moments):
        choice = ("for", "against")[number % 2]
        with serving(folder, **options) as (address, process):
            threads, told = everybody(address, keys, ballot, choice)
            acknowledged(told, threads)
            time.sleep(moment)
            kill(process)
            for thread in threads:
                thread.join()
        there = kept(ballot)
        for key, mandate in keys.items():
            said = told.get(key)
            if said == choice and there.get(mandate) != choice:
                lost.append((number, key))
            elif said is None and there.get(mandate) != before.get(mandate):
                lost.append((number, key, "changed by nobody"))
        met += bool(told) and len(told) < len(keys)
        before = there
    return lost, met


def test_an_acknowledged_voice_survives_any_power_cut_and_is_counted_once(tmp_path):
    prepared(tmp_path)
    of, ballot, keys = hall(120)
    dice = Random(400)
    lost, met = rounds(tmp_path, ballot, keys, [dice.uniform(0, 0.9) for _ in range(MOMENTS)])
    assert lost == []
    assert met, "no moment met a vote on its way: this would prove nothing"
    with serving(tmp_path) as (address, _process):
        for _again in range(2):
            threads, told = everybody(address, keys, ballot, "for")
            for thread in threads:
                thread.join()
    assert set(told.values()) == {"for"}
    closed = voting.close_ballot(ballot.pk, by=of.chair, at=STARTS)
    assert (closed.in_favour, closed.against) == (len(keys), 0)
    assert verify().whole


def test_voices_that_were_acknowledged_too_early_are_missed(tmp_path):
    prepared(tmp_path)
    _of, ballot, keys = hall(40)
    lost, _met = rounds(tmp_path, ballot, keys, [0.0, 0.2, 0.4], program=EARLY)
    assert lost


@contextmanager
def without_constraint(monkeypatch):
    """The database forgets for a while that a mandate has one voice."""
    once = next(each for each in Voice._meta.constraints if each.name == "voice_once")
    # SQLite makes the table anew, as the model has it.
    monkeypatch.setattr(Voice._meta, "constraints", [])
    with connection.schema_editor() as editor:
        editor.remove_constraint(Voice, once)
    try:
        yield
    finally:
        monkeypatch.undo()
        Voice.objects.all().delete()
        with connection.schema_editor() as editor:
            editor.add_constraint(Voice, once)


def test_voices_that_were_written_in_haste_are_found_twice(tmp_path, monkeypatch):
    prepared(tmp_path)
    _of, ballot, keys = hall(20)
    with without_constraint(monkeypatch), serving(tmp_path, program=HASTY) as (address, _process):
        threads, _told = everybody(address, keys, ballot, "for")
        for thread in threads:
            thread.join()
        assert Voice.objects.filter(ballot=ballot).count() > len(keys)
