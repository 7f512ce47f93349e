"""Run the whole suite on SQLite, then on PostgreSQL, and say what this machine could not run.

Tests marked `looks` (how a page looks at two widths in three languages, the embedded
demonstration: what no database can change) and tests that ask for no database at all run once, on
SQLite; three workers share two cores, as much of a test is waiting.

With KELISIM_NOTHING_SKIPPED=1 (CI) a skip of any kind is a failure, and coverage, which costs a
third of the time, is not measured.
Arguments are handed to pytest in both runs.
"""

import os
import subprocess
import sys
from pathlib import Path

import with_postgres

PYTEST = [sys.executable, "-m", "pytest", "-q", "-n", "3", "--dist", "loadgroup"]
COVERAGE = ["--cov", "--cov-report=term:skip-covered"]


def main() -> int:
    asked = sys.argv[1:]
    tool = Path(with_postgres.__file__)
    strict = os.environ.get("KELISIM_NOTHING_SKIPPED") == "1"
    print("— SQLite —", flush=True)
    sqlite = subprocess.run(
        [*PYTEST, *([] if strict else COVERAGE), *asked], check=False
    ).returncode
    print("— PostgreSQL —", flush=True)
    command = [sys.executable, str(tool), "--tiny", *PYTEST, "-m", "not looks", *asked]
    postgres = subprocess.run(command, check=False).returncode
    if postgres == with_postgres.MISSING:
        print("skipped: the suite on PostgreSQL (its server programs are not on this machine)")
        postgres = 1 if strict else 0
    return sqlite or postgres


if __name__ == "__main__":
    sys.exit(main())
