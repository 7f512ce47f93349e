"""Which reminders and rungs a term has reached on a day. Pure: a term, a day, rules, a calendar."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kelisim.calendar.trees import Calendar
from kelisim.commitments.states import Rung
from kelisim.commitments.trees.control import ControlRules

REMINDERS = (Rung.BEFORE, Rung.DAY)


@dataclass(frozen=True, slots=True)
class Reached:
    """A rung, and its distance from the term in working days: before it, or after it."""

    rung: Rung
    days: int


def reached(due_on: date, on: date, rules: ControlRules, days: Calendar) -> Iterator[Reached]:
    """What a term has reached: before it the last reminder alone, after it every rung so far.

    A morning that was missed is made good by this, and reminds once, not of each missed day.
    """
    if on > due_on:
        for step in rules.ladder:
            if days.after(due_on, step.after) <= on:
                yield Reached(step.rung, step.after)
        return
    for ahead in sorted(rules.reminders):
        if days.before(due_on, ahead) <= on:
            yield Reached(Rung.BEFORE if ahead else Rung.DAY, ahead)
            return


def horizon(on: date, rules: ControlRules, days: Calendar) -> date:
    """The last term that can have reached anything: no later one need be looked at."""
    return days.after(on, max(rules.reminders, default=0) + 1)
