"""The calendar of the country: the library's holidays, and what acts changed."""

import csv
from datetime import date, timedelta
from functools import cache, partial
from importlib.resources import files

import holidays
from babel import Locale
from django.conf import settings
from django.db.models import Q, QuerySet

from kelisim.calendar.models import DayChange
from kelisim.calendar.states import DayKind
from kelisim.calendar.trees import Calendar, Change, Reason, Why, Year
from kelisim.pages.languages import LANGUAGES

YEARS_AROUND = 10
"""Acts move days of the coming year: nothing that a term could meet lies farther away."""
type Names = dict[date, str]


def country() -> str:
    return str(settings.COUNTRY)


@cache
def names(of: str) -> dict[str, dict[str, str]]:
    """What the library does not say in our languages, or not as the law does, by English name."""
    file = files("kelisim.calendar") / "facts" / f"{of}.csv"
    if not file.is_file():
        return {}
    with file.open() as rows:
        return {
            row["en"]: {tongue: said for tongue in LANGUAGES if (said := row.get(tongue))}
            for row in csv.DictReader(rows)
        }


def written(of: str, year: int, language: str | None) -> holidays.HolidayBase:
    return holidays.country_holidays(of.upper(), years=year, language=language, expand=False)


def known_in(spoken: tuple[str, ...], tongue: str) -> str | None:
    """The library's own code of one of our languages, where a country has it."""
    return next((code for code in spoken if code.partition("_")[0] == tongue), None)


def plain(text: str) -> str:
    """Holidays of one day without the library's marks of what is estimated or observed."""
    return "; ".join(part.partition(" (")[0] for part in text.split("; "))


@cache
def year_of(of: str, year: int) -> Year:
    """Weekend, holidays and worked days off of one year, from the library; kept in the process."""
    spoken = written(of, year, None).supported_languages
    days = written(of, year, known_in(spoken, "en"))
    called = {
        tongue: written(of, year, code)
        for tongue in LANGUAGES
        if (code := known_in(spoken, tongue))
    } or {"en": days}
    better = names(of)
    found = {}
    for day, text in days.items():
        if "substituted from" in text:
            found[day] = Reason(Why.MOVED)
            continue
        name = {tongue: plain(said[day]) for tongue, said in called.items()}
        parts = [better.get(part, {}) for part in plain(text).split("; ")]
        for tongue in LANGUAGES:
            if all(tongue in part for part in parts):
                name[tongue] = "; ".join(part[tongue] for part in parts)
        observed, estimated = "observed" in text, "estimated" in text
        found[day] = Reason(Why.HOLIDAY, name, estimated=estimated, observed=observed)
    length = (date(year, 12, 31) - date(year, 1, 1)).days + 1
    every = (date(year, 1, 1) + timedelta(n) for n in range(length))
    return Year(
        weekend=frozenset(day for day in every if days.is_weekend(day)),
        holidays=found,
        busy=frozenset(day for day in days.weekend_workdays if day.year == year),
    )


def standing() -> QuerySet[DayChange]:
    """The changes that hold, in the order of days."""
    return DayChange.objects.filter(country=country(), ended_at=None)


def ended() -> QuerySet[DayChange]:
    """The changes that were taken back or replaced, latest first."""
    gone = DayChange.objects.filter(country=country(), ended_at__isnull=False)
    return gone.order_by("-ended_at", "-pk")


def change(row: DayChange) -> Change:
    return Change(row.day, row.kind == DayKind.WORKING, row.name, row.act)


def changes(around: date, years: int) -> dict[date, Change]:
    """What acts changed in so many years before and after; one query."""
    near = Q(day__year__gte=around.year - years, day__year__lte=around.year + years)
    return {row.day: change(row) for row in standing().filter(near)}


def calendar(around: date, *, years: int = YEARS_AROUND) -> Calendar:
    """The calendar, with what acts moved in so many years before and after a day; one query."""
    return Calendar(partial(year_of, country()), changes(around, years))


def first_weekday() -> int:
    """The day on which a week begins in the country, 0 is Monday; by CLDR."""
    return int(Locale.parse(f"und_{country().upper()}").first_week_day)
