"""How a commitment fares on a day: one rule, from facts alone. `queries.standing` says it in SQL.

The first of these that is true holds:

- cancelled: excluded from the plan; done, done late: removed from control;
- overdue: not executed, or a term passed on which no report that stands was handed in in time
  (a returned report does not stand; one that still waits for the controller does);
- at risk: a milestone passed that was not met, an indicator lags behind its path, money of the
  year lies unspent late in the year;
- under way: its beginning has come, or something was handed in;
- not started.

While execution is suspended no clock runs: it is neither overdue nor at risk.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kelisim.commitments.states import Control, Direction, Risk, StageKind, Status
from kelisim.commitments.trees.control import ControlRules

YEAR = 12
"""Months."""


@dataclass(frozen=True, slots=True)
class Stage:
    kind: StageKind
    due_on: date
    handed_on: date | None = None
    met_on: date | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """What an indicator was by its last statement, and what it shall be in that year."""

    direction: Direction
    baseline: Decimal
    first_year: int
    """The year after the baseline's: the path begins with it."""
    year: int
    stated: date
    actual: Decimal
    target: Decimal


@dataclass(frozen=True, slots=True)
class Purse:
    """Money of a commitment in one year, from all sources."""

    year: int
    given: Decimal
    """What was allocated, where that is not known what was planned."""
    spent: Decimal


@dataclass(frozen=True, slots=True)
class Facts:
    control: Control
    starts: date
    late: bool = False
    stages: Sequence[Stage] = ()
    figures: Sequence[Figure] = ()
    purses: Sequence[Purse] = ()


def status(facts: Facts, rules: ControlRules, on: date) -> tuple[Status, tuple[Risk, ...]]:
    """The status on a day and, where it is at risk, why."""
    match facts.control:
        case Control.EXCLUDED:
            return Status.CANCELLED, ()
        case Control.REMOVED:
            return (Status.DONE_LATE if facts.late else Status.DONE), ()
        case Control.NOT_EXECUTED:
            return Status.OVERDUE, ()
        case Control.SUSPENDED:
            return going(facts, on), ()
    if any(missed(stage, on) for stage in facts.stages if stage.kind is StageKind.TERM):
        return Status.OVERDUE, ()
    found = tuple(risks(facts, rules, on))
    return (Status.AT_RISK, found) if found else (going(facts, on), ())


def missed(stage: Stage, on: date) -> bool:
    """Whether the day passed and nothing that stands was handed in by it."""
    in_time = stage.handed_on is not None and stage.handed_on <= stage.due_on
    return stage.due_on < on and stage.met_on is None and not in_time


def going(facts: Facts, on: date) -> Status:
    begun = facts.starts <= on or any(stage.handed_on for stage in facts.stages)
    return Status.UNDER_WAY if begun else Status.NOT_STARTED


def risks(facts: Facts, rules: ControlRules, on: date) -> list[Risk]:
    found = []
    if any(missed(stage, on) for stage in facts.stages if stage.kind is StageKind.MILESTONE):
        found.append(Risk.STAGE)
    if any(lags(figure, rules.indicator_lag) for figure in facts.figures if figure.stated <= on):
        found.append(Risk.INDICATOR)
    if on.month >= rules.money_from_month and any(
        unspent(purse, rules.money_unspent) for purse in facts.purses if purse.year == on.year
    ):
        found.append(Risk.MONEY)
    return found


def lags(figure: Figure, lag: Decimal) -> bool:
    """Whether an indicator is short of its straight path by more than a part of the whole way.

    The path leads from the baseline at the beginning of the first year to the target at the end of
    the year stated, month by month. Multiplied out, so that nothing is rounded.
    """
    way = figure.target - figure.baseline
    whole = (figure.year - figure.first_year + 1) * YEAR
    if whole <= 0:
        return False
    gone = min(whole, max(0, (figure.stated.year - figure.first_year) * YEAR + figure.stated.month))
    short = figure.baseline * whole + way * gone - figure.actual * whole
    if figure.direction is Direction.DOWN:
        short = -short
    return short > lag * whole * abs(way)


def unspent(purse: Purse, part: Decimal) -> bool:
    """Whether more than this part of the year's money lies there."""
    return purse.given > 0 and purse.given - purse.spent > part * purse.given
