"""The ground that tables stand on: territories, a council, an officer, 820 invented records."""

import pytest

from kelisim.territory.commands import load as load_territory
from tests.bodies.people import council, officer
from tests.bodies.table import ways


@pytest.fixture
def clerk():
    load_territory()
    council()
    return officer()


@pytest.fixture
def units(clerk):
    return ways.units()


@pytest.fixture
def register(units):
    return ways.register()
