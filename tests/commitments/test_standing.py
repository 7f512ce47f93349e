"""Statuses of many commitments: the database computes what the rule says; every day is kept."""

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kelisim.commitments.actions.regulating import regulate
from kelisim.commitments.actions.standing import recompute, tell
from kelisim.commitments.models import (
    Actual,
    Commitment,
    Indicator,
    Money,
    Night,
    Stage,
    Standing,
    Target,
)
from kelisim.commitments.queries.facts import facts
from kelisim.commitments.queries.regulating import control_rules, shipped
from kelisim.commitments.queries.standing import standing_on, told
from kelisim.commitments.states import Control, Direction, Source, StageKind, Status
from kelisim.commitments.trees import status as rule
from tests.commitments.world import approved, row, world

pytestmark = pytest.mark.django_db
DAY = date(2026, 10, 15)
days = st.dates(date(2026, 1, 1), date(2026, 12, 31))
hundreds = st.integers(0, 8).map(lambda n: Decimal(n * 25))


@st.composite
def cases(draw):
    """Facts of one commitment, as the database keeps them."""
    control = draw(st.sampled_from(Control))
    handed = draw(st.none() | days)
    return {
        "control": control,
        "late": control == Control.REMOVED and draw(st.booleans()),
        "starts": draw(days),
        "stages": [
            (draw(st.sampled_from(StageKind)), draw(days), on, on if draw(st.booleans()) else None)
            for on in draw(st.lists(st.just(handed) | st.none(), max_size=3))
        ],
        "figures": [
            (
                draw(st.sampled_from(Direction)),
                draw(hundreds),
                draw(st.sampled_from([None, 2024, 2025, 2026])),
                draw(hundreds),
                draw(st.lists(st.tuples(days, hundreds), max_size=2, unique_by=lambda x: x[0])),
            )
            for _ in range(draw(st.integers(0, 2)))
        ],
        "money": draw(st.lists(st.tuples(hundreds, st.none() | hundreds, hundreds), max_size=2)),
    }


def build(case, commitment):
    """Write the facts of a case over a commitment."""
    removed = case["control"] == Control.REMOVED
    Commitment.objects.filter(pk=commitment.pk).update(
        control=case["control"],
        late=case["late"],
        done_on=DAY if removed else None,
        starts=case["starts"],
        due_on=date(2026, 12, 31),
    )
    for kind, due_on, handed, met in case["stages"]:
        if not Stage.objects.filter(commitment=commitment, kind=kind, first_on=due_on).exists():
            Stage.objects.create(
                commitment=commitment,
                kind=kind,
                first_on=due_on,
                due_on=due_on,
                handed_on=handed,
                met_on=met if handed else None,
            )
    for direction, baseline, year, target, actuals in case["figures"]:
        indicator = Indicator.objects.create(
            commitment=commitment, direction=direction, baseline=baseline, baseline_year=year
        )
        Target.objects.create(indicator=indicator, year=2026, value=target)
        for on, value in actuals:
            Actual.objects.create(
                indicator=indicator, year=2026, on=on, value=value, source="a count"
            )
    for source, (planned, allocated, spent) in zip(Source, case["money"], strict=False):
        Money.objects.create(
            commitment=commitment,
            source=source,
            year=2026,
            planned=planned,
            allocated=allocated,
            spent=spent,
        )


@pytest.fixture
def many():
    return approved(world(), *(row(str(n)) for n in range(1, 9)))


@settings(max_examples=40, suppress_health_check=list(HealthCheck), deadline=None)
@given(st.lists(cases(), min_size=8, max_size=8))
def test_the_database_computes_what_the_rule_says(many, some):
    for model in (Stage, Indicator, Money):
        model.objects.all().delete()
    Standing.objects.all().delete()
    for case, commitment in zip(some, many, strict=True):
        build(case, commitment)
    found = {one.pk: one for one in told(Commitment.objects.all(), shipped(), DAY)}
    known = facts([one.pk for one in many], DAY)
    for commitment in many:
        status, why = rule.status(known[commitment.pk], shipped(), DAY)
        one = found[commitment.pk]
        assert (one.status, one.why.split()) == (status, [risk.value for risk in why])


def kept(commitment):
    return [
        (one.status, one.since, one.until)
        for one in Standing.objects.filter(commitment=commitment).order_by("since", "pk")
    ]


