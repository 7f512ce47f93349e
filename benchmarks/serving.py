"""Servers of their own processes on loopback, asked over one kept connection."""

import gzip
import http.client
import os
import signal
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PROCESSES, THREADS = 1, 4
PATIENCE = 60.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def run(*words: str, **environment: str) -> None:
    """One step of preparation; its output is shown only when it fails."""
    done = subprocess.run(
        [sys.executable, *words],
        env={**os.environ, **environment},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(words)}\n{done.stdout}{done.stderr}")


@contextmanager
def serving(words: Sequence[str], port: int, **environment: str) -> Iterator[int]:
    """A running server on `port`; ended with all its children at the end."""
    process = subprocess.Popen(
        [sys.executable, *words],
        env={**os.environ, **environment},
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and process.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        else:
            raise SystemExit(f"no server: {' '.join(words)}")
        yield port
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(PATIENCE)


def demo(folder: Path, port: int) -> tuple[list[str], dict[str, str]]:
    """Kelisim with the demonstration, as `kelisim demo` serves it."""
    words = ["-m", "kelisim.cli.main", "serve", "--bind", f"127.0.0.1:{port}"]
    return words, {"KELISIM_MODE": "demo", "KELISIM_VAR": str(folder)}


def ours(folder: Path, port: int) -> tuple[list[str], dict[str, str]]:
    """The same with as many workers as its peer."""
    words, environment = demo(folder, port)
    words += ["--processes", str(PROCESSES), "--threads", str(THREADS)]
    return words, environment


def peer(folder: Path, port: int) -> tuple[list[str], dict[str, str]]:
    """Wagtail behind the same server with as many workers."""
    words = ["-m", "gunicorn", "benchmarks.peer.wsgi:application", "--bind", f"127.0.0.1:{port}"]
    words += ["--workers", str(PROCESSES), "--threads", str(THREADS), "--worker-class", "gthread"]
    return words, {"PEER_DATABASE": str(folder / "peer.sqlite3")}


class Reader:
    """A browser that keeps its connection and accepts gzip."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)

    def ask(self, path: str, **headers: str) -> tuple[float, bytes]:
        """Milliseconds until the last byte, and the body as it came over the wire."""
        began = time.perf_counter()
        self.connection.request("GET", path, headers={"Accept-Encoding": "gzip", **headers})
        answer = self.connection.getresponse()
        body = answer.read()
        took = (time.perf_counter() - began) * 1000
        if answer.status not in {200, 304}:
            raise SystemExit(f"{path}: {answer.status}")
        return took, body

    def read(self, path: str) -> str:
        """The page as text."""
        body = self.ask(path)[1]
        return (gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body).decode()


def median(times: Sequence[float]) -> float:
    return statistics.median(times)
