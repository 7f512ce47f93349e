"""Who sat in a body on a day: any day, at any size."""

from datetime import date

import pytest

from kelisim.bodies.actions import mandates
from kelisim.bodies.models import Mandate, Seat
from kelisim.bodies.queries.composition import composition, history
from kelisim.bodies.states import Role
from tests.bodies.people import AT, council, found, hold, person

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


@pytest.fixture
def elders():
    return found("elders", "Elders", parent=council())


def seated(seat, first, last):
    Mandate.objects.bulk_create(
        Mandate(seat=seat, holder=f"H{n:03}", since=date(2026, 1, 1)) for n in range(first, last)
    )


def holders(body, on):
    return [one.mandate.called for sitting in composition(body, on) for one in sitting.holders]


def test_a_mandate_is_shown_from_its_first_day_to_the_one_before_its_end(elders):
    mandate = hold(person("Termed"), elders, Role.MEMBER, since=date(2026, 3, 2))
    mandates.end(mandate.pk, on=date(2026, 3, 4), because="moved", by=None, at=AT)
    days = [holders(elders, date(2026, 3, day)) for day in (1, 2, 3, 4)]
    assert days == [[], ["Termed"], ["Termed"], []]


def test_places_that_nobody_holds_are_vacant_on_that_day(elders):
    seat = mandates.establish(elders.pk, role=Role.MEMBER, places=5, by=None, at=AT)
    seated(seat, 0, 3)
    assert [one.vacant for one in composition(elders, DAY)] == [2]
    assert [one.vacant for one in composition(elders, date(2025, 12, 31))] == [5]


def test_a_seat_without_a_number_of_places_has_no_vacancies(elders):
    mandates.establish(elders.pk, role=Role.MEMBER, by=None, at=AT)
    assert [one.vacant for one in composition(elders, DAY)] == [0]


def test_a_closed_seat_is_shown_as_long_as_it_was_open_or_held(elders):
    seat = mandates.establish(elders.pk, role=Role.MEMBER, places=2, by=None, at=AT)
    mandates.close_seat(seat.pk, on=date(2026, 3, 1), by=None, at=AT)
    assert len(composition(elders, date(2026, 2, 28))) == 1
    assert composition(elders, DAY) == []
    seated(seat, 0, 1)
    assert holders(elders, DAY) == ["H000"]


def test_seats_stand_in_their_order(elders):
    for order, role in ((2, Role.MEMBER), (1, Role.CHAIR)):
        seat = mandates.establish(elders.pk, role=role, by=None, at=AT)
        Seat.objects.filter(pk=seat.pk).update(order=order)
    assert [one.seat.role for one in composition(elders, DAY)] == [Role.CHAIR, Role.MEMBER]


def test_suspension_and_deputising_belong_to_their_days(elders):
    chair = hold(person("Chair"), elders, Role.CHAIR)
    deputy = hold(person("Stand In"), elders, Role.DEPUTY)
    mandates.suspend(chair.pk, since=date(2026, 3, 2), because="inquiry", by=None, at=AT)
    mandates.deputise(
        chair.pk, deputy=deputy, since=date(2026, 3, 2), until=date(2026, 3, 5), by=None, at=AT
    )

    def of_chair(on):
        (first, *_rest) = [
            one
            for sitting in composition(elders, on)
            for one in sitting.holders
            if sitting.seat.role == Role.CHAIR
        ]
        return first.rests, [str(one.deputy) for one in first.deputies]

    assert of_chair(date(2026, 3, 1)) == (False, [])
    assert of_chair(date(2026, 3, 2)) == (True, ["Stand In"])
    assert of_chair(date(2026, 3, 5)) == (True, [])


def test_of_an_association_its_leader_is_public_and_nobody_else():
    association = found("association", "A")
    hold(person("Leads"), association, Role.LEADER)
    hold(person("Writes"), association, Role.REPRESENTATIVE)
    assert holders(association, DAY) == ["Leads"]
    assert [str(one) for one in history(association, DAY)] == ["Leads"]


def test_composition_and_history_cost_the_same_at_3_and_400_seats(
    elders, django_assert_num_queries
):
    seat = mandates.establish(elders.pk, role=Role.MEMBER, by=None, at=AT)
    for last, first in ((3, 0), (400, 3)):
        seated(seat, first, last)
        with django_assert_num_queries(4):
            assert len(holders(elders, DAY)) == last
        with django_assert_num_queries(1):
            assert len(history(elders, DAY, limit=1000)) == last


def test_the_history_is_cut_where_it_is_asked_to_begin(elders):
    seat = mandates.establish(elders.pk, role=Role.MEMBER, by=None, at=AT)
    seated(seat, 0, 7)
    first = history(elders, DAY, limit=3)
    assert [one.holder for one in first] == ["H006", "H005", "H004", "H003"]
    last = first[2]
    rest = history(elders, DAY, before=(last.since, last.pk), limit=10)
    assert [one.holder for one in rest] == ["H003", "H002", "H001", "H000"]
    assert history(elders, date(2025, 12, 31)) == []
