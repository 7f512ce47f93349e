"""Dates, numbers and texts as CLDR and our readers expect."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from kelisim.pages.languages import spoken
from kelisim.pages.templatetags import kelisim as filters


@pytest.mark.parametrize(
    ("language", "said"),
    [("kk", "2013 ж. 18 сәуір"), ("ru", "18 апреля 2013 г."), ("en", "April 18, 2013")],
)
def test_a_day_is_said_as_its_language_says_it(language, said):
    with translation.override(language):
        # CLDR parts the year from its letter by a narrow space that does not break.
        assert " ".join(filters.day(date(2013, 4, 18)).split()) == said


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (date(2013, 4, 18), "2013 жылғы 18 сәуірдегі"),
        (date(2015, 12, 28), "2015 жылғы 28 желтоқсандағы"),
        (date(2022, 9, 17), "2022 жылғы 17 қыркүйектегі"),
    ],
)
def test_kazakh_declines_the_day_of_an_act(when, said):
    with translation.override("kk"):
        assert filters.dated(when) == said
    with translation.override("ru"):
        assert filters.dated(when) == filters.day(when)


@pytest.mark.parametrize(
    ("language", "kind", "said"),
    [
        ("kk", "Қазақстан Президентінің Жарлығы", "Қазақстан Президентінің 2013 жылғы 18 сәуірдегі № 552 Жарлығы"),
        ("kk", "Жарлық", "2013 жылғы 18 сәуірдегі № 552 Жарлық"),
        ("ru", "Указ Президента", "Указ Президента № 552 от 18 апреля 2013 г."),
        ("en", "Decree", "Decree No. 552 of April 18, 2013"),
    ],
)  # fmt: skip
def test_an_act_is_cited_as_its_language_cites_it(language, kind, said):
    with translation.override(language):
        assert " ".join(filters.act_cited(kind, "552", date(2013, 4, 18)).split()) == said


def test_a_moment_is_told_by_the_clock_of_the_place():
    with translation.override("ru"):
        assert filters.moment(datetime(2026, 11, 1, 7, 30, tzinfo=UTC)).endswith("12:30")


def test_what_is_missing_is_said_as_nothing():
    assert (filters.day(None), filters.moment(None), filters.figure(None)) == ("", "", "")


@pytest.mark.parametrize(("language", "said"), [("ru", "10\xa0000"), ("en", "10,000")])
def test_a_number_is_parted_as_its_language_does(language, said):
    with translation.override(language):
        assert filters.figure(10_000) == said


def test_a_text_in_the_readers_language_carries_no_mark():
    with translation.override("kk"):
        assert filters.spoken({"kk": "шара", "ru": "мера"}) == "шара"


def test_a_borrowed_text_carries_a_mark_and_its_own_language():
    with translation.override("kk"):
        shown = filters.spoken({"ru": "мера <b>"})
    assert '<span lang="ru">мера &lt;b&gt;</span>' in shown
    assert 'class="borrowed"' in shown


@pytest.mark.parametrize("asked", ["kk", "ru", "en"])
def test_no_text_is_shown_as_a_blank_while_any_language_has_it(asked):
    for there in ("kk", "ru", "en"):
        found = spoken({there: "x", "other": ""}, asked)
        assert (found.text, found.language, found.borrowed) == ("x", there, there != asked)
