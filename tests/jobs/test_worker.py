"""The real `kelisim worker`, as its own process, killed in the middle and begun again."""

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from django_tasks_db.models import DBTaskResult

from kelisim.jobs.models import Worker
from kelisim.ledger import queries as ledger
from kelisim.ledger.models import Entry
from tests.jobs import work
from tests.journeys.real import environment

ROOT = Path(__file__).parents[2]
SILENCE = "1.5"

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.crash]


def begin(folder, *arguments):
    """A running worker; what it says is kept in the folder."""
    return subprocess.Popen(
        [sys.executable, "-m", "kelisim.cli.main", "worker", *arguments],
        cwd=ROOT,
        env=environment(folder)
        | {
            "DJANGO_SETTINGS_MODULE": "kelisim.config.settings",
            "KELISIM_WORKER_SILENCE": SILENCE,
            "PYTHONPATH": f"{ROOT}/src:{ROOT}",
        },
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=(folder / "worker.log").open("ab"),
    )


@contextmanager
def working(folder, *arguments):
    process = begin(folder, *arguments)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def until(true, seconds=20):
    """Wait until something has come true."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come true in time"
        time.sleep(0.02)


def began(folder):
    return sorted(folder.glob("began-*"))


def status(job):
    return DBTaskResult.objects.get(pk=job.id).status


def acts():
    return Entry.objects.filter(act="council.met").count()


def test_a_burst_does_what_waits_and_ends(tmp_path):
    jobs = [work.meet.enqueue(n) for n in range(5)]
    failing = work.fail.enqueue()
    with working(tmp_path, "--burst") as worker:
        assert worker.wait(60) == 0
    assert {status(job) for job in jobs} == {"SUCCESSFUL"}
    assert status(failing) == "FAILED"
    assert acts() == 5
    assert not Worker.objects.exists()


def test_a_killed_worker_s_job_is_found_again_and_done_once(tmp_path):
    job = work.wait_for.enqueue(str(tmp_path), 1)
    with working(tmp_path) as first:
        until(lambda: began(tmp_path))
        os.kill(first.pid, signal.SIGKILL)
        first.wait()
    assert status(job) == "RUNNING"
    tmp_path.joinpath("go").touch()
    with working(tmp_path):
        until(lambda: status(job) == "SUCCESSFUL")
    assert len(began(tmp_path)) == 2
    assert acts() == 1
    assert len(DBTaskResult.objects.get(pk=job.id).worker_ids) == 2


def test_a_job_that_kills_its_workers_is_given_up(tmp_path):
    job = work.die.enqueue()
    for _ in range(3):
        with working(tmp_path) as worker:
            assert worker.wait(60) == -signal.SIGKILL
    with working(tmp_path):
        until(lambda: status(job) == "FAILED")
    assert DBTaskResult.objects.get(pk=job.id).traceback.endswith("workers were lost under it.\n")


def test_asked_to_stop_a_worker_finishes_the_job_in_hand(tmp_path):
    first, second = work.wait_for.enqueue(str(tmp_path), 1), work.meet.enqueue(2)
    with working(tmp_path) as worker:
        until(lambda: began(tmp_path))
        worker.terminate()
        worker.send_signal(signal.SIGINT)
        tmp_path.joinpath("go").touch()
        assert worker.wait(60) == 0
    assert (status(first), status(second)) == ("SUCCESSFUL", "READY")
    assert not Worker.objects.exists()


def test_an_idle_worker_stops_at_once(tmp_path):
    with working(tmp_path) as worker:
        until(Worker.objects.exists)
        time.sleep(0.3)
        worker.terminate()
        assert worker.wait(30) == 0
    assert not Worker.objects.exists()


def test_killed_at_random_moments_it_loses_and_doubles_nothing(tmp_path):
    dice, jobs = random.Random(20130418), 150
    for n in range(jobs):
        work.meet.enqueue(n)
    for _ in range(8):
        with working(tmp_path):
            known = acts()
            until(lambda: acts() > known or acts() == jobs)  # noqa: B023
            time.sleep(dice.uniform(0, 0.05))
    with working(tmp_path):
        until(lambda: not DBTaskResult.objects.exclude(status="SUCCESSFUL").exists())
    assert acts() == jobs
    assert ledger.verify().whole
