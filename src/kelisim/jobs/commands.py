"""`kelisim worker`: do what was queued, keep the clock, find lost jobs, in one process."""

import logging
import os
import secrets
import signal
import socket
import sys
from datetime import timedelta
from threading import Event, Thread
from types import FrameType

from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules
from django_tasks_db.management.commands import db_worker

from kelisim.jobs import actions, queries

log = logging.getLogger("kelisim.jobs")


class Loop(db_worker.Worker):
    """The library's loop. Asked to stop, it finishes the job in hand, however often it is asked.

    (The library's own loop would break off that job at the second signal and count it as failed;
    whoever cannot wait may kill the process, and the job is found again.)
    """

    def shutdown(self, _number: int, _frame: FrameType | None) -> None:
        """Stop at once when idle, else after this job."""
        self.running = False
        if not self.running_task:
            sys.exit(0)

    def configure_signals(self) -> None:
        """Stop on what a terminal or a service manager sends."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.shutdown)


class Pulse:
    """What goes on beside the jobs: this worker says that it lives, fires slots, finds the lost."""

    def __init__(self, worker_id: str, silence: timedelta) -> None:
        self.worker_id, self.silence = worker_id, silence
        self.every = silence / 6
        self.host, self.pid = socket.gethostname(), os.getpid()
        self.last = timezone.now()
        self.stopping = Event()
        self.thread = Thread(target=self.go_on, name="pulse", daemon=True)

    def once(self) -> None:
        """One beat.

        After a pause (a machine that slept, a database that was locked) nobody is reaped: the
        other workers had the same pause, and are given time to say that they live.
        """
        at = timezone.now()
        actions.beat(self.worker_id, host=self.host, pid=self.pid, at=at)
        paused, self.last = at - self.last > self.silence / 2, at
        if not paused:
            for job in actions.reap(at=at, silence=self.silence):
                log.warning("job %s lost its worker", job)
        actions.tick(at=at)

    def go_on(self) -> None:
        """Beat until stopped. A database that is away for a while is waited for."""
        while not self.stopping.wait(self.every.total_seconds()):
            try:
                close_old_connections()
                self.once()
            except DatabaseError as fault:
                log.warning("no beat: %s", fault)
                connection.close()
        connection.close()

    def stop(self) -> None:
        """End the thread, then take this worker off the list."""
        self.stopping.set()
        if self.thread.is_alive():
            self.thread.join()
        actions.leave(self.worker_id)


def work(*, burst: bool) -> int:
    """Work until stopped; in a burst, until nothing waits."""
    autodiscover_modules("tasks")
    worker_id = secrets.token_hex(16)
    loop = Loop(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=1,
        batch=burst,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=worker_id,
    )
    pulse = Pulse(worker_id, queries.silence())
    loop.configure_signals()
    try:
        pulse.once()
        pulse.thread.start()
        loop.run()
    finally:
        pulse.stop()
    return 0
