"""Slots are fired once, lost jobs are found again, and a job belongs to its transaction."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, time, timedelta
from threading import Barrier

import pytest
from django.db import connection, transaction
from django.tasks import TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from kelisim.jobs import actions, clock, queries
from kelisim.jobs.clock import Daily, Every, Recurring
from kelisim.jobs.commands import Pulse
from kelisim.jobs.models import Beat, Worker
from tests.jobs import work

AT = datetime(2026, 3, 1, 6, 0, tzinfo=UTC)
DAY, HOUR, SILENCE = timedelta(days=1), timedelta(hours=1), timedelta(seconds=30)

pytestmark = pytest.mark.django_db


@pytest.fixture
def every_day(monkeypatch):
    """One piece of recurring work, due each day at 11 in Almaty, which is 6 in UTC."""
    only = Recurring("daily", work.nothing, Daily(time(11)))
    monkeypatch.setattr(clock, "REGISTER", {"daily": only})


def waiting():
    return DBTaskResult.objects.filter(status=TaskResultStatus.READY).count()


def taken(*workers, started_at=AT):
    """A job that its last worker runs."""
    job = DBTaskResult.objects.get(pk=work.nothing.enqueue().id)
    job.status, job.worker_ids, job.started_at = "RUNNING", list(workers), started_at
    job.save()
    return job


def test_new_work_begins_with_its_next_slot(every_day):
    assert actions.tick(at=AT + HOUR) == []
    assert actions.tick(at=AT + DAY - timedelta(seconds=1)) == []
    assert actions.tick(at=AT + DAY) == ["daily"]
    assert waiting() == 1


def test_a_slot_is_fired_once(every_day):
    actions.tick(at=AT)
    assert [actions.tick(at=AT + DAY + n * HOUR) for n in range(4)] == [["daily"], [], [], []]


def test_after_a_stop_of_five_days_one_slot_is_made_good(every_day):
    actions.tick(at=AT)
    assert actions.tick(at=AT + 5 * DAY + HOUR) == ["daily"]
    assert actions.tick(at=AT + 5 * DAY + 2 * HOUR) == []
    assert waiting() == 1


def test_a_clock_that_is_set_back_fires_nothing_twice(every_day):
    actions.tick(at=AT)
    assert actions.tick(at=AT + 2 * DAY) == ["daily"]
    assert actions.tick(at=AT + DAY) == []
    assert actions.tick(at=AT + 2 * DAY) == []


def test_a_slot_that_was_not_committed_is_fired_again(every_day):
    actions.tick(at=AT)
    with transaction.atomic():
        assert actions.tick(at=AT + DAY) == ["daily"]
        transaction.set_rollback(True)
    assert waiting() == 0
    assert actions.tick(at=AT + DAY) == ["daily"]
    assert waiting() == 1


def test_a_tick_costs_the_same_for_any_number_of_idle_works(
    monkeypatch, django_assert_max_num_queries
):
    for size in (3, 300):
        many = {f"w{n}": Recurring(f"w{n}", work.nothing, Every(DAY)) for n in range(size)}
        monkeypatch.setattr(clock, "REGISTER", many)
        actions.tick(at=AT)
        with django_assert_max_num_queries(4):
            actions.tick(at=AT)


@pytest.mark.django_db(transaction=True)
def test_eight_workers_fire_each_slot_once(every_day):
    actions.tick(at=AT)
    together = Barrier(8)

    def look(_worker):
        try:
            together.wait(timeout=30)
            return [actions.tick(at=AT + day * DAY) for day in range(1, 4)]
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        fired = [names for looks in pool.map(look, range(8)) for names in looks]
    assert 1 <= fired.count(["daily"]) <= 3
    assert waiting() == fired.count(["daily"])
    assert Beat.objects.get().slot == AT + 3 * DAY


@pytest.mark.django_db(transaction=True)
def test_eight_workers_may_see_new_work_at_once(every_day):
    together = Barrier(8)

    def look(_worker):
        try:
            together.wait(timeout=30)
            return actions.tick(at=AT)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(look, range(8))) == [[]] * 8
    assert Beat.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_job_exists_only_if_its_act_was_committed():
    @transaction.atomic
    def act_that_is_broken_off():
        work.meet.enqueue(1)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        act_that_is_broken_off()
    assert waiting() == 0
    with transaction.atomic():
        work.meet.enqueue(1)
    assert waiting() == 1


def test_the_job_of_a_silent_worker_is_found_again():
    actions.beat("a", host="h", pid=1, at=AT)
    job = taken("a")
    assert actions.reap(at=AT + SILENCE, silence=SILENCE) == []
    assert actions.reap(at=AT + 2 * SILENCE, silence=SILENCE) == [str(job.pk)]
    job.refresh_from_db()
    assert (job.status, job.started_at, job.worker_ids) == ("READY", None, ["a"])
    assert not Worker.objects.exists()


def test_the_job_of_a_living_worker_is_left_however_long_it_takes():
    job = taken("a")
    for n in range(100):
        actions.beat("a", host="h", pid=1, at=AT + n * HOUR)
    assert actions.reap(at=AT + 99 * HOUR, silence=SILENCE) == []
    job.refresh_from_db()
    assert job.status == "RUNNING"
    assert Worker.objects.get().began_at == AT


def test_a_job_that_lost_three_workers_fails_with_a_reason():
    job = taken("a", "b", "c")
    actions.reap(at=AT + 2 * SILENCE, silence=SILENCE)
    job.refresh_from_db()
    assert job.status == "FAILED"
    (failure,) = queries.failed()
    assert failure.id == str(job.pk)
    assert failure.tries == 3
    assert failure.because.endswith("3 workers were lost under it.")


def test_a_worker_that_ends_gives_back_what_it_had_taken():
    actions.beat("a", host="h", pid=1, at=AT)
    mine, others = taken("a"), taken("b")
    actions.leave("a")
    mine.refresh_from_db()
    others.refresh_from_db()
    assert (mine.status, others.status) == ("READY", "RUNNING")
    assert not Worker.objects.exists()


def test_somebody_works_while_a_heart_beats(settings):
    settings.WORKER_SILENCE = 30
    assert not queries.working(AT)
    actions.beat("a", host="h", pid=1, at=AT)
    assert queries.working(AT + SILENCE)
    assert not queries.working(AT + 2 * SILENCE)


def test_failures_are_listed_the_last_first_in_one_query(django_assert_num_queries):
    for n in range(3):
        job = taken("a")
        job.set_failed(ValueError(f"paper {n} is missing"))
    with django_assert_num_queries(1):
        failures = queries.failed()
    assert [f.because for f in failures] == [f"ValueError: paper {n} is missing" for n in (2, 1, 0)]


def test_after_a_pause_that_all_had_nobody_is_taken_for_dead():
    """A machine that slept finds every worker silent, and every one of them alive."""
    actions.beat("a", host="h", pid=1, at=timezone.now() - HOUR)
    job = taken("a", started_at=timezone.now() - HOUR)
    pulse = Pulse("b", SILENCE)
    pulse.last -= HOUR
    pulse.once()
    job.refresh_from_db()
    assert job.status == "RUNNING"
    pulse.once()
    job.refresh_from_db()
    assert job.status == "READY"
    assert [worker.id for worker in Worker.objects.all()] == ["b"]
