"""What a term has reached on a day, for any calendar of working days."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from hypothesis import given
from hypothesis import strategies as st

from kelisim.calendar.queries import year_of
from kelisim.calendar.trees import Calendar, Change
from kelisim.commitments.queries.regulating import shipped
from kelisim.commitments.states import Rung
from kelisim.commitments.trees.control import Step
from kelisim.commitments.trees.reminding import REMINDERS, Reached, horizon, reached

ONE = timedelta(days=1)
PLAIN = Calendar(partial(year_of, "kz"))
TERM = date(2026, 10, 1)  # a Thursday, no holiday near

terms = st.dates(date(2026, 3, 1), date(2026, 10, 31))
moved = st.dictionaries(
    st.dates(date(2026, 2, 1), date(2026, 12, 1)), st.booleans(), max_size=12
).map(
    lambda days: Calendar(PLAIN.year_of, {day: Change(day, works) for day, works in days.items()})
)


def told(due_on, on, days=PLAIN):
    return list(reached(due_on, on, shipped(), days))


def first(due_on, days):
    """On which working day each thing is reached first, when every working day is looked at."""
    found = {}
    for step in range(-40, 60):
        on = due_on + step * ONE
        if days.working(on):
            for one in told(due_on, on, days):
                found.setdefault(one, on)
    return found


def test_a_term_reminds_ten_three_one_days_ahead_and_on_the_day():
    assert first(TERM, PLAIN) == {
        Reached(Rung.BEFORE, 10): date(2026, 9, 17),
        Reached(Rung.BEFORE, 3): date(2026, 9, 28),
        Reached(Rung.BEFORE, 1): date(2026, 9, 30),
        Reached(Rung.DAY, 0): date(2026, 10, 1),
        Reached(Rung.HEAD, 1): date(2026, 10, 2),
        Reached(Rung.SECRETARIAT, 5): date(2026, 10, 8),
        Reached(Rung.COUNCIL, 15): date(2026, 10, 22),
    }


def test_a_term_on_a_free_day_reminds_on_the_last_day_that_works_before_it():
    sunday = date(2026, 10, 4)
    assert first(sunday, PLAIN)[Reached(Rung.DAY, 0)] == date(2026, 10, 2)
    assert first(sunday, PLAIN)[Reached(Rung.HEAD, 1)] == date(2026, 10, 5)


def test_missed_mornings_remind_once_of_what_is_nearest():
    assert told(TERM, date(2026, 9, 29)) == [Reached(Rung.BEFORE, 3)]
    assert [one.rung for one in told(TERM, date(2027, 1, 4))] == [
        Rung.HEAD,
        Rung.SECRETARIAT,
        Rung.COUNCIL,
    ]


def test_the_ladder_is_data():
    rules = replace(shipped(), ladder=(Step(2, Rung.COUNCIL),), reminders=(4,))
    assert list(reached(TERM, date(2026, 10, 5), rules, PLAIN)) == [Reached(Rung.COUNCIL, 2)]
    assert list(reached(TERM, TERM, rules, PLAIN)) == [Reached(Rung.BEFORE, 4)]


@given(terms, moved)
def test_each_is_reached_as_many_working_days_from_the_term_as_its_rule_says(due_on, days):
    found = first(due_on, days)
    assert {one.rung for one in found} >= {Rung.HEAD, Rung.SECRETARIAT, Rung.COUNCIL}
    for one, on in found.items():
        low, high = sorted([on, due_on])
        between = [low + n * ONE for n in range((high - low).days + 1)]
        working = [day for day in between if days.working(day)]
        if one.rung in REMINDERS:
            assert on <= due_on
            if one.days:  # a term on a free day does not count itself
                assert len([day for day in working if day < due_on]) == one.days
        else:
            assert on > due_on
            assert len([day for day in working if day > due_on]) == one.days


@given(terms, moved, st.integers(-60, 60))
def test_a_term_beyond_the_horizon_has_reached_nothing(due_on, days, step):
    on = due_on + step * ONE
    if due_on > horizon(on, shipped(), days):
        assert told(due_on, on, days) == []


@given(terms, moved, st.integers(-60, 60))
def test_what_the_ladder_has_reached_stays_reached(due_on, days, step):
    today, tomorrow = (told(due_on, due_on + (step + n) * ONE, days) for n in range(2))
    assert {one for one in today if one.rung not in REMINDERS} <= set(tomorrow)
