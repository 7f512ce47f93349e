"""Keep the queue going: heartbeats, the clock, the reaper. None of it is an official act."""

from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.tasks import TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from kelisim.jobs import clock, rules
from kelisim.jobs.models import Beat, Worker

type Job = DBTaskResult[..., Any]


def running() -> models.QuerySet[Job]:
    """The jobs that somebody has taken, for whoever will change them."""
    found: models.QuerySet[Job] = DBTaskResult.objects.running()
    return found.select_for_update(skip_locked=True)


def give_back(job: Job) -> None:
    """Put a job back into the queue. It keeps the names of the workers that had it."""
    job.status, job.started_at = TaskResultStatus.READY, None
    job.save(update_fields=["status", "started_at"])


def beat(worker_id: str, *, host: str, pid: int, at: datetime) -> None:
    """Say that this worker lives."""
    facts = {"host": host, "pid": pid, "seen_at": at}
    Worker.objects.update_or_create(
        id=worker_id, defaults=facts, create_defaults={**facts, "began_at": at}
    )


@transaction.atomic
def leave(worker_id: str) -> None:
    """Say that this worker ends, and give back what it had taken but not begun."""
    for job in running():
        if job.worker_ids[-1:] == [worker_id]:
            give_back(job)
    Worker.objects.filter(id=worker_id).delete()


@transaction.atomic
def tick(*, at: datetime) -> list[str]:
    """Enqueue the recurring work whose slot has come; gives the names of what was enqueued.

    The slot and the job are written in one transaction, and the slot moves forward only, so that
    of several workers one fires it and a crash in between loses nothing.
    """
    due = {work.name: (work, slot) for work, slot in clock.due(at, timezone.get_default_timezone())}
    kept = dict(Beat.objects.values_list("name", "slot"))
    new = [Beat(name=name, slot=due[name][1]) for name in due.keys() - kept.keys()]
    Beat.objects.bulk_create(new, ignore_conflicts=True)
    fired = []
    for name in sorted(due.keys() & kept.keys()):
        work, slot = due[name]
        if kept[name] < slot and Beat.objects.filter(name=name, slot__lt=slot).update(slot=slot):
            work.task.enqueue()
            fired.append(name)
    return fired


@transaction.atomic
def reap(*, at: datetime, silence: timedelta) -> list[str]:
    """Take back the jobs of dead workers; gives their ids.

    Each is put back into the queue, or given up with a reason when it has lost too many workers.
    It may so be begun twice: a job is written to bear that.
    """
    seen = dict(Worker.objects.values_list("id", "seen_at"))
    alive = {
        worker
        for worker, seen_at in seen.items()
        if not rules.is_silent(seen_at, at=at, silence=silence)
    }
    lost = [
        job
        for job in running()
        if rules.is_lost(job.worker_ids, job.started_at, alive=alive, at=at, silence=silence)
    ]
    for job in lost:
        if rules.is_given_up(job.worker_ids):
            job.set_failed(rules.WorkerLost(f"{len(job.worker_ids)} workers were lost under it."))
        else:
            give_back(job)
    Worker.objects.filter(id__in=seen.keys() - alive, seen_at__lt=at - silence).delete()
    return [str(job.pk) for job in lost]