def test_a_day_tells_once_and_the_same_again_changes_nothing(many):
    day = date(2026, 10, 2)
    assert recompute(on=day) == len(many)
    before = kept(many[0])
    assert recompute(on=day) == 0
    assert kept(many[0]) == before
    assert before[-1] == (Status.OVERDUE, day, None)


@settings(max_examples=15, suppress_health_check=list(HealthCheck), deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 3),
            st.sampled_from([Control.ON, Control.SUSPENDED, Control.NOT_EXECUTED]),
        ),
        min_size=1,
        max_size=12,
    )
)
def test_intervals_have_no_gap_and_no_overlap_and_the_open_one_is_the_status(many, story):
    commitment, day = many[0], date(2026, 9, 25)
    Standing.objects.filter(commitment=commitment).update(status=Status.NOT_STARTED)
    for later, control in story:
        day += timedelta(days=later)
        Commitment.objects.filter(pk=commitment.pk).update(control=control)
        recompute(on=day, commitments=[commitment.pk])
    rows = kept(commitment)
    assert all(before[2] == after[1] for before, after in pairwise(rows))
    assert [until for _status, _since, until in rows].count(None) == 1
    assert rows[-1][2] is None
    assert rows[-1][0] == Commitment.objects.get(pk=commitment.pk).status
    Standing.objects.filter(commitment=commitment).delete()


def test_nights_that_were_missed_are_told_one_by_one(many):
    start = date(2026, 9, 29)
    at = datetime(2026, 10, 5, 2, tzinfo=UTC)
    tell(today=start, at=at)
    Stage.objects.filter(commitment=many[1].pk).update(due_on=date(2026, 10, 2))
    tell(today=date(2026, 10, 5), at=at)
    assert kept(many[0])[-1] == (Status.OVERDUE, date(2026, 10, 2), None)
    assert kept(many[1])[-1] == (Status.OVERDUE, date(2026, 10, 3), None)
    assert Night.objects.count() == 7
    assert tell(today=date(2026, 10, 5), at=at) == 0


def test_any_past_day_can_be_shown(many):
    for day in (date(2026, 9, 30), date(2026, 10, 2)):
        recompute(on=day)
    counts = defaultdict(int)
    for one in standing_on(date(2026, 10, 1)):
        counts[one.status] += 1
    assert dict(counts) == {Status.UNDER_WAY: len(many)}
    assert {one.status for one in standing_on(date(2026, 10, 2))} == {Status.OVERDUE}


def test_an_older_day_does_not_undo_a_newer_one(many):
    recompute(on=date(2026, 10, 2))
    assert recompute(on=date(2026, 9, 1)) == 0
    assert kept(many[0])[-1][0] == Status.OVERDUE


def queries(day, commitments=None):
    with CaptureQueriesContext(connection) as caught:
        recompute(on=day, commitments=commitments)
    return len(caught)


def test_an_act_asks_about_many_as_quickly_as_about_one(many):
    day = date(2026, 10, 2)
    one = queries(day, [many[0].pk])
    assert queries(day, [commitment.pk for commitment in many[1:]]) == one


def test_a_hundred_cost_as_many_queries_as_ten():
    ground = world()
    approved(ground, *(row(str(n)) for n in range(1, 4)))
    few = queries(date(2026, 10, 2))
    Standing.objects.all().delete()
    more = world_of_more(ground)
    assert queries(date(2026, 10, 2)) == few
    assert more > 30


def world_of_more(ground):
    first = Commitment.objects.first()
    for n in range(40):
        Commitment.objects.create(
            **{
                field.name: getattr(first, field.name)
                for field in Commitment._meta.fields
                if field.name not in ("id", "key")
            },
            key=f"copy-{n}",
        )
    return Commitment.objects.count()


def test_a_body_with_rules_of_its_own_is_told_by_them():
    ground = world()
    (one,) = approved(ground, row())
    Money.objects.create(commitment=one, source=Source.LOCAL, year=2026, planned=100, spent=60)
    day = date(2026, 9, 20)
    recompute(on=day)
    assert kept(one)[-1][0] == Status.UNDER_WAY
    regulate(
        one.body_id,
        rules={"money_from_month": 9, "money_unspent": "0.1"},
        since=day,
        by=None,
        at=datetime(2026, 9, 20, 5, tzinfo=UTC),
    )
    assert control_rules(one.body, day).money_unspent == Decimal("0.1")
    recompute(on=day)
    assert kept(one)[-1][0] == Status.AT_RISK
    assert Standing.objects.get(commitment=one, until=None).why.split() == ["money"]
