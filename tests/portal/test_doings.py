"""A citizen goes from a measure of the charter to a photograph of what was done."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kelisim.commitments.models import Commitment, Evidence, Fulfils
from tests.commitments.world import approved, charter, done, measured, world

pytestmark = pytest.mark.django_db
MEASURE = "/en/charters/library/part_1__list_1__point_{}/"


@pytest.fixture
def ground():
    ground = world()
    first, _second = approved(ground, measured("1"), measured("2"), version=charter())
    done(ground, first)
    Evidence.objects.update(photo=True, consent=True)
    return first


def test_a_measure_shows_who_does_it_and_a_photograph_of_what_was_done(client, ground):
    text = client.get(MEASURE.format(1)).content.decode()
    photograph = Evidence.objects.get()
    assert f"/en/commitments/{ground.pk}/" in text
    assert f"/en/commitments/photos/{photograph.pk}/" in text
    assert "/en/evaluation/coverage/library/commitments/?provision=" in text


def test_a_photograph_without_consent_stays_away(client, ground):
    Evidence.objects.update(public=False, consent=False)
    assert "/commitments/photos/" not in client.get(MEASURE.format(1)).content.decode()


def test_a_measure_for_which_nothing_is_planned_says_so(client, ground):
    text = client.get(MEASURE.format(3)).content.decode()
    assert "No plan in force names it yet." in text


def test_home_counts_what_is_done(client, ground):
    text = client.get("/en/").content.decode()
    assert "of them done" in text
    assert "/en/plans/" in text


def queries(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_a_measure_with_forty_commitments_costs_as_many_queries_as_one_with_one(client, ground):
    few = queries(client, MEASURE.format(2) + "?fresh=1")
    fields = [f for f in Commitment._meta.fields if f.name not in ("id", "key")]
    provision = Fulfils.objects.get(commitment=ground).provision
    for n in range(30):
        copied = {field.attname: getattr(ground, field.attname) for field in fields}
        made = Commitment.objects.create(**copied, key=f"copy-{n}")
        Fulfils.objects.create(commitment=made, provision=provision)
    assert queries(client, MEASURE.format(1) + "?fresh=2") == few


def test_a_measure_tells_what_happened_for_it_newest_first(client, ground):
    Commitment.objects.filter(pk=ground.pk).update(
        control="removed", status="done", done_on="2026-09-30"
    )
    text = client.get(MEASURE.format(1) + "?fresh=3").content.decode()
    story = text[text.index('id="story"') :]
    assert story.index("done") < story.index("commitment planned")
    assert "/en/plans/" in story


def test_the_charter_shows_how_each_promise_stands_and_which_nobody_planned(client, ground):
    from kelisim.commitments.actions import standing

    page = MEASURE.format(1).rsplit("/", 2)[0] + "/"
    text = client.get(page).content.decode()
    assert text.count("nothing planned") >= 1
    assert f"{MEASURE.format(1)}#done" in text
    standing.recompute(on=ground.due_on.replace(year=2030))
    assert "overdue" in client.get(page).content.decode()
