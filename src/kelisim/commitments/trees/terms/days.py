"""The days on which a term asks for something, within a plan's time."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from kelisim.commitments.trees.terms.term import (
    MONTHS,
    Month,
    Point,
    Rhythm,
    Term,
    TermKind,
    Unit,
    clipped,
)


def dues(term: Term, *, starts: date, ends: date) -> tuple[date, ...]:
    """Every day on which something is due in a plan that runs from `starts` to `ends`, in order.

    A point that ends after the plan is due on the plan's last day. Only a turn's report that is
    asked for in the month after may come later than that. None: the term lies outside the plan.
    """
    first, last = within(term, starts, ends)
    if first > last:
        return ()
    days: Iterable[date | None]
    match term.kind:
        case TermKind.AT:
            days = (due(point, starts, ends) for point in term.points)
        case TermKind.PERIOD:
            days = period(term, starts, ends)
        case _ if term.rhythm:
            days = turns(term, first, last)
        case _:
            days = year_ends(first, last)
    return tuple(sorted({day for day in days if day and day >= starts}))


def begins(term: Term, *, starts: date, ends: date) -> date:
    """The first day on which the work can be asked for."""
    first, _last = within(term, starts, ends)
    lying = [(point, lies(point, starts, ends)) for point in term.points]
    if term.kind is TermKind.AT and lying[0][0].unit is not Unit.DAY:
        first = min((point.first(year) for point, year in lying if year), default=first)
    if term.kind is TermKind.PERIOD:
        first = lying[0][0].first(lying[1][1] or starts.year)
    return min(max(first, starts), ends)


def within(term: Term, starts: date, ends: date) -> tuple[date, date]:
    """The part of a plan that the term's years leave of it."""
    if term.span is None:
        return starts, ends
    return max(starts, date(term.span[0], 1, 1)), min(ends, date(term.span[1], 12, 31))


def lies(point: Point, starts: date, ends: date) -> int | None:
    """The year in which a point lies in the plan: its own, or the last one that has it."""
    years = (point.year,) if point.year else range(ends.year, starts.year - 1, -1)
    for year in years:
        if point.first(year) <= ends and point.last(year) >= starts:
            return year
    return None


def due(point: Point, starts: date, ends: date) -> date | None:
    """The last day of a point within the plan."""
    year = lies(point, starts, ends)
    return min(point.last(year), ends) if year else None


def period(term: Term, starts: date, ends: date) -> Iterator[date | None]:
    """The end of a period, and of each year that it passes on its way."""
    first, last = term.points
    end = due(last, starts, ends)
    if end is None and last.year and last.last(last.year) > ends:
        end = ends
    if end is None:
        return
    begin = first.first(end.year)
    if begin > ends:
        return
    yield from (day for day in year_ends(max(begin, starts), end) if day < end)
    yield end


def year_ends(first: date, last: date) -> Iterator[date]:
    """The last day of each year, of the last one the last day that there is."""
    for year in range(first.year, last.year + 1):
        yield min(date(year, 12, 31), last)


def turns(term: Term, first: date, last: date) -> Iterator[date]:
    """The day of each turn of a rhythm."""
    if term.points:
        for year in range(first.year, last.year + 1):
            for point in term.points:
                if point.first(year) <= last and point.last(year) >= first:
                    yield min(point.last(year), last)
        return
    length = MONTHS[Unit(term.rhythm or Rhythm.YEARLY)]
    for year in range(first.year, last.year + 1):
        for month in range(length, 13, length):
            begin, end = date(year, month - length + 1, 1), clipped(year, month, 31)
            if begin > last or end < first:
                continue
            yield numbered(term, min(end, last), last) if term.day else min(end, last)


def numbered(term: Term, end: date, last: date) -> date:
    """The numbered day in the month in which a turn ends, or in the month after."""
    if term.month is Month.LAST:
        return min(clipped(end.year, end.month, term.day), last)
    after = end.replace(day=28) + timedelta(days=4)
    return clipped(after.year, after.month, term.day)


def shifted(term: Term, years: int) -> Term:
    """The same term so many years later."""
    return replace(
        term,
        points=tuple(
            replace(point, year=point.year + years) if point.year else point
            for point in term.points
        ),
        span=(term.span[0] + years, term.span[1] + years) if term.span else None,
    )


def same_day(day: date, years: int) -> date:
    """The same day so many years later; 29 February becomes 28 where there is none."""
    return clipped(day.year + years, day.month, day.day)
