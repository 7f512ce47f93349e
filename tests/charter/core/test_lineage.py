"""A link to a provision leads to its later form, however often the charter was amended."""

from datetime import date

import pytest

from kelisim.charter.queries import lineage, reading
from tests.charter.conftest import SECOND, draft, long_draft, provision

pytestmark = pytest.mark.django_db
POINT = "part_1__list_1__point_"
DAY = date(2026, 11, 1)
THIRD = draft(
    *SECOND.provisions[:2],
    provision(POINT + "1", number="1", text="проводить день открытых дверей"),
    provision(POINT + "2", number="2", text="беречь рукописи и письма читателей"),
)


@pytest.fixture
def third(second, amend, publish):
    return publish(amend(second, THIRD))


def at(version, eid):
    return version.provisions.get(eid=eid)


def test_a_provision_is_followed_through_two_amendments(first, third):
    (form,) = lineage.follow(at(first, POINT + "3"), to=third)
    assert form.eid == POINT + "1"


def test_a_repealed_provision_leads_nowhere_and_says_where_it_ended(first, second, third):
    gone = at(first, POINT + "2")
    assert lineage.follow(gone, to=third) == []
    assert lineage.ended_in(gone) == second


def test_every_form_of_a_provision_is_listed_by_version(first, third):
    forms = lineage.forms(at(third, POINT + "1"))
    assert [(f.provision.version.number, f.provision.eid, f.relation) for f in forms] == [
        (1, POINT + "3", ""),
        (2, POINT + "2", "moved"),
        (3, POINT + "1", "moved"),
    ]


def test_an_address_without_a_version_serves_the_current_form(second):
    found = lineage.find("library", POINT + "3", on=DAY)
    assert found.unmoved
    assert found.last.version_id == second.pk


def test_an_address_that_only_an_older_version_has_is_followed(first, second, third):
    found = lineage.find("library", POINT + "3", on=DAY)
    assert [one.eid for one in found.now] == [POINT + "2"]
    assert found.last.version_id == second.pk


def test_the_version_that_holds_is_the_last_whose_day_has_come(first, second):
    assert reading.current("library", date(2026, 5, 1)) == first
    assert reading.current("library", DAY) == second
    assert reading.current("library", date(2020, 1, 1)) == first


def test_drafts_lead_nowhere(first, amend):
    version = amend(first)
    assert lineage.follow(at(first, POINT + "3"), to=version) == []
    assert reading.version("library", 2) is None


@pytest.mark.parametrize("size", [3, 3000])
def test_a_version_is_read_whole_in_three_queries(begin, size, django_assert_num_queries):
    version = begin(long_draft(size))
    with django_assert_num_queries(3):
        whole = reading.whole(version)
    assert sum(row.kind == "measure" for row in whole.rows) == size


def test_a_branch_is_a_provision_with_what_stands_under_it(begin, django_assert_num_queries):
    version = begin(long_draft(120))
    with django_assert_num_queries(5):
        found = reading.branch(version, "part_1__list_2")
    assert [row.eid for row in found.rows][:2] == ["part_1__list_2", "part_1__list_2__point_1"]
    assert (len(found.rows), found.rows[0].parent) == (51, "part_1")
    assert reading.branch(version, "part_7") is None
