"""How a commitment fares: the rule, from facts alone."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kelisim.commitments.queries.regulating import shipped
from kelisim.commitments.states import Control, Direction, Risk, StageKind, Status
from kelisim.commitments.trees import control
from kelisim.commitments.trees.status import Facts, Figure, Purse, Stage, lags, status
from kelisim.refusals import Refused

DUE = date(2026, 6, 10)
BEFORE, AFTER = DUE - timedelta(days=1), DUE + timedelta(days=1)
START = date(2026, 2, 1)
RULES = shipped()


def facts(*stages: Stage, control: Control = Control.ON, **more) -> Facts:
    return Facts(control=control, starts=START, stages=stages, **more)


def term(**more) -> Stage:
    return Stage(StageKind.TERM, DUE, **more)


def told(known: Facts, on: date) -> Status:
    return status(known, RULES, on)[0]


def test_it_goes_from_not_started_over_under_way_to_overdue():
    known = facts(term())
    days = [START - timedelta(days=1), START, DUE, AFTER]
    assert [told(known, on) for on in days] == [
        Status.NOT_STARTED,
        Status.UNDER_WAY,
        Status.UNDER_WAY,
        Status.OVERDUE,
    ]


def test_a_report_in_time_that_waits_for_its_controller_is_not_overdue():
    assert told(facts(term(handed_on=DUE)), AFTER) == Status.UNDER_WAY
    assert told(facts(term(handed_on=AFTER)), AFTER) == Status.OVERDUE
    assert told(facts(term(handed_on=AFTER, met_on=AFTER)), AFTER) == Status.UNDER_WAY


def test_while_it_is_suspended_no_clock_runs():
    assert told(facts(term(), control=Control.SUSPENDED), AFTER) == Status.UNDER_WAY


@pytest.mark.parametrize(
    ("word", "late", "is_"),
    [
        (Control.REMOVED, False, Status.DONE),
        (Control.REMOVED, True, Status.DONE_LATE),
        (Control.EXCLUDED, False, Status.CANCELLED),
        (Control.NOT_EXECUTED, False, Status.OVERDUE),
    ],
)
def test_what_the_office_decided_stands_before_every_clock(word, late, is_):
    assert told(facts(term(), control=word, late=late), AFTER) == is_


def test_a_missed_stage_is_a_risk_and_a_missed_term_is_more():
    sign = Stage(StageKind.MILESTONE, BEFORE)
    assert status(facts(term(), sign), RULES, DUE) == (Status.AT_RISK, (Risk.STAGE,))
    assert status(facts(term(), sign), RULES, AFTER) == (Status.OVERDUE, ())


def test_half_of_the_years_money_may_lie_unspent_in_october_but_not_more():
    october = date(2026, 10, 1)
    half = facts(purses=[Purse(2026, Decimal(100), Decimal(50))])
    less = facts(purses=[Purse(2026, Decimal(100), Decimal("49.99"))])
    assert status(half, RULES, october) == (Status.UNDER_WAY, ())
    assert status(less, RULES, october) == (Status.AT_RISK, (Risk.MONEY,))
    assert told(less, date(2026, 9, 30)) == Status.UNDER_WAY


def figure(actual: str, month: int = 6, **more) -> Figure:
    known = {
        "direction": Direction.UP,
        "baseline": Decimal(10),
        "first_year": 2026,
        "year": 2026,
        "stated": date(2026, month, 28),
        "actual": Decimal(actual),
        "target": Decimal(20),
    }
    return Figure(**(known | more))


def test_an_indicator_may_lag_a_quarter_of_its_way_behind_its_path():
    # In the middle of the year the path stands at 15; a quarter of the way is 2.5.
    assert not lags(figure("12.5"), Decimal("0.25"))
    assert lags(figure("12.49"), Decimal("0.25"))
    down = {"direction": Direction.DOWN, "baseline": Decimal(20), "target": Decimal(10)}
    assert not lags(figure("17.5", **down), Decimal("0.25"))
    assert lags(figure("17.51", **down), Decimal("0.25"))


def test_a_statement_after_its_year_is_measured_by_the_whole_way():
    assert lags(figure("17.4", stated=date(2027, 3, 1)), Decimal("0.25"))
    assert not lags(figure("17.5", stated=date(2027, 3, 1)), Decimal("0.25"))


decimals = st.decimals(-1000, 1000, places=2)


@given(decimals, decimals, decimals, st.integers(1, 12), st.decimals("0.01", 1000, places=2))
def test_another_unit_of_measure_changes_no_risk(baseline, target, actual, month, times):
    one = figure("0", month, baseline=baseline, target=target)
    plain = Figure(**{**fields(one), "actual": actual})
    scaled = Figure(
        **{
            **fields(one),
            "actual": actual * times,
            "baseline": baseline * times,
            "target": target * times,
        }
    )
    assert lags(plain, Decimal("0.25")) == lags(scaled, Decimal("0.25"))


@given(decimals, decimals, decimals, decimals)
def test_more_of_what_is_wanted_is_never_a_greater_risk(baseline, target, actual, more):
    low, high = sorted([actual, more])
    one = fields(figure("0", baseline=baseline, target=target))
    better = lags(Figure(**{**one, "actual": high}), Decimal("0.25"))
    assert not better or lags(Figure(**{**one, "actual": low}), Decimal("0.25"))


def fields(one: Figure) -> dict:
    return {name: getattr(one, name) for name in Figure.__slots__}


@given(
    st.builds(
        Stage,
        st.sampled_from(StageKind),
        st.dates(date(2026, 1, 1), date(2026, 12, 31)),
        st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    ),
    st.dates(date(2026, 1, 1), date(2027, 1, 1)),
)
def test_time_alone_never_mends_what_was_overdue(stage, on):
    known = facts(stage)
    if told(known, on) == Status.OVERDUE:
        assert told(known, on + timedelta(days=1)) == Status.OVERDUE


def test_rules_that_a_body_changes_are_read_or_refused_all_at_once():
    changed = control.read({"agreement_days": 5, "ladder": {"head": 2, "council": 9}}, RULES)
    assert (changed.agreement_days, changed.extension_ahead) == (5, 3)
    assert [step.after for step in changed.ladder] == [2, 9]
    assert control.read(control.as_json(changed)) == changed
    with pytest.raises(Refused) as refused:
        control.read(
            {
                "agreement_days": -1,
                "silence_agrees": "yes",
                "ladder": {"head": 5, "secretariat": 5},
                "indicator_lag": "2",
                "reminders": [400],
                "nobody": 1,
            },
            RULES,
        )
    assert {refusal.place for refusal in refused.value.refusals} == {
        "agreement_days",
        "silence_agrees",
        "ladder",
        "indicator_lag",
        "reminders",
        "nobody",
    }
