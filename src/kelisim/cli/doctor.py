"""Examine an installation and say what to mend."""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.utils import timezone
from django.utils.translation import gettext as _

from kelisim.jobs import queries as jobs
from kelisim.ledger import queries as ledger

ROOM_ON_DISK = 500 * 1024 * 1024
Advice = str | None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at, and what to do when it is not well."""

    what: str
    well: bool
    advice: str = ""


def database() -> Advice:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return None


def migrations() -> Advice:
    try:
        call_command("migrate", check_unapplied=True, verbosity=0)
    except SystemExit:
        return _("Run `kelisim prepare`: the database is older than the program.")
    return None


def triggers() -> Advice:
    missing = ledger.triggers_missing()
    if not missing:
        return None
    return _("The ledger lacks its guards: %(names)s. Run `kelisim prepare`.") % {
        "names": ", ".join(missing)
    }


def chain() -> Advice:
    verdict = ledger.verify()
    return None if verdict.whole else str(verdict)


def worker() -> Advice:
    if jobs.working(timezone.now()):
        return None
    return _("No worker is running: start `kelisim worker`, or nothing that was queued is done.")


def words() -> Advice:
    rooms = settings.PACKAGE.glob("*/locale/*/LC_MESSAGES/django.po")
    missing = [path for path in rooms if not path.with_suffix(".mo").exists()]
    return _("Words are not compiled: run `make words`.") if missing else None


def static() -> Advice:
    if (settings.STATIC_ROOT / "staticfiles.json").exists():
        return None
    return _("Static files are not collected: run `kelisim prepare`.")


def disk() -> Advice:
    if shutil.disk_usage(settings.VAR).free > ROOM_ON_DISK:
        return None
    return _("Less than 500 MB are free where Kelisim keeps its data (%(folder)s).") % {
        "folder": settings.VAR
    }


def demonstration() -> Advice:
    if settings.DEMONSTRATION or not (settings.VAR / "demonstration.json").exists():
        return None
    return _("This database holds the demonstration: begin production with an empty one.")


def findings() -> Iterator[Finding]:
    looks: list[tuple[str, Callable[[], Advice]]] = [
        (_("The database answers"), database),
        (_("The database is up to date"), migrations),
        (_("The ledger cannot be rewritten"), triggers),
        (_("The ledger's chain is whole"), chain),
        (_("A worker is running"), worker),
        (_("All words are compiled"), words),
        (_("Static files are in place"), static),
        (_("There is room on the disk"), disk),
        (_("No demonstration in production"), demonstration),
    ]
    for what, look in looks:
        try:
            advice = look()
        except (DatabaseError, OSError) as fault:
            advice = str(fault)
        yield Finding(what, well=advice is None, advice=advice or "")


def doctor(*, as_json: bool) -> int:
    """Print every finding; the exit code is 1 when something must be mended."""
    found = list(findings())
    if as_json:
        print(json.dumps([asdict(f) for f in found], ensure_ascii=False, indent=1))
    else:
        for finding in found:
            mark = "✓" if finding.well else "✗"
            print(f"{mark} {finding.what}" + (f": {finding.advice}" if finding.advice else ""))
    return 0 if all(finding.well for finding in found) else 1
