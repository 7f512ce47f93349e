"""Draw every table of states: `docs/states.md` is what this prints.

python tools/states.py           writes the file
python tools/states.py --print   prints it
"""

import os
import sys
from collections.abc import Iterator, Mapping
from enum import Enum
from importlib import import_module
from pathlib import Path

import django

HERE = Path(__file__).resolve().parents[1]
INTRODUCTION = (
    "Written by `python tools/states.py` from the table `NEXT` of each room; what is not drawn "
    "here is refused."
)
FILE = HERE / "docs" / "states.md"


def tables() -> Iterator[tuple[str, str, Mapping[Enum, frozenset[Enum]]]]:
    """Each room's tables: room, the kind's name, what may follow what."""
    for path in sorted((HERE / "src" / "kelisim").glob("*/states.py")):
        room = path.parent.name
        states = import_module(f"kelisim.{room}.states")
        for name in sorted(vars(states)):
            table = getattr(states, name)
            if name.startswith("NEXT") and isinstance(table, Mapping):
                yield room, type(next(iter(table))).__name__, table


def diagram(table: Mapping[Enum, frozenset[Enum]]) -> Iterator[str]:
    """One table as a Mermaid state diagram, in the order of its states."""
    order = list(table)
    yield "```mermaid"
    yield "stateDiagram-v2"
    yield f"    [*] --> {order[0].value}"
    for state in order:
        for after in sorted(table[state], key=order.index):
            yield f"    {state.value} --> {after.value}"
        if not table[state]:
            yield f"    {state.value} --> [*]"
    yield "```"


def page() -> str:
    lines = [
        "# States and how they move",
        "",
        INTRODUCTION,
    ]
    last = ""
    for room, kind, table in tables():
        if room != last:
            lines += ["", f"## {room}"]
            last = room
        lines += ["", f"### {kind}", *diagram(table)]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    sys.path.insert(0, str(HERE))
    django.setup()
    if "--print" in sys.argv:
        print(page(), end="")
    else:
        FILE.write_text(page())
