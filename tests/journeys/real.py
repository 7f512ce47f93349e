"""The real server as its own process, on the test's own database, to be killed and begun again."""

import http.cookiejar
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from contextlib import contextmanager, suppress
from pathlib import Path

from django.db import connection

HERE = Path(__file__).parent
CRASHES = int(os.environ.get("KELISIM_CRASHES", "50"))
"""At how many moments each thing is cut off; more are asked for by the environment."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def database_url() -> str:
    """The database that this test uses, as another process must name it."""
    found = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{found['NAME']}"
    return f"postgres://{found['USER']}@{found['HOST']}:{found['PORT']}/{found['NAME']}"


def environment(folder: Path) -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "kelisim.config.settings",
        "KELISIM_MODE": "demo",
        "KELISIM_VAR": str(folder),
        "DATABASE_URL": database_url(),
        "PYTHONUNBUFFERED": "1",
    }


def prepared(folder: Path) -> None:
    """What `kelisim prepare` does before an installation can serve."""
    done = subprocess.run(
        [sys.executable, "-m", "kelisim.cli.main", "prepare"],
        env=environment(folder),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]


@contextmanager
def serving(
    folder: Path,
    *,
    program: tuple[str, ...] = ("-m", "kelisim.cli.main"),
    options: tuple[str, ...] = ("--processes", "1"),
):
    """A running `kelisim serve`; gives (address, process). Always dead afterwards."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, *program, "serve", "--bind", f"127.0.0.1:{port}", *options],
        env=environment(folder),
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=(folder / "server.log").open("ab"),
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(address, process)
        yield address, process
    finally:
        kill(process)


def kill(process: subprocess.Popen) -> None:
    """SIGKILL to the server and all its children, as a power cut would."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def wait_for(address: str, process: subprocess.Popen) -> None:
    for _ in range(600):
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}")
        try:
            with socket.create_connection(
                (address.split("//")[1].split(":", maxsplit=1)[0], int(address.rsplit(":", 1)[1])),
                timeout=1,
            ):
                return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("the server did not begin to answer")


class Client:
    """A person's browser, reduced to cookies and forms."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def get(self, path: str) -> str:
        with self.opener.open(self.address + path, timeout=30) as answer:
            return answer.read().decode()

    def post(self, path: str, fields: dict[str, str], *, page: str | None = None) -> str:
        """Send a form as its page does, with that page's own token; gives where it led."""
        html = self.get(page or path)
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', html).group(1)
        body = urllib.parse.urlencode({**fields, "csrfmiddlewaretoken": token}).encode()
        asked = urllib.request.Request(self.address + path, body, {"Referer": self.address + path})
        with self.opener.open(asked, timeout=60) as answer:
            answer.read()
            return answer.url

    def with_session_of(self, other: "Client") -> "Client":
        """The same signed-in person at a server that began again on another port."""
        for cookie in other.jar:
            self.jar.set_cookie(cookie)
        return self
