"""Acts of plans and control, each done in a process of its own that is killed at a moment.

It reads from its input, a line of JSON each, what to do and after how many seconds to kill it,
begins a child that does it, and says how that ended. What a child acknowledges it appends to the
file `acknowledged`; its letters go to the folder `letters`. With `halved` every statement stands
for itself and lingers; with `hasty` a letter is kept after it was mailed: only to prove that the
test can fail.
"""

import json
import os
import signal
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import django
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kelisim.config.settings")
FOLDER, MODE = Path(sys.argv[1]), sys.argv[2]
settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}
settings.MAILERS = {
    "default": {
        "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "OPTIONS": {"file_path": str(FOLDER / "letters")},
    }
}
django.setup()

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from kelisim.calendar.queries import country, year_of
from kelisim.commitments import tasks
from kelisim.commitments.actions import bulk, digests, drafting, standing
from kelisim.commitments.models import Digest
from kelisim.commitments.trees.table import Table
from kelisim.people.models import Person
from tests.commitments.world import row

AT = datetime(2026, 10, 22, 4, tzinfo=UTC)
LINGER = 0.02


def acknowledge(what: object) -> None:
    with (FOLDER / "acknowledged").open("a") as file:
        file.write(f"{what}\n")


def nights(*, today: str) -> None:
    """The nightly statuses, of every night that was missed."""
    acknowledge(standing.tell(today=date.fromisoformat(today), at=AT))


def morning() -> None:
    """The morning's reminders, and all its letters."""
    timezone.now = lambda: AT
    acknowledge(tasks.remind.call())


def take(*, edition: int, by: int, rows: int, words: str) -> None:
    """An imported table replaces the draft's."""
    table = Table([row(str(n), title={"kk": words}) for n in range(1, rows + 1)])
    drafting.take(edition, table=table, by=Person.objects.get(pk=by), at=AT)
    acknowledge(words)


def suspend(*, commitments: list[int], by: int, token: str) -> None:
    """One act on many."""
    person, given = Person.objects.get(pk=by), {"because": "The houses are rebuilt"}
    acknowledge(bulk.do("suspend", commitments, given, token, by=person, at=AT))


def nothing(*_arguments: object) -> None:
    """Neither begin nor commit."""


def slowly(execute: Any, sql: str, *facts: Any) -> Any:
    """Linger after each write, so that a handful of moments surely meet one."""
    done = execute(sql, *facts)
    if sql.startswith(("INSERT", "UPDATE", "DELETE")):
        time.sleep(LINGER)
    return done


def pretend(connection: BaseDatabaseWrapper, **_facts: object) -> None:
    """The ledger asks for a transaction and is told that there is one; rows are not locked."""
    connection.in_atomic_block = True
    connection.features.has_select_for_update = False
    connection.execute_wrappers.append(slowly)


def halved() -> None:
    transaction.Atomic.__enter__ = nothing  # type: ignore[method-assign]
    transaction.Atomic.__exit__ = nothing  # type: ignore[method-assign,assignment]
    connection_created.connect(pretend)


def hasty() -> None:
    """A letter is written down when it has gone out."""

    def sent(digest: Digest, *, at: datetime) -> None:
        time.sleep(10 * LINGER)
        digest.sent_at = at
        digest.save()

    digests.claim = lambda person, day, text: Digest(person=person, day=day, text=text)
    digests.sent = sent


ACTS = {act.__name__: act for act in (nights, morning, take, suspend)}


def warm() -> None:
    """Read once what every child would read again: holidays, words, addresses, templates."""
    for year in range(AT.year - 1, AT.year + 2):
        year_of(country(), year)
    for language in ("kk", "ru", "en"):
        with translation.override(language):
            reverse("commitments:letters")
            for part in ("digest_subject", "digest"):
                render_to_string(f"commitments/mail/{part}.txt", {"sections": ()})


def say(what: object) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


def child(name: str, facts: dict[str, Any]) -> int:
    """Do it in a child; gives its number."""
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        ACTS[name](**facts)
        code = 0
    except BaseException as fault:  # noqa: BLE001  (it must never go on as its parent)
        sys.stderr.write(repr(fault))
        sys.stderr.flush()
    finally:
        os._exit(code)


def main() -> None:
    if MODE != "whole":
        {"halved": halved, "hasty": hasty}[MODE]()
    warm()
    say("ready")
    for line in sys.stdin:
        name, facts, moment = json.loads(line)
        pid = child(name, facts)
        if moment is not None:
            time.sleep(moment)
            os.kill(pid, signal.SIGKILL)
        _pid, status = os.waitpid(pid, 0)
        say(os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main()
