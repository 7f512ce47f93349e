"""Terms of execution: what offices write is read, written again, and turned into days."""

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kelisim.commitments.trees.terms import (
    Month,
    Point,
    Rhythm,
    Term,
    TermKind,
    Unit,
    Unreadable,
    as_json,
    begins,
    dues,
    from_json,
    read,
    same_day,
    shifted,
    write,
)

HERE = Path(__file__).parent
LANGUAGES = ("kk", "ru", "en")


def spellings(language):
    """What offices write, and what it means: `terms.ru.tsv`, `terms.kk.tsv`."""
    text = (HERE / f"terms.{language}.tsv").read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines()]


def told(term):
    """A term in the notation of the tables: “at 2014-Q4”, “every *-12-10 each:year”."""
    words = [term.kind.value, *map(place, term.points)]
    if term.rhythm:
        words.append(f"each:{term.rhythm}")
    if term.day:
        words.append(f"{term.month}:{term.day}")
    if term.span:
        words.append(f"years:{term.span[0]}-{term.span[1]}")
    return " ".join(words)


def place(point):
    rest = {
        Unit.DAY: f"-{point.number:02}-{point.day:02}",
        Unit.MONTH: f"-{point.number:02}",
        Unit.QUARTER: f"-Q{point.number}",
        Unit.HALF: f"-H{point.number}",
        Unit.YEAR: "",
    }
    return f"{point.year or '*'}{rest[point.unit]}"


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_every_spelling_that_offices_use_is_understood(language):
    table = spellings(language)
    assert len(table) > 200
    assert [(text, told(read(text, language))) for text, _meant in table] == [
        (text, meant) for text, meant in table
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "срочно",
        "в ближайшее время",
        "по согласованию",
        "III кв 2014 г. – по согласованию",
        "31 февраля 2015 года",
        "29 февраля 2015 года",
        "до 32 декабря 2015 года",
        "V квартал 2014 года",
        "5 квартал 2014 года",
        "III полугодие 2014 года",
        "до 2020 года",
        "до декабря 2014 года",
        "до IV квартала 2014 года",
        "с 2014 года",
        "2016–2014 годы",
        "10 декабря 2014 года, 5 марта",
        "ежегодно, ежеквартально",
        "два раза в год, до 10 декабря",
        "ежегодно, до 5 числа",
        "год",
        "30 дней",
        "три года",
        "1 декабря 1914 года",
        "2020 жылға дейін",
        "2014 жылғы желтоқсанға дейін",
        "2014 жылдан бастап",
        "2015 жылғы 31 ақпанға дейін",
        "2014 жылғы V тоқсан",
        "жедел",
        "келісім бойынша",
        "жылына екі рет, 10 желтоқсанға",
        "asap",
        "before 2020",
        "99.99.2014",
        "q7 2014",
        "----",
        "до до до",
        "💥",
    ],
)
def test_what_may_mean_two_things_or_nothing_is_not_guessed(text):
    with pytest.raises(Unreadable):
        read(text)


years = st.integers(2000, 2060)
parts = st.one_of(
    st.builds(
        lambda day: ("day", day.month, day.day), st.dates(date(2000, 1, 1), date(2000, 12, 31))
    ),
    st.tuples(st.just("month"), st.integers(1, 12), st.just(0)),
    st.tuples(st.just("quarter"), st.integers(1, 4), st.just(0)),
    st.tuples(st.just("half"), st.integers(1, 2), st.just(0)),
)


def point(part, year=None):
    unit, number, day = part
    if unit == "day" and year and year % 4:
        day = min(day, 28)
    return Point(Unit(unit), year, number, day)


def in_order(points):
    return tuple(sorted(set(points), key=lambda one: (one.last(2000), one.unit.value)))


dated = st.one_of(
    st.lists(st.builds(point, parts, years), min_size=1, max_size=4),
    st.lists(st.builds(point, parts), min_size=1, max_size=4),
    st.lists(st.builds(Point, st.just(Unit.YEAR), years), min_size=1, max_size=3),
    st.just([Point(Unit.YEAR)]),
).map(lambda points: Term(TermKind.AT, in_order(points)))
spans = st.none() | st.tuples(years, st.integers(0, 9)).map(lambda two: (two[0], sum(two)))


@st.composite
def periods(draw):
    first, last = sorted([draw(years), draw(years)])
    if draw(st.booleans()):
        return Term(
            TermKind.PERIOD, (Point(Unit.YEAR, first), Point(Unit.YEAR, last + (first == last)))
        )
    begin, end = draw(parts), draw(parts)
    return Term(TermKind.PERIOD, (point(begin, first), point(end, last + 1)))


def repeated(kinds):
    days = st.builds(
        lambda kind, span, rhythm, day, month: Term(
            kind,
            (),
            span,
            rhythm,
            day,
            month if day else Month.LAST,
        ),
        kinds,
        spans,
        st.sampled_from(Rhythm),
        st.integers(0, 31),
        st.sampled_from(Month),
    )
    points = st.builds(
        lambda kind, span, found: Term(kind, in_order(map(point, found)), span, Rhythm.YEARLY),
        kinds,
        spans,
        st.lists(parts, min_size=1, max_size=3),
    )
    return days | points


