"""The house's own recurring work does what it says."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult

from kelisim.jobs import clock, tasks
from kelisim.ledger import guards
from kelisim.ledger.actions import record
from kelisim.ledger.mandates import Mandate
from kelisim.ledger.models import Entry, Head
from tests.jobs import work

pytestmark = pytest.mark.django_db


def act():
    with transaction.atomic():
        record(
            "council.met",
            subject=Head(pk=1),
            by=None,
            mandate=Mandate("council.secretary", "secretary"),
            at=datetime(2026, 3, 1, tzinfo=UTC),
        )


def test_the_house_s_own_work_recurs():
    assert {
        f"kelisim.jobs.tasks.{name}"
        for name in ("forget_sessions", "forget_jobs", "prove_ledger", "tend_database")
    } <= set(clock.REGISTER)


def test_the_nightly_proof_counts_what_it_proved():
    act()
    act()
    assert tasks.prove_ledger.call() == 2


def test_the_nightly_proof_fails_when_the_ledger_was_touched():
    act()
    guards.remove(connection)
    Entry.objects.update(act="council.lied")
    guards.install(connection)
    with pytest.raises(tasks.LedgerBroken, match="1"):
        tasks.prove_ledger.call()


def test_the_nightly_proof_fails_when_a_guard_is_gone():
    guards.remove(connection)
    with pytest.raises(tasks.LedgerBroken, match="ledger_entry_keeps_delete"):
        tasks.prove_ledger.call()


def test_old_jobs_are_forgotten_and_new_and_waiting_ones_are_kept():
    now = timezone.now()
    finished = [("SUCCESSFUL", 15), ("SUCCESSFUL", 13), ("FAILED", 15), ("FAILED", 91)]
    for status, days in finished:
        job = work.nothing.enqueue().id
        at = now - timedelta(days=days)
        DBTaskResult.objects.filter(pk=job).update(status=status, finished_at=at)
    work.nothing.enqueue()
    tasks.forget_jobs.call()
    kept = DBTaskResult.objects.order_by("status").values_list("status", flat=True)
    assert list(kept) == ["FAILED", "READY", "SUCCESSFUL"]


def test_expired_sessions_are_forgotten(settings):
    store = import_string(f"{settings.SESSION_ENGINE}.SessionStore")
    for seconds in (-60, 60):
        session = store()
        session.set_expiry(timezone.now() + timedelta(seconds=seconds))
        session.create()
    tasks.forget_sessions.call()
    assert store.get_model_class().objects.count() == 1


def test_tending_the_database_does_no_harm():
    act()
    tasks.tend_database.call()
    assert Entry.objects.count() == 1
