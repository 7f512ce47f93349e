"""What a mandate lets its holder do, over which bodies, on which days."""

from datetime import date

import pytest

from kelisim.bodies import rights
from kelisim.bodies.actions import mandates
from kelisim.bodies.models import Body
from kelisim.bodies.queries.powers import powers
from kelisim.bodies.states import Role
from kelisim.territory.commands import load as load_territory
from kelisim.territory.models import Unit
from tests.bodies.people import AT, council, found, head, hold, leader, officer, person

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


@pytest.fixture
def regions():
    """Two regional assemblies, and an association in a district of the first."""
    load_territory()
    district = Unit.objects.filter(parent__isnull=False).select_related("parent").first()
    other = (
        Unit.objects.filter(parent__isnull=True, exists_to=None)
        .exclude(kato=district.parent.kato)
        .first()
    )
    one = found("regional-assembly", "One", parent=council(), unit=district.parent)
    two = found("regional-assembly", "Two", parent=council(), unit=other)
    association = found("association", "Friendship", unit=district)
    return one, two, association


def test_without_a_mandate_nothing_may_be_done():
    assert not powers(person("Nobody"), DAY)
    assert powers(person("Nobody"), DAY).rights() == frozenset()


def test_a_secretariat_reaches_its_own_territory_and_no_other(regions):
    one, two, association = regions
    ours, theirs = officer("Ours", of=one), officer("Theirs", of=two)
    assert powers(ours, DAY).may(rights.VERIFY, association)
    assert not powers(theirs, DAY).may(rights.VERIFY, association)
    assert not powers(ours, DAY).may(rights.VERIFY, two)
    assert powers(officer("National"), DAY).may(rights.VERIFY, association)


def test_the_list_of_bodies_reached_is_the_bodies_that_may_be_changed(regions):
    one, _two, _association = regions
    for who in (officer("Ours", of=one), officer("National"), head("Head", of=one)):
        held = powers(who, DAY)
        for right in rights.RIGHTS:
            listed = set(Body.objects.filter(held.reached(right)))
            everybody = Body.objects.select_related("unit__parent", "parent")
            assert listed == {body for body in everybody if held.may(right, body)}, right


def test_a_mandate_gives_rights_from_its_first_day_to_the_day_before_its_end():
    who = person("Termed")
    mandate = hold(who, found("association", "A"), Role.LEADER, since=date(2026, 3, 2))
    mandates.end(mandate.pk, on=date(2026, 3, 4), because="moved away", by=None, at=AT)
    days = [bool(powers(who, date(2026, 3, day))) for day in (1, 2, 3, 4)]
    assert days == [False, True, True, False]


def test_a_suspended_mandate_gives_nothing():
    body = found("association", "A")
    who = person("Suspended")
    mandate = hold(who, body, Role.LEADER)
    mandates.suspend(mandate.pk, since=date(2026, 3, 1), because="an inquiry", by=None, at=AT)
    assert not powers(who, DAY)
    mandates.resume(mandate.pk, on=DAY, by=None, at=AT)
    assert powers(who, DAY).may(rights.PROPOSE, body)


def test_whoever_deputises_has_the_rights_of_that_seat_for_that_time():
    whole = council()
    chief, clerk = head("Chief"), officer("Clerk")
    assert not powers(clerk, DAY).may(rights.APPOINT, whole)
    mandates.deputise(
        chief.mandates.get().pk,
        deputy=clerk.mandates.get(),
        since=DAY,
        until=date(2026, 3, 5),
        by=None,
        at=AT,
    )
    assert powers(clerk, DAY).may(rights.APPOINT, whole)
    assert not powers(clerk, date(2026, 3, 5)).may(rights.APPOINT, whole)


def test_an_association_speaks_for_itself_alone():
    ours, theirs = found("association", "Ours"), found("association", "Theirs")
    held = powers(leader(ours), DAY)
    assert held.may(rights.PROPOSE, ours)
    assert not held.may(rights.PROPOSE, theirs)


def test_powers_are_asked_with_the_same_queries_however_many_mandates(
    django_assert_num_queries,
):
    who = person("Busy")
    hold(who, found("association", "A0"), Role.LEADER)
    with django_assert_num_queries(2):
        powers(who, DAY)
    for n in range(1, 12):
        hold(who, found("association", f"A{n}"), Role.LEADER)
    with django_assert_num_queries(2):
        assert len(powers(who, DAY).held) == 12
