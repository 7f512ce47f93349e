"""The calendar of the country: the library's holidays, and what acts changed."""

import csv
from datetime import date
from functools import cache
from importlib.resources import files

import holidays
from django.conf import settings

from kelisim.calendar.models import DayChange
from kelisim.calendar.states import DayKind
from kelisim.calendar.trees import Calendar, Change, Reason, Why, split

YEARS_AROUND = 3


def country() -> str:
    return str(settings.COUNTRY)


@cache
def names(of: str) -> dict[str, dict[str, str]]:
    """What a country's holidays are called, by their English name."""
    file = files("kelisim.calendar") / "facts" / f"{of}.csv"
    if not file.is_file():
        return {}
    with file.open() as rows:
        return {row["en"]: {"kk": row["kk"], "ru": row["ru"]} for row in csv.DictReader(rows)}


@cache
def year_of(of: str, year: int) -> tuple[frozenset[int], dict[date, Reason], frozenset[date]]:
    """Weekend, holidays and worked days off of one year, from the library; kept in the process."""
    english = holidays.country_holidays(of.upper(), years=year, language="en_US", expand=False)
    called = names(of)
    found: dict[date, Reason] = {}
    for day, text in english.items():
        if day.year != year:
            continue
        parts = [split(part) for part in text.split("; ")]
        known = [called.get(plain, {}) | {"en": plain} for plain, _estimated in parts]
        name = {
            tongue: "; ".join(each[tongue] for each in known if tongue in each)
            for tongue in ("kk", "ru", "en")
        }
        moved = "substituted from" in text
        found[day] = Reason(
            Why.MOVED if moved else Why.HOLIDAY,
            {} if moved else {tongue: said for tongue, said in name.items() if said},
            any(estimated for _plain, estimated in parts),
        )
    busy = frozenset(day for day in english.weekend_workdays if day.year == year)
    return frozenset(english.weekend), found, busy


def changes(of: str, years: range) -> dict[date, Change]:
    """What acts changed in these years; one query."""
    rows = DayChange.objects.filter(country=of, day__year__gte=years[0], day__year__lte=years[-1])
    return {
        row.day: Change(row.day, row.kind == DayKind.WORKING, row.name, row.act) for row in rows
    }


def calendar(around: date, *, years: int = YEARS_AROUND) -> Calendar:
    """The calendar for so many years before and after a day; one query."""
    of, span = country(), range(around.year - years, around.year + years + 1)
    known = [year_of(of, year) for year in span]
    return Calendar(
        weekend=known[years][0],
        holidays={day: reason for _w, days, _b in known for day, reason in days.items()},
        busy=frozenset().union(*(busy for _w, _d, busy in known)),
        changes=changes(of, span),
    )


def changed(year: int) -> list[DayChange]:
    """The days of a year that acts moved, in order; one query."""
    return list(DayChange.objects.filter(country=country(), day__year=year))
