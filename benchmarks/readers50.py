"""Fifty people read at once for thirty seconds: no error."""

import http.client
import statistics
import tempfile
import threading
import time
from collections import Counter
from itertools import cycle, islice
from pathlib import Path

from benchmarks.serving import Reader, demo, free_port, run, serving

READERS, SECONDS = 50, 30
LANGUAGES = ("kk", "ru", "en")
PATHS = (
    "/{}/",
    "/{}/charters/concept-2013/",
    "/{}/search/?q=5.2.3",
    "/{}/charters/",
    "/{}/territory/",
    "/{}/ledger/",
    "/{}/about/",
)


def read_on(port: int, who: int, until: float, times: list[float], said: Counter[str]) -> None:
    """One person: page after page over one connection; a fault is counted, not raised."""
    pages = [path.format(LANGUAGES[who % 3]) for path in PATHS]
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    for path in islice(cycle(pages), who % len(pages), None):
        if time.monotonic() > until:
            break
        began = time.perf_counter()
        try:
            connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
            answer = connection.getresponse()
            answer.read()
            said["ok" if answer.status == 200 else f"{answer.status} {path}"] += 1
        except http.client.RemoteDisconnected:
            # A worker is renewed now and then and closes idle connections, as HTTP allows.
            connection.close()
            said["connection renewed"] += 1
            continue
        except (OSError, http.client.HTTPException) as fault:
            said[f"{type(fault).__name__} {path}"] += 1
            connection.close()
            continue
        times.append((time.perf_counter() - began) * 1000)


def main() -> bool:
    """Whether everybody got every page."""
    with tempfile.TemporaryDirectory() as name:
        run("-m", "kelisim.cli.main", "demo", "--prepare-only", KELISIM_VAR=name)
        port = free_port()
        words, environment = demo(Path(name), port)
        times: list[float] = []
        said: Counter[str] = Counter()
        with serving(words, port, **environment):
            Reader(port).ask("/kk/")
            until = time.monotonic() + SECONDS
            readers = [
                threading.Thread(target=read_on, args=(port, who, until, times, said))
                for who in range(READERS)
            ]
            for reader in readers:
                reader.start()
            for reader in readers:
                reader.join()
    errors = said.total() - said["ok"] - said["connection renewed"]
    hundredths = statistics.quantiles(times, n=100)
    print(
        f"{READERS} readers for {SECONDS} s: {said['ok']} pages, {said['ok'] / SECONDS:.0f} a "
        f"second, median {hundredths[49]:.0f} ms, 95th {hundredths[94]:.0f} ms, errors {errors}"
    )
    for words, count in said.items():
        if words != "ok":
            print(f"  {count} × {words}")
    print(f"claim: no error: {'BROKEN' if errors else 'kept'}")
    return not errors


if __name__ == "__main__":
    raise SystemExit(not main())
