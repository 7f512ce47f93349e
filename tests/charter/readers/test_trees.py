"""Documents whose tree, as a careful person drew it, lies beside them."""

import pytest

from kelisim.charter.readers import read
from kelisim.charter.trees.types import known
from tests.charter.readers.conftest import DOCUMENTS, kept, letters, tree

NAMES = sorted(path.name.removesuffix(".tree") for path in DOCUMENTS.glob("*.tree"))


def test_there_are_documents():
    assert len(NAMES) >= 12


@pytest.mark.parametrize("name", NAMES)
def test_its_tree_is_the_one_drawn(document, name):
    assert tree(document(name)) == (DOCUMENTS / f"{name}.tree").read_text().splitlines()


@pytest.mark.parametrize("name", NAMES)
def test_nothing_of_it_is_lost_or_doubled(document, name):
    assert kept(document(name)) == letters((DOCUMENTS / name).read_text())


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("key", sorted(known()))
def test_its_nesting_is_the_same_by_any_type(document, name, key):
    other = read((DOCUMENTS / name).read_bytes(), name=name, charter_type=known()[key])
    own = document(name)
    assert [(p.number, p.text, p.lines) for p in other.provisions] == [
        (p.number, p.text, p.lines) for p in own.provisions
    ]
    assert other.leavings == own.leavings


@pytest.mark.parametrize("name", NAMES)
def test_its_lines_are_true(document, name):
    lines = (DOCUMENTS / name).read_text().split("\n")
    for p in document(name).provisions:
        source = letters(" ".join(lines[p.lines[0] - 1 : p.lines[1]]))
        assert letters(p.number + p.text) <= source, p
