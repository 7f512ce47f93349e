"""Ten years of twenty regions: desk, control and coverage for every role, statuses, export."""

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.serving import ROOT

PAGE, MATRIX, STATUSES, EXPORT = 100.0, 200.0, 10.0, 300.0
"""Milliseconds a page (median), milliseconds cold, seconds, megabytes."""
TURNS = 15
ROLES = ("chair", "officer", "region", "ministry", "association", "member")
PAGES = {"desk": "/kk/desk/", "control": "/kk/desk/control/"}
POSTGRES = shutil.which("pg_ctl") or next(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"), None)


def main() -> bool:
    """Whether every claim holds on every database that this machine has."""
    kept = True
    for words, prefix in (
        ("SQLite", ()),
        ("PostgreSQL", ("tools/with_postgres.py", sys.executable)),
    ):
        if prefix and not POSTGRES:
            print(f"{words}: not on this machine")
            continue
        said = measured(prefix)
        print(
            f"{words}: {said['commitments']:,} commitments, {said['reports']:,} reports, ", end=""
        )
        print(f"{said['entries']:,} ledger entries")
        for name, found, claim, unit in said["claims"]:
            fits = found < claim
            kept &= fits
            told = f"{name:52}{found:12.1f}{claim:12.0f} {unit}"
            print(told + ("" if fits else "  BROKEN"), flush=True)
        for name, found in said["beside"]:
            print(f"{name:52}{found:12.1f}")
    print(f"claims: {'kept' if kept else 'BROKEN'}")
    return kept


def measured(prefix: tuple[str, ...]) -> dict[str, Any]:
    """Everything in a process of its own, on a fresh database."""
    with tempfile.TemporaryDirectory() as name:
        environment = {
            **os.environ,
            "KELISIM_VAR": name,
            "KELISIM_MODE": "test",
            "DJANGO_SETTINGS_MODULE": "kelisim.config.settings",
        }
        if not prefix:
            environment["DATABASE_URL"] = ""
        done = subprocess.run(
            [sys.executable, *prefix, "-m", "benchmarks.scale", "--measure"],
            env=environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return said


def measure() -> dict[str, Any]:
    """Fill the database, then ask for each page as each role."""
    import django  # noqa: PLC0415  (the settings come from the environment of this process)

    django.setup()
    from datetime import date  # noqa: PLC0415

    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    from benchmarks.filling import fill  # noqa: PLC0415
    from kelisim.commitments.models import Commitment, Report  # noqa: PLC0415
    from kelisim.ledger.models import Entry  # noqa: PLC0415

    today = date.today()  # noqa: DTZ011
    if not connection.introspection.table_names():
        call_command("migrate", verbosity=0)
        fill(today)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    claims = [
        ("statuses of all, told for the first time", statuses(), STATUSES, "s"),
        ("statuses of all, on another day", statuses(1), STATUSES, "s"),
    ]
    beside = []
    for role in ROLES:
        for name, address in PAGES.items():
            page, queries = asked(address, role)
            claims.append((f"{name}, {role}: median", page, PAGE, "ms"))
            beside.append((f"{name}, {role}: queries", queries))
    cold, queries = asked_cold("/kk/evaluation/coverage/")
    claims.append(("matrix of coverage, cold", cold, MATRIX, "ms"))
    beside.append(("matrix of coverage: queries", queries))
    claims.append(("memory of the export of all to XLSX", exported(), EXPORT, "MB"))
    return {
        "claims": claims,
        "beside": beside,
        "commitments": Commitment.objects.count(),
        "reports": Report.objects.count(),
        "entries": Entry.objects.count(),
    }


def statuses(later: int = 0) -> float:
    """Seconds to tell the statuses of all; a million standing intervals may follow."""
    from datetime import date, timedelta  # noqa: PLC0415

    from kelisim.commitments.actions.standing import recompute  # noqa: PLC0415

    began = time.perf_counter()
    recompute(on=date.today() + timedelta(days=later))  # noqa: DTZ011
    return time.perf_counter() - began


def signed_in(role: str) -> Any:
    from django.test import Client  # noqa: PLC0415

    from kelisim.people.models import Person  # noqa: PLC0415

    client = Client()
    person = (
        Person.objects.filter(email=f"{role}@demo.example").first()
        or Person.objects.filter(mandates__seat__role=role).first()
    )
    if person is None:
        raise SystemExit(f"nobody is {role}")
    client.force_login(person)
    return client


def asked(address: str, role: str) -> tuple[float, float]:
    """Median milliseconds of a page, and its queries."""
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    client = signed_in(role)
    times = []
    for _ in range(TURNS):
        began = time.perf_counter()
        answer = client.get(address)
        b"".join(answer) if answer.streaming else answer.content
        times.append((time.perf_counter() - began) * 1000)
    if answer.status_code not in (200, 403):
        raise SystemExit(f"{address}: {answer.status_code}")
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return statistics.median(times), float(len(captured))


def asked_cold(address: str) -> tuple[float, float]:
    """Milliseconds of a page that nothing of is kept, and its queries."""
    from django.core.cache import caches  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    times = []
    for turn in range(TURNS):
        for cache in caches.all():
            cache.clear()
        began = time.perf_counter()
        answer = Client().get(address)
        if turn:  # the first compiles the templates
            times.append((time.perf_counter() - began) * 1000)
        if answer.status_code != 200:
            raise SystemExit(f"{address}: {answer.status_code}")
    for cache in caches.all():
        cache.clear()
    with CaptureQueriesContext(connection) as captured:
        Client().get(address)
    return statistics.median(times), float(len(captured))


def exported() -> float:
    """Megabytes that the process has held at most while all rows were written to XLSX."""
    client = signed_in("officer")
    answer = client.get("/kk/desk/control/export.xlsx")
    if answer.status_code != 200:
        raise SystemExit(f"export: {answer.status_code}")
    for _piece in answer:
        pass
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    words = argparse.ArgumentParser()
    words.add_argument("--measure", action="store_true")
    if words.parse_args().measure:
        print(json.dumps(measure()))
    else:
        raise SystemExit(not main())
