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
    (Nature.COUNCIL, TOP): "assembly",
    (Nature.COUNCIL, REGION): "regional",
    (Nature.SECRETARIAT, TOP): "office",
    (Nature.SECRETARIAT, REGION): "regional-office",
    (Nature.ASSOCIATION, TOP): "nationwide",
    (Nature.ASSOCIATION, REGION): "local",
    (Nature.STATE, TOP): "ministry",
    (Nature.STATE, REGION): "akimat",
    (Nature.PARTNER, TOP): "institute",
    (Nature.PARTNER, REGION): "house",
}
NATIONAL = {"assembly", "office"}
REGIONAL = {"regional", "regional-office", "elders"}
EVERYTHING = {*PLACES.values(), "elders", "branch", "far", "far-office", "far-local"}
# From which body a right reaches which others.
OWN = {"office": NATIONAL, "regional-office": {"regional", "regional-office"}}
SUBTREE = {
    "assembly": NATIONAL | REGIONAL | {"far", "far-office"},
    "office": NATIONAL | REGIONAL | {"far", "far-office"},
    "regional": REGIONAL,
    "regional-office": REGIONAL,
    "nationwide": {"nationwide", "branch"},
}
GROUND = {
    **dict.fromkeys(["assembly", "office", "nationwide", "ministry", "institute"], EVERYTHING),
    **dict.fromkeys(
        ["regional", "regional-office"], REGIONAL | {"local", "branch", "akimat", "house"}
    ),
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
        found("secretariat", slug, parent=above, slug=slug, unit=above.unit)
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
    for nature, roles in ROLES.items():
        at = PLACES[nature, where]
        for role in roles:
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
