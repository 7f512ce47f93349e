"""Jobs for the tests: real tasks, importable by a worker that is a process of its own."""

import os
import time
from datetime import UTC, datetime
from pathlib import Path

from django.db import transaction
from django.tasks import task

from kelisim.jobs.models import Worker
from kelisim.ledger.actions import record
from kelisim.ledger.mandates import Mandate
from kelisim.ledger.models import Entry

AT = datetime(2026, 3, 1, tzinfo=UTC)


@task
def meet(number: int) -> None:
    """Record one act, once, however often the job is begun."""
    with transaction.atomic():
        if not Entry.objects.filter(act="council.met", subject_ref=str(number)).exists():
            record(
                "council.met",
                subject=Worker(id=str(number)),
                by=None,
                mandate=Mandate("council.secretary", "secretary"),
                at=AT,
            )


@task
def wait_for(folder: str, number: int) -> None:
    """Say that it began, wait until it may go on, then do its work."""
    place = Path(folder)
    place.joinpath(f"began-{os.getpid()}").touch()
    while not place.joinpath("go").exists():
        time.sleep(0.02)
    meet.call(number)


@task
def die() -> None:
    """Take the worker along, as a fault of the machine would."""
    os.kill(os.getpid(), 9)


@task
def fail() -> None:
    """End with a reason."""
    raise ValueError("the paper is missing")


@task
def nothing() -> None:
    """Do nothing."""
