"""The demonstration: one command from a fresh machine to a site with a charter in it."""

import hashlib
import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from types import FrameType

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone
from django.utils.translation import gettext as _

from kelisim.cli.demonstration import SIGN_INS, load
from kelisim.cli.serve import prepare

# Raised when what the demonstration contains changes, so that an older one is made anew.
EDITION = 6


def fingerprint(charter: Path | None) -> dict[str, object]:
    """What the demonstration on disk was made from."""
    text = hashlib.sha256(charter.read_bytes()).hexdigest() if charter else None
    return {"edition": EDITION, "charter": text}


def stale(kept: Path, charter: Path | None) -> bool:
    """Whether to make the demonstration anew; without --charter a text joined earlier stays."""
    if not kept.exists():
        return True
    found = json.loads(kept.read_text())
    wanted = fingerprint(charter)
    return found["edition"] != wanted["edition"] or (
        charter is not None and found["charter"] != wanted["charter"]
    )


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def demo(charter: Path | None, port: int, *, prepare_only: bool, fresh: bool) -> int:
    """Prepare what is missing, say where to look and how to sign in, and serve."""
    if charter and not charter.is_file():
        print(_("There is no file %(file)s.") % {"file": charter}, file=sys.stderr)
        return 1
    if not prepare_only and not is_free(port):
        taken = _("Port %(port)s is taken: choose another with --port.") % {"port": port}
        print(taken, file=sys.stderr)
        return 1
    kept = settings.VAR / "demonstration.json"
    settings.VAR.mkdir(parents=True, exist_ok=True)
    if fresh or stale(kept, charter):
        kept.unlink(missing_ok=True)
        print(_("Making the demonstration; this takes a moment."), flush=True)
        empty()
        prepare()
        load(charter, today=timezone.localdate())
        kept.write_text(json.dumps(fingerprint(charter)))
    else:
        prepare()
    announce(port)
    return 0 if prepare_only else run(port)


def empty() -> None:
    """Remove the old demonstration: the file of an embedded database, the tables of another."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        for ending in ("", "-wal", "-shm"):
            Path(f"{database['NAME']}{ending}").unlink(missing_ok=True)
        return
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    call_command("migrate", interactive=False, verbosity=0)


def announce(port: int) -> None:
    site = f"http://127.0.0.1:{port}"
    print(_("Kelisim, a demonstration: all people and organisations in it are invented."))
    for code, name in settings.LANGUAGES:
        print(f"  {name:10} {site}/{code}/")
    print(f"  {'API':10} {site}/api/v1/docs")
    print(_("Sign-ins for the desk (%(site)s/en/desk/):") % {"site": site})
    for email, password, words in SIGN_INS:
        print(f"  {email:32} {password:24} {_(words)}")
    print(_("Stop with Ctrl+C."), flush=True)


def run(port: int) -> int:
    """Serve with a worker beside; when one ends, both end."""
    kelisim = [sys.executable, "-m", "kelisim.cli.main"]
    inherited = {**os.environ, "KELISIM_MODE": "demo"}
    children = [
        subprocess.Popen([*kelisim, *words], env=inherited)  # noqa: S603
        for words in (["serve", "--bind", f"127.0.0.1:{port}"], ["worker"])
    ]

    def stop(_number: int, _frame: FrameType | None) -> None:
        for child in children:
            child.terminate()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    code = children[0].wait()
    stop(0, None)
    children[1].wait()
    return max(code, 0)
