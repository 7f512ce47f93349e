"""Nobody widens their own reach: not by founding, moving, describing, deputising or a sector."""

from datetime import date

import pytest

from kelisim.bodies import rights
from kelisim.bodies.actions import founding, mandates
from kelisim.bodies.models import Body
from kelisim.bodies.queries.powers import powers
from kelisim.bodies.states import Role
from kelisim.refusals import Refused
from kelisim.territory.commands import load as load_territory
from kelisim.territory.models import Unit
from tests.bodies.people import AT, chair, council, found, head, hold, officer, person, secretariat

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)
NAME = {"kk": "Жаңа", "ru": "Новый", "en": "New"}


@pytest.fixture
def region() -> Body:
    """A regional assembly with a secretariat that has, as most do, no territory of its own."""
    load_territory()
    unit = Unit.objects.filter(parent__isnull=True, exists_to=None).first()
    body = found("regional-assembly", "Region", parent=council(), unit=unit)
    secretariat(body)
    return body


def refused(act) -> str:
    bodies = set(Body.objects.values_list("path", "unit"))
    with pytest.raises(Refused) as caught:
        act()
    assert set(Body.objects.values_list("path", "unit")) == bodies
    return caught.value.refusals[0].code


def test_no_secretariat_founds_a_second_council_at_the_top(region):
    for who in (head("Regional", of=region), head("National")):
        code = refused(lambda who=who: founding.found(kind="assembly", name=NAME, by=who, at=AT))
        assert code == "bodies.stands_under_another"


def test_an_association_may_stand_alone(region):
    who = head("Regional", of=region)
    body = founding.found(kind="association", name=NAME, unit=region.unit, by=who, at=AT)
    assert body.parent is None


def test_a_regional_secretariat_does_not_move_itself_to_the_top(region):
    who, office = head("Regional", of=region), Body.objects.get(parent=region)
    above = head("National")
    code = refused(lambda: founding.move(office.pk, to=council(), by=who, at=AT))
    assert code == "bodies.not_founder"
    code = refused(lambda: founding.move(region.pk, to=None, by=above, at=AT))
    assert code == "bodies.stands_under_another"


def test_the_territory_of_an_assembly_is_set_from_above(region):
    another = Unit.objects.filter(parent__isnull=True, exists_to=None).exclude(pk=region.unit_id)
    for who in (officer("Regional", of=region), head("Head", of=region)):
        for unit in (None, another.first()):
            code = refused(
                lambda who=who, unit=unit: founding.describe(region.pk, unit=unit, by=who, at=AT)
            )
            assert code == "bodies.not_founder"
    founding.describe(region.pk, unit=another.first(), by=head("National"), at=AT)
    region.refresh_from_db()
    assert region.unit == another.first()


def test_a_contact_is_kept_by_the_region_itself(region):
    who = officer("Regional", of=region)
    founding.describe(region.pk, phone="+7 000", unit=region.unit, by=who, at=AT)
    region.refresh_from_db()
    assert region.phone == "+7 000"


def test_an_assembly_whose_territory_is_not_told_does_not_reach_the_whole_country():
    load_territory()
    untold = found("regional-assembly", "Untold", parent=council())
    association = found("association", "Friends", unit=Unit.objects.first())
    held = powers(officer("Regional", of=untold), DAY)
    assert held.may(rights.VERIFY, untold)
    assert not held.may(rights.VERIFY, association)
    assert association not in Body.objects.filter(held.reached(rights.VERIFY))


def test_a_sector_reaches_no_further_than_its_secretariat(region):
    association = found("association", "Friends")
    ours = found("association", "Ours", unit=region.unit)
    sector = found("sector", "Sector", parent=Body.objects.get(parent=region))
    who = person("Clerk")
    hold(who, sector, Role.OFFICER)
    held = powers(who, DAY)
    assert held.may(rights.VERIFY, ours)
    assert held.may(rights.VERIFY, region)
    assert not held.may(rights.VERIFY, association)
    assert not held.may("charter.prepare")


def test_nobody_makes_themself_a_deputy(region):
    who = chair("Regional", of=region)
    office = Body.objects.get(parent=region)
    theirs = hold(person("Chief"), office, Role.HEAD)
    with pytest.raises(Refused) as caught:
        mandates.deputise(
            theirs.pk,
            deputy=who.mandates.get(),
            since=DAY,
            until=date(2026, 4, 1),
            by=who,
            at=AT,
        )
    assert caught.value.refusals[0].code == "bodies.appoints_oneself"
