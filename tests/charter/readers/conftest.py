from collections import Counter
from pathlib import Path

import pytest

from kelisim.charter.readers import read

DOCUMENTS = Path(__file__).parents[1] / "documents"


def letters(text: str) -> Counter:
    """Every character but white space, counted."""
    return Counter("".join(text.split()))


def kept(draft) -> Counter:
    """Every character of a draft: numbers, texts and leavings."""
    return letters(
        "".join([*(p.number + p.text for p in draft.provisions), *(x.text for x in draft.leavings)])
    )


def tree(draft) -> list[str]:
    """A draft as indented lines: kind, number and the first words of each provision."""
    depth = {None: -1}
    rows = []
    for p in draft.provisions:
        depth[p.eid] = depth[p.parent] + 1
        head = " ".join(p.text.split()[:3])
        rows.append(f"{'  ' * depth[p.eid]}{p.kind} {p.number} {head}".rstrip())
    return rows


def nesting(draft) -> list[tuple[int, str]]:
    """Depth and text of every provision: the tree without kinds and numbers."""
    depth = {None: -1}
    rows = []
    for p in draft.provisions:
        depth[p.eid] = depth[p.parent] + 1
        rows.append((depth[p.eid], p.text))
    return rows


@pytest.fixture
def document():
    def give(name: str):
        return read((DOCUMENTS / name).read_bytes(), name=name)

    return give
