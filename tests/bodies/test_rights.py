"""The table of rights is what the code does: each act, for each post, at the top and in a region.

The table is read from the file that people read. What a reach means is written down here once
more, as names of bodies, so that neither the table nor the code is judge of itself.
"""

from datetime import date
from pathlib import Path

import pytest

from kelisim.bodies import commands
from kelisim.bodies.models import Body
from kelisim.bodies.queries.powers import powers
from kelisim.bodies.rights import RIGHTS, WEIGHTY
from kelisim.bodies.states import ROLES, Nature, Role
from kelisim.territory.commands import load as load_territory
from kelisim.territory.models import Unit
from tests.bodies.people import council, found, hold, person, secretariat

pytestmark = pytest.mark.django_db
DOCS = Path(__file__).parents[2] / "docs" / "rights.md"
DAY = date(2026, 3, 2)
TOP, REGION = "at the top", "in a region"
# Where each nature's mandates are held, at the top and in a region.
PLACES = {
    TOP: {
        Nature.COUNCIL: ["assembly"],
        Nature.SECRETARIAT: ["office", "sector"],
        Nature.ASSOCIATION: ["nationwide"],
        Nature.STATE: ["ministry"],
        Nature.PARTNER: ["institute"],
    },
    REGION: {
        Nature.COUNCIL: ["regional", "elders"],
        Nature.SECRETARIAT: ["regional-office", "regional-sector"],
        Nature.ASSOCIATION: ["local", "branch"],
        Nature.STATE: ["akimat"],
        Nature.PARTNER: ["house"],
    },
}
NATIONAL = {"assembly", "office", "sector"}
REGIONAL = {"regional", "regional-office", "regional-sector", "elders"}
ALONE = {"nationwide", "ministry", "institute"}
EVERYTHING = (
    NATIONAL | REGIONAL | ALONE | {"local", "branch", "akimat", "house", "far", "far-office"}
) | {"far-local"}
# From which body a right reaches which others.
OWN = {
    "office": {"office", "assembly"},
    "sector": {"sector", "assembly"},
    "regional-office": {"regional-office", "regional"},
    "regional-sector": {"regional-sector", "regional"},
}
SUBTREE = {
    **dict.fromkeys(NATIONAL, NATIONAL | REGIONAL | {"far", "far-office"}),
    **dict.fromkeys(REGIONAL - {"elders"}, REGIONAL),
    "nationwide": {"nationwide", "branch"},
}
GROUND = {
    **dict.fromkeys(NATIONAL | ALONE, EVERYTHING),
    **dict.fromkeys(REGIONAL - {"elders"}, REGIONAL | {"local", "branch", "akimat", "house"}),
}


def reached(reach: str, at: str) -> set[str]:
    if reach == "council":
        return EVERYTHING if at in NATIONAL else set()
    return {"own": OWN, "subtree": SUBTREE, "territory": GROUND}[reach].get(at, {at})


@pytest.fixture
def bodies() -> dict[str, Body]:
    """A council with two regions; who is near each of them, and who is nowhere near."""
    load_territory()
    district = Unit.objects.filter(parent__isnull=False).select_related("parent").first()
    region = district.parent
    units = Unit.objects.filter(parent__isnull=True, exists_to=None).exclude(kato=region.kato)
    top = council()
    one = found("regional-assembly", "One", parent=top, slug="regional", unit=region)
    two = found("regional-assembly", "Two", parent=top, slug="far", unit=units.first())
    office = secretariat(top)
    for slug, above in (("regional-office", one), ("far-office", two)):
        found("secretariat", slug, parent=above, slug=slug)
    found("sector", "Sector", parent=office, slug="sector")
    regional = Body.objects.get(slug="regional-office")
    found("sector", "Regional sector", parent=regional, slug="regional-sector")
    found("elders", "Elders", parent=one, slug="elders")
    nationwide = found("association", "Nationwide", slug="nationwide")
    found("association", "Branch", parent=nationwide, slug="branch", unit=district)
    found("association", "Local", slug="local", unit=district)
    found("association", "Far", slug="far-local", unit=units.first())
    found("state-body", "Ministry", slug="ministry")
    found("state-body", "Akimat", slug="akimat", unit=region)
    found("institute", "Institute", slug="institute")
    found("house", "House", slug="house", unit=region)
    whole = {body.slug: body for body in Body.objects.select_related("kind", "unit__parent")}
    whole["office"] = whole.pop(office.slug)
    return whole


def rows() -> list[tuple[str, Nature, Role, str]]:
    """The table as it stands in the documentation."""
    cells = [line.strip("| ").split(" | ") for line in DOCS.read_text().splitlines()]
    return [
        (row[0], Nature(row[2]), Role(row[3]), row[4])
        for row in cells
        if len(row) == 5 and row[0] in RIGHTS
    ]


def test_the_documentation_is_what_the_command_prints(capsys):
    commands.rights()
    assert capsys.readouterr().out == DOCS.read_text()


def test_the_documentation_names_every_right():
    assert {row[0] for row in rows()} == set(RIGHTS)


@pytest.mark.parametrize("where", [TOP, REGION])
def test_each_post_may_do_what_the_table_says_and_nothing_else(bodies, where):
    told = {(right, nature, role): reach for right, nature, role, reach in rows()}
    wrong = []
    for nature, at in [(nature, at) for nature, places in PLACES[where].items() for at in places]:
        for role in ROLES[nature]:
            who = person(f"{role} {at}")
            hold(who, bodies[at], role)
            held = powers(who, DAY)
            for right in RIGHTS:
                reach = told.get((right, nature, role))
                expected = reached(reach, at) if reach else set()
                may = {slug for slug, body in bodies.items() if held.may(right, body)}
                listed = Body.objects.filter(held.reached(right))
                if may != expected or set(listed) != {bodies[slug] for slug in expected}:
                    wrong.append((right, at, role.value, sorted(may ^ expected)))
                assert held.may(right) == bool(expected)
    assert wrong == []


@pytest.mark.parametrize("kind", ["administrator", "anybody"])
def test_without_a_post_nobody_may_do_anything(bodies, kind):
    who = person(kind, is_staff=kind == "administrator", is_superuser=kind == "administrator")
    held = powers(who, DAY)
    assert [right for right in RIGHTS if held.may(right)] == []
    assert not Body.objects.filter(*[held.reached(right) for right in RIGHTS]).exists()


def test_whoever_publishes_charters_holds_a_post_that_weighs():
    assert set(RIGHTS["charter.publish"].posts) <= WEIGHTY
