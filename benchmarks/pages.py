"""Our charter page beside a plain Wagtail page: same server, same number of requests, in turns."""

import tempfile
import time
from pathlib import Path

from benchmarks.serving import Reader, free_port, median, ours, peer, run, serving

CLAIM = 2.0
WARM, COLD, UNTIMED = 300, 40, 5
OURS = "/ru/charters/concept-2013/"
PEER = "/plain/"


def main() -> bool:
    """Whether the whole charter costs at most twice a plain page."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run("-m", "kelisim.cli.main", "demo", "--prepare-only", KELISIM_VAR=name)
        run("-m", "benchmarks.peer.prepare", PEER_DATABASE=str(folder / "peer.sqlite3"))
        (port, other) = free_port(), free_port()
        (words, environment), (their_words, theirs) = ours(folder, port), peer(folder, other)
        with serving(words, port, **environment), serving(their_words, other, **theirs):
            return compare(Reader(port), Reader(other))


def compare(us: Reader, them: Reader) -> bool:
    first = us.ask(OURS)[0], them.ask(PEER)[0]
    for _ in range(UNTIMED):
        us.ask(OURS)
        them.ask(PEER)
    # An address with a query is never kept: the page is made from the database again.
    stamp = int(time.time())
    anew = [(us.ask(f"{OURS}?{stamp}{n}")[0], them.ask(f"{PEER}?{n}")[0]) for n in range(COLD)]
    warm = [(us.ask(OURS)[0], them.ask(PEER)[0]) for _ in range(WARM)]
    cold_us, cold_them = (median(times) for times in zip(*anew, strict=True))
    warm_us, warm_them = (median(times) for times in zip(*warm, strict=True))
    bytes_us, bytes_them = len(us.ask(OURS)[1]), len(them.ask(PEER)[1])
    rows = [
        ("the first request, ms", *first),
        (f"cold: made anew, median of {COLD}, ms", cold_us, cold_them),
        (f"warm: as readers get it, median of {WARM}, ms", warm_us, warm_them),
        ("bytes over the wire", bytes_us, bytes_them),
    ]
    title = "the charter page beside a plain Wagtail page"
    print(f"{title:48}{'ours':>10}{'Wagtail':>10}{'ratio':>8}")
    for words, mine, its in rows:
        print(f"{words:48}{mine:10.1f}{its:10.1f}{mine / its:8.2f}")
    kept = warm_us <= CLAIM * warm_them
    print(f"claim: warm at most {CLAIM:g} times the plain page: {'kept' if kept else 'BROKEN'}")
    return kept


if __name__ == "__main__":
    raise SystemExit(not main())
