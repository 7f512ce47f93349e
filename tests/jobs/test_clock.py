"""Slots: when recurring work is due. No database, no real time."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kelisim.jobs import clock
from kelisim.jobs.clock import Daily, Every

ALMATY, BERLIN = ZoneInfo("Asia/Almaty"), ZoneInfo("Europe/Berlin")
moments = st.datetimes(datetime(2013, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))
schedules = st.one_of(
    st.builds(Every, st.timedeltas(timedelta(minutes=1), timedelta(days=40))),
    st.builds(Daily, st.times(), st.frozensets(st.integers(0, 6), min_size=1)),
)


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("schedule", "at", "slot"),
    [
        (Every(timedelta(minutes=15)), utc(2026, 3, 1, 10, 29, 59), utc(2026, 3, 1, 10, 15)),
        (Every(timedelta(minutes=15)), utc(2026, 3, 1, 10, 30), utc(2026, 3, 1, 10, 30)),
        (Daily(time(3, 0)), utc(2026, 3, 1, 21, 59), utc(2026, 2, 28, 22, 0)),
        (Daily(time(3, 0)), utc(2026, 3, 1, 22, 0), utc(2026, 3, 1, 22, 0)),
        # 20 and 23 November 2026 are a Friday and a Monday.
        (Daily(time(9), frozenset({0})), utc(2026, 11, 23, 4, 0), utc(2026, 11, 23, 4, 0)),
        (Daily(time(9), frozenset({4})), utc(2026, 11, 23, 4, 0), utc(2026, 11, 20, 4, 0)),
        (Daily(time(9), frozenset({0})), utc(2026, 11, 23, 3, 59), utc(2026, 11, 16, 4, 0)),
    ],
)
def test_the_last_slot(schedule, at, slot):
    assert schedule.slot(at, ALMATY) == slot


@given(schedule=schedules, at=moments, zone=st.sampled_from([ALMATY, BERLIN]))
def test_a_slot_is_never_after_its_moment_and_is_its_own_slot(schedule, at, zone):
    slot = schedule.slot(at, zone)
    assert slot <= at
    assert schedule.slot(slot, zone) == slot


@given(schedule=schedules, a=moments, b=moments, zone=st.sampled_from([ALMATY, BERLIN]))
def test_later_moments_never_have_earlier_slots(schedule, a, b, zone):
    first, second = sorted([a, b])
    assert schedule.slot(first, zone) <= schedule.slot(second, zone)


def test_a_time_that_summer_skips_is_still_due_once_that_day():
    nights = [utc(2026, 3, 27, 12) + timedelta(hours=n) for n in range(96)]
    slots = {Daily(time(2, 30)).slot(at, BERLIN) for at in nights}
    assert len({slot.astimezone(BERLIN).date() for slot in slots}) == len(slots) == 5


@pytest.mark.parametrize("weekdays", [frozenset(), frozenset({7})])
def test_days_that_no_week_has_are_refused(weekdays):
    with pytest.raises(ValueError):
        Daily(time(9), weekdays)


def test_work_that_recurs_at_once_is_refused():
    with pytest.raises(ValueError):
        Every(timedelta(0))


def test_every_room_declares_its_recurring_work_by_its_path():
    from kelisim.jobs import tasks

    assert clock.REGISTER["kelisim.jobs.tasks.prove_ledger"].task is tasks.prove_ledger
    assert all(name == work.task.module_path for name, work in clock.REGISTER.items())
