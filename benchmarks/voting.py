"""Four hundred members vote on the demonstration's server: all are counted within ten seconds."""

import argparse
import http.client
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from benchmarks.serving import ROOT, free_port, run, serving

CLAIM = 10.0
MEMBERS, DEVICES = 400, 40
# Threads that ask for those who wait, and how many seconds a phone waits before it asks again.
ASKING, WATCHING = 8, 4.0
POSTGRES = shutil.which("pg_ctl") or next(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"), None)


def main() -> bool:
    """Whether everybody is counted in time on every database that this machine has."""
    title = f"{MEMBERS} members vote from {DEVICES} devices at a time"
    heads = ("seconds", "of them INSERT", "median, ms", "95th, ms", "counted", "claim")
    print(f"{title:46}" + "".join(f"{words:>16}" for words in heads))
    kept = True
    for words, prefix in (
        ("SQLite", ()),
        ("PostgreSQL", ("tools/with_postgres.py", sys.executable)),
    ):
        if prefix and not POSTGRES:
            print(f"{words:46}{'not on this machine':>16}")
            continue
        for phones in (0, MEMBERS):
            said = measured(prefix, phones)
            fits = said["seconds"] < CLAIM and said["counted"] == MEMBERS
            kept &= fits
            label = f"{words}, while {phones} more wait and ask" if phones else words
            cells = ("seconds", "bare", "median", "late", "counted")
            figures = "".join(f"{said[cell]:16.2f}" for cell in cells)
            print(f"{label:46}{figures}{CLAIM:16.0f}{'' if fits else '  BROKEN'}", flush=True)
    print("seconds: each opens the page, presses, and reads that their voice is counted")
    print("of them INSERT: as many bare rows, each committed by itself, on the same database")
    print(f"claim: all counted within {CLAIM:g} s: {'kept' if kept else 'BROKEN'}")
    return kept


def measured(prefix: tuple[str, ...], phones: int) -> dict[str, float]:
    """One vote in a process of its own, on a fresh database."""
    with tempfile.TemporaryDirectory() as name:
        done = subprocess.run(
            [sys.executable, *prefix, "-m", "benchmarks.voting", "--phones", str(phones)],
            env={
                **{key: said for key, said in os.environ.items() if key != "DATABASE_URL"},
                "KELISIM_VAR": name,
                "KELISIM_MODE": "demo",
                "DJANGO_SETTINGS_MODULE": "kelisim.config.settings",
            },
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def vote(phones: int) -> dict[str, float]:
    """Prepare a hall, serve it as `kelisim serve` does by itself, and let everybody press."""
    run("-m", "kelisim.cli.main", "prepare")
    import django  # noqa: PLC0415  (the settings come from the environment of this process)

    django.setup()
    from tests.journeys.test_voting_crash import hall  # noqa: PLC0415

    _of, ballot, keys = hall(MEMBERS)
    bare = inserts(MEMBERS)
    port = free_port()
    words = ["-m", "kelisim.cli.main", "serve", "--bind", f"127.0.0.1:{port}"]
    with serving(words, port):
        for _ in range(4):
            press(port, "none", 0)  # the first answers read templates and words
        over = threading.Event()
        waiting = [
            threading.Thread(target=wait, args=(port, ballot, phones // ASKING, over))
            for _ in range(ASKING if phones else 0)
        ]
        for each in waiting:
            each.start()
        left, times = list(keys), []

        def device() -> None:
            while left:
                try:
                    key = left.pop()
                except IndexError:
                    return
                times.append(press(port, key, ballot.pk))

        devices = [threading.Thread(target=device) for _ in range(DEVICES)]
        began = time.perf_counter()
        for each in devices:
            each.start()
        for each in devices:
            each.join()
        seconds = time.perf_counter() - began
        over.set()
        for each in waiting:
            each.join()
    from kelisim.meetings.models import Voice  # noqa: PLC0415

    return {
        "seconds": seconds,
        "bare": bare,
        "median": statistics.median(times),
        "late": statistics.quantiles(times, n=20)[-1],
        "counted": Voice.objects.filter(ballot=ballot).count(),
    }


def press(port: int, key: str, ballot: int) -> float:
    """Open the page, press, read the answer, as a browser does; milliseconds."""
    began = time.perf_counter()
    path = f"/kk/vote/{key}/"
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path)
    answer = connection.getresponse()
    page = answer.read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    if token is None:
        return 0.0
    cookie = (answer.headers.get("Set-Cookie") or "").split(";")[0]
    fields = {"csrfmiddlewaretoken": token[1], "ballot": ballot, "choice": "for"}
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", path, urlencode(fields), headers)
    answer = connection.getresponse()
    answer.read()
    connection.request("GET", answer.headers["Location"], headers={"Cookie": cookie})
    connection.getresponse().read()
    connection.close()
    return (time.perf_counter() - began) * 1000


def wait(port: int, ballot: Any, phones: int, over: threading.Event) -> None:
    """So many phones ask every four seconds whether anything has changed."""
    path = f"/kk/meetings/{ballot.item.meeting_id}/pulse/{ballot.pk}-open/"
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    while not over.wait(WATCHING / phones):
        try:
            connection.request("GET", path)
            connection.getresponse().read()
        except (http.client.HTTPException, OSError):
            connection.close()


def inserts(size: int) -> float:
    """Seconds for as many bare rows on the same database, each its own transaction."""
    from django.db import connection, transaction  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bare (ballot bigint, mandate bigint, choice varchar(8))")
        began = time.perf_counter()
        for number in range(size):
            with transaction.atomic():
                cursor.execute("INSERT INTO bare VALUES (%s, %s, %s)", [1, number, "for"])
        return time.perf_counter() - began


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--phones", type=int)
    asked = parser.parse_args()
    if asked.phones is None:
        raise SystemExit(not main())
    print(json.dumps(vote(asked.phones)))
