"""Two years or two regions side by side; the charter year by year."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kelisim.commitments.models import Commitment, Fulfils, Money
from kelisim.evaluation.queries import coverage as reading
from kelisim.evaluation.queries import sides
from kelisim.evaluation.queries.coverage import Asked
from kelisim.evaluation.queries.timeline import timeline
from kelisim.territory.models import Unit
from tests.commitments.world import approved, charter, measured, world

pytestmark = pytest.mark.django_db
SIDES, TIMELINE = "/en/evaluation/side-by-side/library/", "/en/evaluation/timeline/library/"
DAY = date(2026, 6, 1)


@pytest.fixture
def ground():
    version = charter()
    of = world()
    approved(of, measured("1"), measured("2"), version=version)
    return version


def copied(one, key, **changes):
    """One more commitment like this, for the same measure, with as much money."""
    fields = [f for f in Commitment._meta.fields if f.name not in ("id", "key", "number")]
    kept = {field.attname: getattr(one, field.attname) for field in fields}
    made = Commitment.objects.create(**{**kept, **changes}, key=key, number=key)
    Fulfils.objects.create(commitment=made, provision=one.fulfils.get().provision)
    return made


def test_two_years_stand_side_by_side_with_their_money(ground):
    one = Commitment.objects.get(number="1")
    later = copied(one, "later", year=2027, status="done")
    Money.objects.create(commitment=later, source="local", year=2027, planned=5, spent=3)
    first, second = (sides.side(ground, Asked(year=year), DAY, "en") for year in (2026, 2027))
    assert (dict(first.figures())["planned"], dict(second.figures())["planned"]) == (2, 1)
    assert (dict(first.figures())["done"], dict(second.figures())["done"]) == (0, 1)
    assert dict(second.figures())["nothing"] == dict(first.figures())["nothing"] + 1
    assert (first.money["planned"], second.money["planned"], second.money["spent"]) == (
        2000000,
        5,
        3,
    )
    both = {pair.row.eid: pair for pair in sides.pairs(first, second)}
    assert both["part_1__list_1__point_1"].differs
    assert both["part_1__list_1__point_2"].other.planned == 0
    assert not both["part_1__list_1__point_3"].differs


def test_two_regions_stand_side_by_side(client, ground):
    units = [
        Unit.objects.create(kato=kato, kind="oblast", exists_from=date(2000, 1, 1))
        for kato in ("110000000", "120000000")
    ]
    Commitment.objects.filter(number="1").update(unit=units[0])
    found = sides.side(ground, Asked(unit=units[0].pk), DAY, "en")
    assert dict(found.figures())["planned"] == 1
    assert dict(sides.side(ground, Asked(unit=units[1].pk), DAY, "en").figures())["planned"] == 0


def test_the_page_compares_what_the_address_says_and_says_when_there_is_nothing(client, ground):
    alone = client.get(SIDES)
    assert alone.status_code == 200
    assert "found" not in alone.context
    copied(Commitment.objects.get(number="1"), "later", year=2027)
    plan = Commitment.objects.first().plan
    plan.ends = date(2027, 12, 31)
    plan.save()
    page = client.get(SIDES, {"by": "years", "one": "2027", "other": "2026"})
    assert page.context["names"] == ("2027", "2026")
    assert "differs" in page.content.decode()
    wrong = client.get(SIDES, {"by": "planets", "one": "x", "other": "-1"})
    assert wrong.context["names"] == ("2026", "2027")
    assert client.get(SIDES.replace("library", "nothing")).status_code == 404


def test_a_timeline_tells_each_year_what_was_planned_and_done(client, ground):
    Commitment.objects.filter(number="1").update(
        status="done", control="removed", done_on=date(2027, 1, 5)
    )
    years = {year.year: year for year in timeline(ground.charter)}
    assert (years[2026].planned, years[2026].done, years[2026].plans) == (2, 1, 1)
    assert years[2027].ended == 1
    assert years[2026].versions == [ground]
    assert [plan.pk for plan in years[2026].councils] == [Commitment.objects.first().plan_id]
    text = client.get(TIMELINE).content.decode()
    assert text.index("y2027") < text.index("y2026")
    assert "2 commitments for this year" in text


def test_more_commitments_cost_no_more_queries(client, ground):
    def asked(path):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path, {"one": "2026", "other": "2026"}).status_code == 200
        return len(captured)

    few = [asked(SIDES), asked(TIMELINE)]
    one = Commitment.objects.get(number="1")
    for n in range(20):
        copied(one, f"copy-{n}", year=2026 + n % 3)
    assert [asked(SIDES), asked(TIMELINE)] == few


def test_a_version_that_nobody_plans_for_compares_nothing(ground):
    Commitment.objects.all().update(status="cancelled")
    found = sides.side(ground, Asked(year=2026), DAY, "en")
    assert found.counts.planned == 0
    assert reading.coverage(ground, Asked(year=2026), DAY, "en").tally.rows == len(
        sides.pairs(found, found)
    )
