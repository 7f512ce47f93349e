"""Working days for programs."""

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_noop
from ninja import Field, Path, Query, Router, Schema

from kelisim.calendar import queries, rules
from kelisim.calendar.trees import Why
from kelisim.pages.api import Problem
from kelisim.refusals import require

router = Router()
ONE_YEAR = 366


class Year(Schema):
    year: int = Field(ge=rules.FIRST, le=rules.LAST)


class DayOut(Schema):
    """A day that is free, or works although it would not."""

    day: date
    working: bool
    why: Why
    name: dict[str, str]
    estimated: bool = Field(description="the day of this holiday is not announced yet")
    observed: bool = Field(description="given for a holiday that fell on a weekend")


class YearOut(Schema):
    """The days of a year that are not ordinary working days, and how many work."""

    year: int
    working_days: int
    days: list[DayOut]


class Counted(Schema):
    """So many working days after a day (or before, when `days` is negative)."""

    day: date
    days: int = Field(ge=-ONE_YEAR, le=ONE_YEAR)


class Term(Schema):
    day: date
    days: int
    due: date


@router.get(
    "/calendar/after",
    response={200: Term, 409: Problem},
    summary=gettext_noop("The n-th working day after a day"),
    operation_id="working_day_after",
)
def after(request: HttpRequest, asked: Query[Counted]) -> dict[str, Any]:
    require(rules.may_count_from(asked.day))
    known = queries.calendar(asked.day)
    count = known.after if asked.days >= 0 else known.before
    due = count(asked.day, abs(asked.days))
    return {"day": asked.day, "days": asked.days, "due": due}


@router.get(
    "/calendar/{year}",
    response=YearOut,
    summary=gettext_noop("Days off and moved days of a year"),
    operation_id="calendar_year",
)
def year(request: HttpRequest, asked: Path[Year]) -> dict[str, Any]:
    year = asked.year
    known = queries.calendar(date(year, 6, 30), years=1)
    days = [
        date.fromordinal(n)
        for n in range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1)
    ]
    told = [(day, known.working(day), known.reason(day)) for day in days]
    return {
        "year": year,
        "working_days": sum(working for _day, working, _reason in told),
        "days": [
            {
                "day": day,
                "working": working,
                "why": reason.why,
                "name": dict(reason.name),
                "estimated": reason.estimated,
                "observed": reason.observed,
            }
            for day, working, reason in told
            if reason
        ],
    }
