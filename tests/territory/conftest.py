import pytest

from kelisim.territory.commands import load


@pytest.fixture
def facts(db):
    """The facts that ship with Kelisim, loaded."""
    load()
