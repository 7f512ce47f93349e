"""Run a command with a private PostgreSQL, started for it in a temporary folder.

    python tools/with_postgres.py [--tiny] COMMAND [ARGUMENT …]

DATABASE_URL points the command at the cluster. PostgreSQL does not run as root, so root starts
it as the `postgres` user. With `--tiny` it is tuned for tests, whose tables are small. Exit code
77: PostgreSQL's server programs are not on this machine.
"""

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

MISSING = 77
# A test's cluster need not survive a power cut, so it does not wait for the disk.
HASTE = [
    "-c fsync=off",
    "-c synchronous_commit=off",
    "-c full_page_writes=off",
    "-c max_connections=80",
]
# A test's tables are tiny: planning their joins in every order costs more than the answers do.
TINY = ["-c jit=off", "-c autovacuum=off", "-c join_collapse_limit=1", "-c from_collapse_limit=1"]


def programs() -> Path | None:
    """The folder of initdb and pg_ctl: what pg_config tells, else Debian's layout, newest first."""
    candidates = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    if found := shutil.which("pg_config"):
        told = subprocess.run([found, "--bindir"], capture_output=True, text=True, check=True)
        candidates.insert(0, Path(told.stdout.strip()))
    return next((c for c in candidates if (c / "initdb").exists()), None)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def cluster(more: Sequence[str] = ()) -> Iterator[str]:
    """A running private cluster; gives its DATABASE_URL and removes everything afterwards."""
    found = programs()
    if found is None:
        raise FileNotFoundError("PostgreSQL's server programs are not on this machine.")
    user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
    folder = Path(tempfile.mkdtemp(prefix="kelisim-postgres-"))
    if os.geteuid() == 0:
        shutil.chown(folder, user)
    port = free_port()

    def run(program: str, *arguments: str) -> None:
        subprocess.run(
            [found / program, *arguments],
            check=True,
            stdout=subprocess.DEVNULL,
            user=user if os.geteuid() == 0 else None,
            cwd=folder,
        )

    data = str(folder / "data")
    options = " ".join(
        ["-p", str(port), "-k", str(folder), "-c listen_addresses=127.0.0.1", *HASTE, *more]
    )
    run("initdb", "-D", data, "-A", "trust", "-U", "kelisim", "-E", "UTF8", "--locale=C.UTF-8")
    run("pg_ctl", "-D", data, "-o", options, "-l", str(folder / "log"), "-w", "start")
    try:
        run("createdb", "-h", "127.0.0.1", "-p", str(port), "-U", "kelisim", "kelisim")
        yield f"postgres://kelisim@127.0.0.1:{port}/kelisim"
    finally:
        run("pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def main() -> int:
    if programs() is None:
        print("PostgreSQL's server programs are not on this machine.", file=sys.stderr)
        return MISSING
    command = sys.argv[1:]
    tiny = command[:1] == ["--tiny"]
    with cluster(TINY if tiny else ()) as url:
        return subprocess.run(
            command[tiny:], env={**os.environ, "DATABASE_URL": url}, check=False
        ).returncode


if __name__ == "__main__":
    sys.exit(main())