terms = st.one_of(
    dated,
    periods(),
    repeated(st.sampled_from([TermKind.EVERY, TermKind.PERMANENT, TermKind.AS_NEEDED])),
    st.builds(
        Term,
        st.sampled_from([TermKind.PERMANENT, TermKind.AS_NEEDED, TermKind.THROUGHOUT]),
        st.just(()),
        spans,
    ),
)
plans = st.tuples(st.dates(date(2000, 1, 1), date(2060, 12, 31)), st.integers(0, 1500)).map(
    lambda two: (two[0], two[0] + timedelta(days=two[1]))
)


@given(terms, st.sampled_from(LANGUAGES))
def test_what_is_written_is_read_again_as_the_same(term, language):
    assert read(write(term, language), language) == term


@given(terms)
def test_nothing_of_a_term_is_lost_in_json(term):
    assert from_json(as_json(term)) == term


@given(
    st.text(max_size=40)
    | st.lists(
        st.sampled_from(
            [
                "до",
                "к",
                "с",
                "по",
                "10",
                "31",
                "2014",
                "IV",
                "II",
                "-",
                "–",
                ",",
                "и",
                "декабря",
                "квартал",
                "ежегодно",
                "раз",
                "в",
                "год",
                "дейін",
                "жыл",
                "сайын",
                "тоқсан",
                "желтоқсан",
                "5",
                "числа",
                "конца",
                "полугодие",
                "постоянно",
            ]
        ),
        max_size=9,
    ).map(" ".join)
)
def test_any_words_at_all_are_read_or_refused_and_what_is_read_can_be_written(text):
    try:
        term = read(text)
    except Unreadable:
        return
    assert read(write(term, "ru")) == term


@given(terms, plans)
def test_days_lie_in_the_plan_in_order_and_none_twice(term, plan):
    starts, ends = plan
    days = dues(term, starts=starts, ends=ends)
    assert all(before < after for before, after in pairwise(days))
    month_after = ends + timedelta(days=62) if term.month is Month.NEXT else ends
    assert all(starts <= day <= month_after for day in days)
    assert starts <= begins(term, starts=starts, ends=ends) <= ends
    if days:
        assert begins(term, starts=starts, ends=ends) <= days[-1]


@given(terms, plans, st.integers(1, 9))
def test_a_term_of_a_plan_years_later_falls_on_the_same_days_of_the_year(term, plan, later):
    starts, ends = (day.replace(day=min(day.day, 28)) for day in plan)
    then = dues(shifted(term, later), starts=same_day(starts, later), ends=same_day(ends, later))
    moved = [same_day(day, later) for day in dues(term, starts=starts, ends=ends)]
    assert [(one.year, one.month) for one in then] == [(one.year, one.month) for one in moved]


YEAR = {"starts": date(2026, 1, 1), "ends": date(2026, 12, 31)}


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("до 1 октября 2026 года", ["2026-10-01"]),
        ("IV квартал 2026 года", ["2026-12-31"]),
        ("февраль 2026 года", ["2026-02-28"]),
        ("I полугодие", ["2026-06-30"]),
        ("2026 год", ["2026-12-31"]),
        ("2025–2027 годы", ["2026-12-31"]),
        ("ежеквартально", ["2026-03-31", "2026-06-30", "2026-09-30", "2026-12-31"]),
        (
            "ежеквартально, до 5 числа",
            ["2026-04-05", "2026-07-05", "2026-10-05", "2027-01-05"],
        ),
        (
            "тоқсан сайын, 25-іне дейін",
            ["2026-03-25", "2026-06-25", "2026-09-25", "2026-12-25"],
        ),
        ("два раза в год, к 20 июня и 20 декабря", ["2026-06-20", "2026-12-20"]),
        ("жыл сайын, 10 желтоқсанға", ["2026-12-10"]),
        ("постоянно", ["2026-12-31"]),
        ("постоянно, отчет раз в полугодие", ["2026-06-30", "2026-12-31"]),
        ("қажеттілігіне қарай", ["2026-12-31"]),
        ("с 1 марта по 10 декабря 2026 года", ["2026-12-10"]),
        ("до 10 декабря 2025 года", []),
        ("IV квартал 2027 года", []),
        ("в течение 2030 года", []),
    ],
)
def test_a_term_asks_on_these_days_of_a_year(text, days):
    found = dues(read(text), **YEAR)
    assert [day.isoformat() for day in found] == days


def test_a_plan_of_three_years_asks_at_the_end_of_each():
    three = {"starts": date(2024, 1, 1), "ends": date(2026, 12, 31)}
    ends = (date(2024, 12, 31), date(2025, 12, 31), date(2026, 12, 31))
    assert dues(read("2024–2026 годы"), **three) == ends
    assert dues(read("жыл бойы"), **three) == ends
    assert dues(read("ежегодно в 2025–2026 годах"), **three) == ends[1:]
    assert begins(read("ежегодно в 2025–2026 годах"), **three) == date(2025, 1, 1)
    assert begins(read("IV квартал 2026 года"), **three) == date(2026, 10, 1)
    assert begins(read("до 1 октября 2026 года"), **three) == date(2024, 1, 1)
