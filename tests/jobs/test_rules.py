"""Who is taken for dead. No database."""

from datetime import UTC, datetime, timedelta

import pytest

from kelisim.jobs.rules import is_given_up, is_lost

AT = datetime(2026, 3, 1, tzinfo=UTC)
SILENCE = timedelta(seconds=30)
NOW, LONG_AGO = AT - timedelta(seconds=1), AT - timedelta(minutes=5)


@pytest.mark.parametrize(
    ("worker_ids", "started_at", "alive", "lost"),
    [
        (["a"], LONG_AGO, {"a"}, False),
        (["a"], LONG_AGO, set(), True),
        (["a"], LONG_AGO, {"b"}, True),
        (["a", "b"], LONG_AGO, {"a"}, True),
        (["a", "b"], LONG_AGO, {"b"}, False),
        (["a"], NOW, set(), False),
        (["a"], AT - SILENCE, set(), False),
        ([], None, {"a"}, True),
    ],
)
def test_a_job_is_lost_when_its_last_worker_is_not_among_the_living(
    worker_ids, started_at, alive, lost
):
    assert is_lost(worker_ids, started_at, alive=alive, at=AT, silence=SILENCE) is lost


def test_a_job_is_given_up_at_its_third_worker():
    assert [is_given_up(["a"] * n) for n in range(5)] == [False, False, False, True, True]
