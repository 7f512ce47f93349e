"""The country's own calendar against what its law and its ministry say; other countries."""

from datetime import date, timedelta

import pytest

from kelisim.calendar import queries
from kelisim.calendar.tables import shown, week
from kelisim.calendar.trees import Calendar, Why

# Working days of a five-day week by month. Counted by hand from the Law on holidays of
# 13 December 2001 No. 267-II (days; a holiday on a day off gives the next working day) and the
# Labour Code, article 84 (7 January and the first day of Kurban Ait are days off, not holidays, so
# nothing is given for them) and article 85 (days off moved by order of the minister).
# 2024: 4 May worked for 8 May. The ministry's balance says 19 in June, since it was drawn up
#   before the day of Kurban Ait was known: it fell on Sunday, 16 June. Its other months are these.
# 2025: 5 January worked for 3 January; the published balance has 246 days.
# 2026: the published balance had 246 days. The Constitution adopted on 15 March moved its day from
#   30 August (observed on the 31st) to 15 March, first kept in 2027.
PUBLISHED = {
    2024: [21, 21, 17, 22, 20, 20, 22, 21, 21, 22, 21, 21],
    2025: [20, 20, 17, 22, 19, 20, 22, 21, 21, 22, 20, 22],
    2026: [19, 20, 18, 22, 17, 22, 22, 21, 22, 21, 21, 22],
}


def of(year: int) -> Calendar:
    return queries.calendar(date(year, 6, 30))


@pytest.mark.parametrize("year", PUBLISHED)
def test_the_months_of_kazakhstan_are_as_published(db, year):
    page = shown(of(year), year, first_weekday=0)
    assert [month.working for month in page.months] == PUBLISHED[year]
    assert page.working == sum(PUBLISHED[year]) == sum(page.quarters)
    assert page.working == of(year).between(date(year - 1, 12, 31), date(year, 12, 31))


@pytest.mark.parametrize(
    ("day", "works", "name"),
    [
        (date(2026, 1, 7), False, "Православное Рождество"),
        (date(2026, 3, 23), False, "Наурыз мейрамы"),
        (date(2026, 3, 25), False, "Наурыз мейрамы"),
        (date(2026, 5, 27), False, "Курбан-айт"),
        (date(2026, 7, 6), False, "День столицы"),
        (date(2026, 12, 16), False, "День Независимости"),
        (date(2026, 12, 17), True, None),
        (date(2024, 1, 8), True, None),
        (date(2024, 6, 17), True, None),
        (date(2024, 5, 4), True, None),
        (date(2025, 1, 5), True, None),
    ],
)
def test_a_holiday_is_free_and_has_its_name(db, day, works, name):
    known = of(day.year)
    assert known.working(day) is works
    if name:
        assert known.reason(day).name["ru"] == name


def test_a_day_given_for_a_holiday_says_so_and_an_unannounced_one_too(db):
    known = of(2026)
    assert known.reason(date(2026, 3, 9)).observed
    assert not known.reason(date(2026, 3, 8)).observed
    assert queries.year_of("kz", 2031).holidays
    far = queries.year_of("kz", 2031).holidays.values()
    assert [r.name["kk"] for r in far if r.estimated] == ["Құрбан айт"]


def test_every_holiday_has_its_name_in_three_languages():
    for year in range(2000, 2060):
        for day, reason in queries.year_of("kz", year).holidays.items():
            assert reason.why is Why.MOVED or reason.name.keys() == {"kk", "ru", "en"}, day


def test_days_that_the_library_knows_as_moved_are_shown_as_moved(db):
    known = of(2025)
    assert known.reason(date(2025, 1, 3)).why is Why.MOVED
    assert known.reason(date(2025, 1, 5)).why is Why.MOVED
    assert not known.working(date(2025, 1, 3))


def test_a_term_may_be_longer_than_anybody_thought(db):
    known = of(2026)
    far = known.after(date(2026, 6, 30), 5000)
    assert far.year == 2046
    assert known.before(far, 5000) == date(2026, 6, 30)
    assert not known.working(date(2090, 1, 1))


def test_a_country_that_rests_on_friday_and_saturday_does(db, settings):
    settings.COUNTRY = "sa"
    known = of(2026)
    assert [known.working(date(2026, 11, n)) for n in (5, 6, 7, 8)] == [True, False, False, True]
    assert [day.weekday() for day in week(queries.first_weekday())] == [6, 0, 1, 2, 3, 4, 5]
    page = shown(known, 2026, first_weekday=queries.first_weekday())
    assert all(cell is None or cell.day.weekday() == 6 for m in page.months for cell, *_ in m.weeks)
    assert known.reason(date(2026, 9, 23)).name["en"]


def test_a_weekend_that_a_law_changed_is_each_time_the_one_of_its_day(db, settings):
    settings.COUNTRY = "sa"
    thursday, saturday = date(2013, 6, 20), date(2013, 6, 22)
    assert not of(2013).working(thursday)
    assert of(2013).working(saturday)
    assert of(2013).working(thursday + timedelta(7 * 2))
    assert not of(2013).working(saturday + timedelta(7 * 2))


def test_names_of_another_country_come_from_the_library_in_the_languages_that_it_has(db, settings):
    settings.COUNTRY = "kg"
    name = of(2026).reason(date(2026, 3, 21)).name
    assert name.keys() == {"ru", "en"}
