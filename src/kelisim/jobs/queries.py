"""Who works, and what failed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django_tasks_db.models import DBTaskResult

from kelisim.jobs.models import Worker


@dataclass(frozen=True, slots=True)
class Failure:
    """A job that failed, as an administrator sees it."""

    id: str
    name: str
    at: datetime
    tries: int
    because: str


def silence() -> timedelta:
    """How long a worker may be silent before it is taken for dead."""
    return timedelta(seconds=settings.WORKER_SILENCE)


def workers(at: datetime) -> models.QuerySet[Worker]:
    """The workers that live."""
    return Worker.objects.filter(seen_at__gte=at - silence())


def working(at: datetime) -> bool:
    """Tell whether anybody works."""
    return workers(at).exists()


def failed(limit: int = 50) -> list[Failure]:
    """The jobs that failed, the last first, each with the last line of what went wrong."""
    rows = DBTaskResult.objects.failed().order_by("-finished_at", "pk")[:limit]
    return [
        Failure(
            id=str(row.pk),
            name=row.task_path,
            at=row.finished_at,
            tries=len(row.worker_ids),
            because=row.traceback.strip().rpartition("\n")[2],
        )
        for row in rows
    ]
