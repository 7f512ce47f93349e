"""Working days: the country's own calendar, terms counted by it, days that acts moved."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar as Read

from kelisim.calendar import actions, exports, queries, readers
from kelisim.calendar.models import DayChange
from kelisim.calendar.trees import Calendar, Change, Reason, Why
from kelisim.ledger.models import Entry
from kelisim.refusals import Refused
from tests.bodies.people import officer, person

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
ACT = {"number": "700", "date": "2026-01-15", "kind": {"ru": "Постановление"}}
FREE = Change(date(2026, 3, 6), False, {"ru": "Перенос"}, ACT)
DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))


@pytest.fixture
def kz(db):
    return queries.calendar(date(2026, 1, 1))


def week(**changes) -> Calendar:
    """A calendar with one holiday and one moved day, whatever the library says."""
    return Calendar(
        frozenset({5, 6}),
        {date(2026, 1, 1): Reason(Why.HOLIDAY, {"en": "New Year"})},
        changes={
            date(2026, 1, 10): Change(date(2026, 1, 10), True),
            date(2026, 1, 12): Change(date(2026, 1, 12), False),
        },
    )


# Holidays, their observances and transfers counted from the Labour Code (art. 84-85) and the Law
# on holidays of 13 December 2001, No. 267-II; months of working days in 2025 and 2026.
@pytest.mark.parametrize(
    ("day", "works", "name"),
    [
        (date(2026, 1, 7), False, "Православное Рождество"),
        (date(2026, 3, 23), False, "Наурыз мейрамы"),
        (date(2026, 3, 24), False, "Наурыз мейрамы"),
        (date(2026, 12, 16), False, "День Независимости"),
        (date(2026, 12, 17), True, None),
        (date(2025, 1, 5), True, None),
        (date(2026, 7, 6), False, "День столицы"),
    ],
)
def test_the_country_s_holidays_are_known_in_three_languages(kz, day, works, name):
    known = queries.calendar(day)
    assert known.working(day) is works
    if name:
        reason = known.reason(day)
        assert reason.name["ru"] == name
        assert reason.name.keys() == {"kk", "ru", "en"}


def test_every_holiday_has_its_name_in_three_languages(db):
    for year in range(2013, 2035):
        for day, reason in queries.year_of("kz", year)[1].items():
            assert reason.why is Why.MOVED or reason.name.keys() == {"kk", "ru", "en"}, day


def test_an_act_goes_before_the_library(db):
    clerk = officer()
    assert queries.calendar(FREE.day).working(FREE.day)
    actions.change_day(FREE, by=clerk, at=AT)
    known = queries.calendar(FREE.day)
    assert not known.working(FREE.day)
    assert known.reason(FREE.day).why is Why.MOVED
    assert Entry.objects.latest("number").act == "calendar.day_changed"
    actions.change_day(FREE, by=clerk, at=AT)
    assert Entry.objects.filter(act="calendar.day_changed").count() == 1
    actions.withdraw_change(FREE.day, by=clerk, at=AT)
    assert queries.calendar(FREE.day).working(FREE.day)


def test_a_change_without_an_act_or_by_a_stranger_is_refused(db):
    with pytest.raises(Refused) as refused:
        actions.change_day(Change(date(1900, 1, 1), True), by=officer(), at=AT)
    assert [r.code for r in refused.value.refusals] == [
        "calendar.far_away",
        "calendar.act_needed",
    ]
    with pytest.raises(Refused) as refused:
        actions.change_day(FREE, by=person("Stranger"), at=AT)
    assert refused.value.refusals[0].code == "calendar.not_keeper"
    assert not DayChange.objects.exists()


def test_terms_skip_weekends_holidays_and_moved_days():
    days = week()
    assert days.after(date(2025, 12, 31), 1) == date(2026, 1, 2)
    assert days.after(date(2026, 1, 9), 1) == date(2026, 1, 10)
    assert days.after(date(2026, 1, 10), 1) == date(2026, 1, 13)
    assert days.before(date(2026, 1, 13), 1) == date(2026, 1, 10)
    assert days.due(date(2026, 1, 11)) == date(2026, 1, 13)
    assert days.between(date(2026, 1, 9), date(2026, 1, 13)) == 2


@given(DAYS, st.integers(1, 60))
def test_going_forth_and_back_leads_to_the_same_working_day(day, number):
    days = week()
    start = days.due(day)
    assert days.before(days.after(start, number), number) == start
    assert days.between(start, days.after(start, number)) == number


@given(DAYS, DAYS, DAYS)
def test_working_days_add_up(one, two, three):
    days = week()
    assert days.between(one, two) + days.between(two, three) == days.between(one, three)


@given(DAYS, st.integers(0, 40), st.integers(0, 40))
def test_a_longer_term_never_ends_earlier(day, few, more):
    days = week()
    assert days.after(day, few) <= days.after(day, few + more)
    assert days.working(days.after(day, few))


def test_a_calendar_costs_one_query_however_many_days_were_moved(db, django_assert_num_queries):
    with django_assert_num_queries(1):
        queries.calendar(date(2026, 1, 1))
    for n in range(30):
        actions.change_day(Change(date(2026, 4, 1) + timedelta(n), True, {}, ACT), by=None, at=AT)
    with django_assert_num_queries(1):
        queries.calendar(date(2026, 1, 1))


def test_what_was_exported_can_be_brought_in_again_and_changes_nothing(db):
    actions.change_day(FREE, by=None, at=AT)
    content = exports.write(DayChange.objects.all())
    acts = Entry.objects.count()
    assert actions.bring_in(readers.read(content), by=None, at=AT) == 0
    assert Entry.objects.count() == acts
    DayChange.objects.all().delete()
    assert actions.bring_in(readers.read(content), by=None, at=AT) == 1
    row = DayChange.objects.get()
    assert (row.day, row.kind, row.name, row.act) == (FREE.day, "free", FREE.name, ACT)


def test_every_fault_of_a_table_is_named_and_nothing_is_saved(db):
    table = (
        "day,kind,name_ru,act_number,act_date\n"
        "2026-03-06,free,x,700,2026-01-15\n"
        "6 марта,holiday,x,,2026-13-01\n"
        "2026-03-06,working,x,701,\n"
    )
    with pytest.raises(Refused) as refused:
        readers.read(table.encode())
    assert [(r.place, r.code) for r in refused.value.refusals] == [
        ("3: day", "calendar.no_date"),
        ("3: act_date", "calendar.no_date"),
        ("3: kind", "calendar.no_kind"),
        ("3: act_number", "calendar.act_missing"),
        ("4: day", "calendar.twice"),
    ]
    for content, code in [(b"\xff\xfe\x00", "not_utf8"), (b"a,b\n", "no_column")]:
        with pytest.raises(Refused) as refused:
            readers.read(content)
        assert refused.value.refusals[0].code == f"calendar.{code}"


def test_the_year_is_public_and_the_office_keeps_it(client, db):
    page = client.get(reverse("calendar:year") + "?year=2026")
    assert page.status_code == 200
    for odd in ("abc", "99999", "٢٠٢٦", "1500"):
        assert client.get(reverse("calendar:year"), {"year": odd}).status_code == 200
    keep = reverse("calendar:keep")
    assert client.get(keep).status_code == 302
    client.force_login(person("Stranger"), "django.contrib.auth.backends.ModelBackend")
    assert client.get(keep).status_code == 403
    client.force_login(officer(), "django.contrib.auth.backends.ModelBackend")
    assert client.post(keep, {"act": "change", "day": "x"}).status_code == 200
    assert not DayChange.objects.exists()
    moved = {"act": "change", "day": "2026-03-06", "kind": "free", "number": "700"}
    assert client.post(keep, moved).status_code == 302
    assert "2026" in client.get(keep).text
    client.post(keep, {"act": "withdraw", "day": "2026-03-06"})
    assert client.post(keep, {"act": "withdraw", "day": "2026-03-06"}).status_code == 302
    assert not DayChange.objects.exists()


def test_programs_ask_for_a_year_and_for_terms(client, db):
    year = client.get("/api/v1/calendar/2026").json()
    assert year["working_days"] == 247
    term = client.get("/api/v1/calendar/after?day=2026-12-31&days=1").json()
    assert term["due"] == "2027-01-05"
    assert client.get("/api/v1/calendar/1800").status_code == 422


def event(**facts):
    return exports.Event(
        **{
            "uid": "meeting-1@kelisim",
            "starts_at": datetime(2026, 4, 1, 5, tzinfo=UTC),
            "ends_at": datetime(2026, 4, 1, 7, tzinfo=UTC),
            "title": "Кеңес, отырыс; " + "ұзын атау " * 20,
            "place": "Астана",
            "description": "",
            "address": "https://council.example/kk/meetings/1/",
            "changed_at": AT,
            "sequence": 2,
            "cancelled": False,
            "language": "kk",
            **facts,
        }
    )


def test_a_feed_is_read_back_as_it_was_written():
    content = exports.feed("Кеңес", [event()], language="kk", at=AT)
    assert content == exports.feed("Кеңес", [event()], language="kk", at=AT)
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    read = Read.from_ical(content)
    (entry,) = read.walk("VEVENT")
    assert str(entry["SUMMARY"]) == event().title
    assert entry.decoded("DTSTART") == event().starts_at
    assert (entry["SEQUENCE"], str(entry["STATUS"])) == (2, "CONFIRMED")
    assert read.walk("VTIMEZONE")
    gone = exports.feed("x", [event(cancelled=True)], language="kk", at=AT)
    assert str(Read.from_ical(gone).walk("VEVENT")[0]["STATUS"]) == "CANCELLED"
