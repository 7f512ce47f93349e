"""Terms counted in working days, whatever the library and the acts say."""

from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kelisim.calendar import rules
from kelisim.calendar.trees import Calendar, Change, Reason, Why, Year, plan
from tests.calendar.days import ACT, NOBODY, OFFICE

NEW_YEAR = Reason(Why.HOLIDAY, {"en": "New Year"})
MOVED = {
    date(2026, 1, 10): Change(date(2026, 1, 10), True, {"en": "For Monday"}),
    date(2026, 1, 12): Change(date(2026, 1, 12), False),
}
DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))


@cache
def year_of(year: int, weekend=(5, 6)) -> Year:
    """A year of a country of one holiday."""
    every = (date(year, 1, 1) + timedelta(n) for n in range(366))
    return Year(
        frozenset(day for day in every if day.weekday() in weekend),
        {date(year, 1, 1): NEW_YEAR},
    )


CALENDAR = Calendar(year_of, MOVED)


def test_terms_skip_weekends_holidays_and_moved_days():
    assert CALENDAR.after(date(2025, 12, 31), 1) == date(2026, 1, 2)
    assert CALENDAR.after(date(2026, 1, 9), 1) == date(2026, 1, 10)
    assert CALENDAR.after(date(2026, 1, 10), 1) == date(2026, 1, 13)
    assert CALENDAR.before(date(2026, 1, 13), 1) == date(2026, 1, 10)
    assert CALENDAR.due(date(2026, 1, 11)) == date(2026, 1, 13)
    assert CALENDAR.between(date(2026, 1, 9), date(2026, 1, 13)) == 2


def test_every_day_off_tells_why():
    assert CALENDAR.reason(date(2026, 1, 1)) == NEW_YEAR
    assert CALENDAR.reason(date(2026, 1, 3)).why is Why.WEEKEND
    assert CALENDAR.reason(date(2026, 1, 10)) == Reason(Why.MOVED, {"en": "For Monday"})
    assert CALENDAR.reason(date(2026, 1, 12)).why is Why.MOVED
    assert CALENDAR.reason(date(2026, 1, 13)) is None


def test_a_term_across_a_new_weekend_is_counted_by_each_year_s_own():
    known = Calendar(lambda year: year_of(year, (4, 5) if year < 2026 else (5, 6)))
    assert not known.working(date(2025, 12, 26))
    assert known.working(date(2026, 1, 2))
    assert known.after(date(2025, 12, 25), 4) == date(2025, 12, 31)
    assert known.after(date(2025, 12, 25), 6) == date(2026, 1, 5)


@given(DAYS, st.integers(1, 60))
def test_going_forth_and_back_leads_to_the_same_working_day(day, number):
    start = CALENDAR.due(day)
    assert CALENDAR.before(CALENDAR.after(start, number), number) == start
    assert CALENDAR.between(start, CALENDAR.after(start, number)) == number


@given(DAYS, DAYS, DAYS)
def test_working_days_add_up(one, two, three):
    between = CALENDAR.between
    assert between(one, two) + between(two, three) == between(one, three)
    assert between(one, two) == -between(two, one)


@given(DAYS, st.integers(0, 40), st.integers(0, 40))
def test_a_longer_term_never_ends_earlier(day, few, more):
    assert CALENDAR.after(day, few) <= CALENDAR.after(day, few + more)
    assert CALENDAR.working(CALENDAR.after(day, few))


@given(DAYS, DAYS, st.integers(0, 40))
def test_a_later_beginning_never_ends_earlier(one, two, number):
    one, two = sorted((one, two))
    assert CALENDAR.after(one, number) <= CALENDAR.after(two, number)
    assert CALENDAR.before(one, number) <= CALENDAR.before(two, number)


@given(DAYS)
def test_a_day_works_unless_something_makes_it_free(day):
    reason = CALENDAR.reason(day)
    assert CALENDAR.working(day) is (reason is None or day == date(2026, 1, 10))
    assert CALENDAR.due(day) == day or not CALENDAR.working(day)


def test_a_table_is_compared_with_what_stands():
    one, two, three = (Change(date(2026, 5, n), False, {"ru": "x"}, ACT) for n in (6, 8, 7))
    known = {one.day: one, two.day: Change(two.day, True, {}, ACT)}
    found = plan([one, two, three], known)
    assert (found.new, found.other, found.same) == ((three,), (two,), (one,))
    assert found.different == (three, two)
    assert plan([one, two, three], {c.day: c for c in (one, two, three)}).different == ()


def test_a_change_is_the_same_when_it_is_told_by_its_texts():
    change = Change(date(2026, 3, 6), False, {"ru": "Перенос"}, ACT)
    assert Change.told(change.day, change.texts(), working=False) == change


@pytest.mark.parametrize(
    ("held", "there", "code"),
    [
        (OFFICE, True, None),
        (OFFICE, False, "calendar.not_changed"),
        (NOBODY, True, "calendar.not_keeper"),
        (NOBODY, False, "calendar.not_keeper"),
    ],
)
def test_only_the_office_takes_back_and_only_what_stands(held, there, code):
    refusal = rules.may_withdraw(held, there=there, day=date(2026, 1, 1))
    assert (refusal and refusal.code) == code


def test_a_change_is_of_our_time_rests_on_an_act_and_is_short():
    change = Change(date(1900, 1, 1), False, {"ru": "я" * 121})
    found = rules.faults(change)
    assert [(r.place, r.code) for r in found] == [
        ("day", "calendar.far_away"),
        ("act_number", "calendar.act_needed"),
        ("name_ru", "calendar.too_long"),
    ]
    assert [r.place for r in rules.faults(change, line=7)] == [
        "7: day",
        "7: act_number",
        "7: name_ru",
    ]
    assert rules.faults(Change(date(2026, 3, 6), False, {}, ACT)) == []
