"""Coverage of a charter: each cell opens as many commitments as it says, whatever the size."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kelisim.charter.models import Version
from kelisim.commitments.models import Commitment
from kelisim.evaluation.queries.coverage import Asked, By, commitments, coverage, glances
from kelisim.evaluation.trees.coverage import Counts, Place, State, Step, parts, tally, total
from tests.commitments.world import approved, charter, measured, row, world

TODAY = date(2026, 3, 20)


def test_what_is_overdue_is_said_before_anything_else():
    assert Counts().state is State.NOTHING
    assert Counts(planned=1).state is State.PLANNED
    assert Counts(planned=2, under_way=1).state is State.UNDER_WAY
    assert Counts(planned=2, under_way=2, done=2).state is State.DONE
    assert Counts(planned=2, under_way=1, at_risk=1).state is State.AT_RISK
    assert Counts(planned=3, done=1, at_risk=1, overdue=1).state is State.OVERDUE


def test_a_step_is_reached_by_none_some_or_all():
    some = Counts(planned=2, funded=1, evidenced=2)
    assert some.share(Step.FUNDED) is State.UNDER_WAY
    assert some.share(Step.EVIDENCED) is State.DONE
    assert some.share(Step.DONE) is State.NOTHING
    assert total([some, some]) == Counts(planned=4, funded=2, evidenced=4)
    counted = tally([some, Counts()])
    assert (counted.rows, counted.states[State.NOTHING], counted.steps[Step.FUNDED]) == (2, 1, 1)


def test_measures_stand_under_the_heading_above_them():
    first, second = Place(1, "a", "1", 0, True, False), Place(4, "b", "2", 0, True, False)
    under = [Place(n, str(n), "", 1, False, True) for n in (2, 3, 5)]
    alone = Place(9, "x", "", 0, False, True)
    found = list(parts([alone, first, *under[:2], second, under[2]]))
    assert [part.heading for part in found] == [None, first, second]
    assert [[place.pk for place in part.rows] for part in found] == [[9], [2, 3], [5]]


@pytest.mark.django_db
def test_a_cell_opens_as_many_commitments_as_it_says():
    of, version = world(), charter()
    made = approved(of, measured("1"), measured("2"), row("9"), version=version)
    Commitment.objects.filter(pk=made[1].pk).update(status="overdue", evidenced=True)
    for by in By:
        found = coverage(version, Asked(by=by), TODAY, "en")
        assert len(found.measures) == 3
        for measure in found.measures:
            opened = commitments(version, Asked(), provision=measure.pk, step=None)
            assert found.whole[measure.pk].planned == opened.count()
            for step in Step:
                opened = commitments(version, Asked(), provision=measure.pk, step=step)
                assert found.whole[measure.pk].reached(step) == opened.count(), step
        assert [found.whole[m.pk].state for m in found.measures][1:] == [
            State.OVERDUE, State.NOTHING,
        ]  # fmt: skip
    assert len(glances(version)) == 2
    assert commitments(version, Asked(), provision=None, step=None).count() == 2


@pytest.mark.django_db
def test_the_matrix_takes_as_many_queries_for_many_commitments_as_for_one():
    of, version = world(), charter()
    approved(of, measured("1"), version=version)
    before = {by: asking(version, by) for by in By}
    approved(of, *(measured(str(n)) for n in (1, 2, 3)), version=version)
    assert {by: asking(version, by) for by in By} == before


def asking(version: Version, by: By) -> int:
    with CaptureQueriesContext(connection) as captured:
        found = coverage(version, Asked(by=by), TODAY, "en")
        assert found.parts
    return len(captured)
