"""What the queue lacks: who works, and which slots of the clock were fired."""

from typing import ClassVar

from django.db import models


class Worker(models.Model):
    """A process that works. It says again and again that it lives, and takes its row away."""

    id = models.CharField(max_length=64, primary_key=True)
    host = models.CharField(max_length=255)
    pid = models.PositiveIntegerField()
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.host}:{self.pid}"


class Beat(models.Model):
    """The last slot of some recurring work for which a job was enqueued."""

    name = models.CharField(max_length=200, unique=True)
    slot = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return f"{self.name} @ {self.slot:%Y-%m-%d %H:%M}"
