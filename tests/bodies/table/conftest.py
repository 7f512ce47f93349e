"""The ground that tables stand on: territories, a council, an officer, 820 invented records."""

import pytest

from kelisim.bodies.models import Tag
from kelisim.cli.invented import associations
from kelisim.territory.commands import load as load_territory
from kelisim.territory.models import Name, Unit
from kelisim.territory.queries import on_day
from tests.bodies.people import council, officer
from tests.bodies.table.office import Names
from tests.bodies.table.ways import ON


@pytest.fixture
def clerk():
    load_territory()
    council()
    return officer()


@pytest.fixture
def units(clerk):
    found = on_day(Unit.objects.select_related("parent"), ON)
    return {unit.kato: unit.parent.kato if unit.parent else "" for unit in found}


@pytest.fixture
def names(units):
    full = {name.kato: name.full or name.words for name in Name.objects.all() if name.in_use(ON)}
    return Names(
        regions={kato: full[kato] for kato, region in units.items() if not region},
        places=full,
        parent=units,
        tags={(tag.kind, tag.key): tag.words for tag in Tag.objects.all()},
    )


@pytest.fixture
def register(units):
    return associations(820, units)
