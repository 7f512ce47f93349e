"""Four hundred members vote at once, and the server is killed among them: no voice is lost or doubled.

The real server is asked by real clients. What each was told is compared with what the database
holds when the server has begun again. Against a server that acknowledges before it writes, the
same comparison must find what was lost: so it can fail.
"""

import os
import threading
import time
from datetime import date
from http.client import HTTPException
from random import Random

import pytest
from django.db import connection

from kelisim.bodies.actions import mandates
from kelisim.bodies.states import Role
from kelisim.ledger.queries import verify
from kelisim.meetings.actions import voting
from kelisim.meetings.models import Attendance, Voice
from tests.journeys.real import Client, kill, prepared, serving
from tests.meetings import sittings as s
from tests.meetings.sittings import AT, STARTS

pytestmark = [
    pytest.mark.crash,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("crash"),
]
MEMBERS, THREADS = 400, 16
# Half as many as for a publish: each moment meets many voices on their way.
MOMENTS = max(3, int(os.environ.get("KELISIM_CRASHES", "50")) // 2)
EARLY = ("-m", "tests.journeys.acknowledging_early")


def hall(size):
    """A council of `size` who have no account, all present, and a vote that is open."""
    of = s.house(0)
    seat = of.body.seats.get(role=Role.MEMBER)
    for number in range(size):
        mandates.appoint(seat.pk, holder=f"Мүше {number}", since=date(2026, 1, 1), by=None, at=AT)
    meeting = s.convened(of)
    Attendance.objects.filter(meeting=meeting).update(presence="present", came_at=STARTS)
    from kelisim.meetings.actions import sitting

    sitting.open_(meeting.pk, by=of.chair, at=STARTS)
    ballot = s.asked(of, s.heard(meeting, of))
    rows = Attendance.objects.filter(meeting=meeting, mandate__person=None).order_by("pk")
    return of, ballot, dict(rows.values_list("key", "mandate_id"))


def press(address, key, ballot, choice, told):
    """One member, one press; `told` notes whether the page came back."""
    path = f"/kk/vote/{key}/"
    try:
        Client(address).post(path, {"ballot": str(ballot.pk), "choice": choice})
    except (OSError, HTTPException, AttributeError) as cut:
        told[key] = f"cut: {cut}"
    else:
        told[key] = choice


def everybody(address, keys, ballot, choice):
    """All press at once, by a handful of threads; gives the threads and what they were told."""
    told, waiting = {}, list(keys)
    lock = threading.Lock()

    def work():
        while True:
            with lock:
                if not waiting:
                    return
                key = waiting.pop()
            press(address, key, ballot, choice, told)
            if str(told[key]).startswith("cut"):
                return

    threads = [threading.Thread(target=work) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    return threads, told


def kept(ballot):
    connection.close()
    return dict(Voice.objects.filter(ballot=ballot).values_list("mandate_id", "choice"))


def test_four_hundred_vote_at_once_and_all_are_counted_once(tmp_path):
    prepared(tmp_path)
    of, ballot, keys = hall(MEMBERS)
    with serving(tmp_path) as (address, _process):
        threads, told = everybody(address, keys, ballot, "for")
        for thread in threads:
            thread.join()
    assert set(told.values()) == {"for"}
    assert Voice.objects.filter(ballot=ballot).count() == MEMBERS
    closed = voting.close_ballot(ballot.pk, by=of.chair, at=STARTS)
    assert (closed.in_favour, closed.carried) == (MEMBERS, True)
    assert verify().whole


def rounds(folder, ballot, keys, moments, *, program=None):
    """Kill at every moment; gives what was acknowledged and is not there."""
    lost, before, met = [], {}, 0
    options = {"program": program} if program else {}
    for number, moment in enumerate(moments):
        choice = ("for", "against")[number % 2]
        with serving(folder, **options) as (address, process):
            threads, told = everybody(address, keys, ballot, choice)
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
    lost, met = rounds(tmp_path, ballot, keys, [dice.uniform(0.05, 0.9) for _ in range(MOMENTS)])
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
    lost, _met = rounds(tmp_path, ballot, keys, [2.0, 3.0, 4.0], program=EARLY)
    assert lost
