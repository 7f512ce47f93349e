"""Executive discipline: each term has one fate, each figure its rows, whatever the size."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kelisim.commitments.models import Commitment, Mark, Stage
from kelisim.evaluation.queries import behind
from kelisim.evaluation.queries.discipline import discipline, kinds, span
from kelisim.evaluation.trees.quarters import Quarter, holding, read
from tests.evaluation.bodies import DUE, TODAY, Record, ground, noon, putting

SECOND = Quarter(2026, 2)


def test_quarters_follow_each_other_over_the_new_year():
    assert Quarter(2026, 4).after == Quarter(2027, 1)
    assert Quarter(2027, 1).before == Quarter(2026, 4)
    assert [str(holding(date(2026, month, 30))) for month in (3, 4, 12)] == [
        "2026-1",
        "2026-2",
        "2026-4",
    ]
    assert (SECOND.first, SECOND.last) == (date(2026, 4, 1), date(2026, 6, 30))
    assert Quarter(2026, 4).last == date(2026, 12, 31)
    assert read("2026-2") == SECOND
    assert [read(text) for text in ("", "2026", "2026-5", "x-1", "99999-1", "٢٠-1")] == [None] * 6


@pytest.mark.django_db
def test_every_term_of_a_quarter_has_exactly_one_fate():
    of, like = ground()
    putting(of, like, [Record(in_time=3, late=2, waiting=1, not_done=4)])
    Stage.objects.create(
        commitment=Commitment.objects.get(key="ministry-000-0"),
        first_on=date(2026, 6, 30), due_on=date(2026, 6, 30),
    )  # fmt: skip
    found = discipline(SECOND, date(2026, 6, 30), "en")
    [row] = [row for row in found.rows if row.body.slug == "ministry-000"]
    fates = {"in_time": 3, "late": 2, "waiting": 1, "not_done": 4, "ahead": 1}
    assert {name: row.figures[name] for name in fates} == fates
    assert row.figures["due"] == sum(fates.values())
    assert row.share == 3 / 9
    tomorrow = discipline(SECOND, date(2026, 7, 1), "en").rows[0]
    assert (tomorrow.figures["not_done"], tomorrow.figures["ahead"]) == (5, 0)


@pytest.mark.django_db
def test_what_was_given_up_is_not_done_and_what_was_excluded_is_no_term():
    of, like = ground()
    putting(of, like, [Record(in_time=0, waiting=3)])
    given_up, excluded, suspended = Commitment.objects.filter(
        lead__slug="ministry-000", stages__gt=0
    )
    for one, control in [
        (given_up, "not_executed"),
        (excluded, "excluded"),
        (suspended, "suspended"),
    ]:
        Commitment.objects.filter(pk=one.pk).update(control=control)
    figures = discipline(SECOND, TODAY, "en").rows[0].figures
    assert (figures["due"], figures["not_done"], figures["waiting"]) == (1, 1, 0)


@pytest.mark.django_db
def test_a_commitment_leaves_control_on_the_day_it_was_done_or_given_up():
    of, like = ground()
    putting(of, like, [Record(in_time=3, reached=0)])
    done, given_up, _open = Commitment.objects.filter(lead__slug="ministry-000")
    Commitment.objects.filter(pk=done.pk).update(control="removed", done_on=DUE)
    Mark.objects.create(
        commitment=given_up, kind="not_executed", because="Nobody came.", at=noon(DUE)
    )
    quarters = [Quarter(2025, 4), Quarter(2026, 1), SECOND, Quarter(2026, 3)]
    counts = [
        {row.body.slug: row.figures["on_control"] for row in discipline(one, TODAY, "en").rows}
        for one in quarters
    ]
    assert [one.get("ministry-000", 0) for one in counts] == [0, 3, 3, 1]


@pytest.mark.django_db
def test_extensions_are_counted_in_the_quarter_in_which_they_were_granted():
    of, like = ground()
    putting(of, like, [Record(in_time=1, reached=0)])
    [one] = Commitment.objects.filter(lead__slug="ministry-000")
    for day in (date(2026, 3, 31), date(2026, 4, 1), date(2026, 6, 30), date(2026, 7, 1)):
        Mark.objects.create(
            commitment=one, kind="extended", from_day=DUE, to_day=date(2026, 12, 1), at=noon(day)
        )
    assert discipline(SECOND, TODAY, "en").total.figures["extended"] == 2
    assert behind.marks("extended", SECOND.first, SECOND.last).count() == 2


@pytest.mark.django_db
def test_the_whole_is_the_sum_of_its_rows_and_a_kind_narrows_it():
    of, like = ground()
    putting(of, like, [Record(in_time=2), Record(in_time=1, late=3)])
    found = discipline(SECOND, TODAY, "en")
    assert [row.body.slug for row in found.rows] == [
        "ministry-000",
        "ministry-001",
        "ministry-of-roads",
    ]
    assert found.total.figures["in_time"] == 3
    assert found.total.figures["late"] == 3
    assert discipline(SECOND, TODAY, "en", kind="association").rows == ()
    assert [kind.key for kind in kinds()] == ["state-body"]
    assert span() == (Quarter(2026, 1), Quarter(2026, 4))


@pytest.mark.django_db
def test_discipline_takes_the_same_queries_at_any_size():
    of, like = ground()
    counts = []
    for start, size in ((0, 2), (2, 12)):
        putting(of, like, [Record(in_time=2, reached=1)] * size, start=start)
        with CaptureQueriesContext(
            connection,
        ) as taken:
            discipline(SECOND, TODAY, "en")
        counts.append(len(taken))
    assert counts == [5, 5]
