import pytest

from tests.portal import shelves


@pytest.fixture
def charter(db):
    """A small published charter: a passage, two principles, six measures."""
    return shelves.publish().charter
