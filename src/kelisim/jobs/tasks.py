"""The house's own recurring work: what is done in every installation."""

from datetime import time, timedelta

from django.core.management import call_command
from django.db import connection
from django.tasks import task

from kelisim.jobs.clock import Daily, Every, recurring
from kelisim.ledger import queries as ledger

KEPT_DAYS = 14
FAILED_KEPT_DAYS = 90


class LedgerBroken(Exception):
    """The nightly proof found that the ledger is not as it was written."""


@task
def forget_sessions() -> None:
    """Delete the sessions that have expired."""
    call_command("clearsessions")


@task
def forget_jobs() -> None:
    """Delete jobs that were done two weeks ago, and failed ones after three months."""
    call_command(
        "prune_db_task_results",
        queue_name="*",
        min_age_days=KEPT_DAYS,
        failed_min_age_days=FAILED_KEPT_DAYS,
        verbosity=0,
    )


@task
def prove_ledger() -> int:
    """Prove the whole ledger; a fault fails this job, and so comes before the administrators."""
    verdict = ledger.verify()
    missing = ledger.triggers_missing()
    if not verdict.whole or missing:
        raise LedgerBroken(f"{verdict}; guards missing: {', '.join(missing) or 'none'}")
    return verdict.entries


@task
def tend_database() -> None:
    """Let SQLite look over its statistics; PostgreSQL does so by itself."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA optimize")


recurring(forget_sessions, Daily(time(3, 10)))
recurring(forget_jobs, Daily(time(3, 20)))
recurring(prove_ledger, Daily(time(3, 30)))
recurring(tend_database, Every(timedelta(hours=6)))
