"""The drawn states in docs are the tables of the code."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_states_in_docs_are_those_of_the_code():
    printed = subprocess.run(
        [sys.executable, "tools/states.py", "--print"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert (ROOT / "docs" / "states.md").read_text() == printed
