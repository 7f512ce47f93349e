"""Reading a charter: the Concept under one second; 10,000 provisions under 20 s and 500 MB."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.serving import ROOT

CONCEPT = ROOT.parent / "shared" / "data" / "charter" / "concept-2013.ru.md"
GROUPS, MEASURES = 200, 49
CLAIMS = {"the Concept": (1.0, None), "10,000 provisions": (20.0, 500)}

# A process of its own, so that its peak of memory is its own.
MEASURE = """
import json, pathlib, resource, sys, time
import django
from django.conf import settings
settings.configure()
from kelisim.charter.readers import read
path = pathlib.Path(sys.argv[1])
data = path.read_bytes()
began = time.perf_counter()
draft = read(data, name=path.name)
took = time.perf_counter() - began
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"took": took, "peak": peak, "provisions": len(draft.provisions)}))
"""


def large() -> str:
    """A charter of our own making: chapters, groups, and measures of several habits."""
    lines = ["# Charter of a large council", ""]
    for group in range(1, GROUPS + 1):
        if group % 20 == 1:
            lines += [f"## {group // 20 + 1}. Direction {group // 20 + 1}", ""]
        lines += [f"**In the field of matter {group}:**", ""]
        lines += [
            f"{number}) to support undertaking {number} of matter {group}; with its regions, "
            "schools, centres and press, and to report on it each year"
            + ("." if number == MEASURES else ";")
            for number in range(1, MEASURES + 1)
        ]
        lines.append("")
    return "\n".join(lines)


def measure(path: Path) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(path)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def main() -> bool:
    """Whether both documents are read within their limits."""
    kept = True
    with tempfile.TemporaryDirectory() as name:
        made = Path(name) / "large.md"
        made.write_text(large())
        documents = {"the Concept": CONCEPT, "10,000 provisions": made}
        heads = f"{'provisions':>12}{'seconds':>10}{'claim':>8}{'peak MB':>10}{'claim':>8}"
        print(f"{'reading':22}{heads}")
        for words, path in documents.items():
            if not path.exists():
                print(f"{words:22}not measured: the document is not on this machine")
                continue
            found = measure(path)
            seconds, megabytes = CLAIMS[words]
            fits = found["took"] < seconds and (megabytes is None or found["peak"] < megabytes)
            kept &= fits
            print(
                f"{words:22}{found['provisions']:12.0f}{found['took']:10.2f}{seconds:8.0f}"
                f"{found['peak']:10.0f}{megabytes or '–':>8}{'' if fits else '  BROKEN'}"
            )
    return kept


if __name__ == "__main__":
    raise SystemExit(not main())
