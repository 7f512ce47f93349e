"""Rules of control as values: days for answers, reminders, the ladder, when a risk is one."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from kelisim.commitments.states import Rung
from kelisim.refusals import Refusal, require

RUNGS = (Rung.HEAD, Rung.SECRETARIAT, Rung.COUNCIL)
MOST_DAYS = 366
MONTHS = range(1, 13)


@dataclass(frozen=True, slots=True)
class Step:
    """A rung of the ladder, reached after so many working days overdue."""

    after: int
    rung: Rung


@dataclass(frozen=True, slots=True)
class ControlRules:
    """The rules by which a body controls execution. Days are working days, parts are of one."""

    agreement_days: int
    silence_agrees: bool
    extension_ahead: int
    extension_most: int
    reminders: tuple[int, ...]
    """Working days before a term; 0 is the day itself."""
    ladder: tuple[Step, ...]
    indicator_lag: Decimal
    money_from_month: int
    money_unspent: Decimal


def read(found: Mapping[str, Any], general: ControlRules | None = None) -> ControlRules:
    """Rules from a table of facts; what it leaves out is as in `general`.

    Raises `Refused` with all that is wrong, each at the name of its rule.
    """
    known = {field.name for field in fields(ControlRules)}
    faults: list[Refusal | None] = [
        Refusal("commitments.rule_unknown", place=name) for name in found if name not in known
    ]
    values: dict[str, Any] = {}
    for name in known & set(found):
        try:
            values[name] = READ[name](found[name])
        except (ValueError, TypeError, AttributeError, InvalidOperation):
            faults.append(Refusal("commitments.rule_unreadable", place=name))
    require(*faults)
    return replace(general, **values) if general else ControlRules(**values)


def as_json(rules: ControlRules) -> dict[str, Any]:
    """Rules as a body keeps them; `read` gives them back."""
    kept = asdict(rules)
    kept["ladder"] = {step.rung.value: step.after for step in rules.ladder}
    kept["reminders"] = list(rules.reminders)
    kept["indicator_lag"] = str(rules.indicator_lag)
    kept["money_unspent"] = str(rules.money_unspent)
    return kept


def days(value: Any) -> int:
    """A number of working days."""
    return whole(value, range(MOST_DAYS + 1))


def whole(value: Any, among: range) -> int:
    if isinstance(value, bool) or int(value) != value or value not in among:
        raise ValueError(value)
    return int(value)


def truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError(value)
    return value


def part(value: Any) -> Decimal:
    """A part of one; floats are not exact and are refused."""
    if not isinstance(value, str | Decimal) or not 0 <= Decimal(value) <= 1:
        raise ValueError(value)
    return Decimal(value)


def steps(value: Any) -> tuple[Step, ...]:
    """Each rung later than the one below it."""
    found = sorted(
        (Step(days(after), Rung(rung)) for rung, after in value.items()),
        key=lambda step: RUNGS.index(step.rung),
    )
    afters = [step.after for step in found]
    if afters != sorted(set(afters)) or 0 in afters:
        raise ValueError(value)
    return tuple(found)


def reminders(value: Any) -> tuple[int, ...]:
    return tuple(sorted({days(one) for one in value}, reverse=True))


READ: dict[str, Callable[[Any], Any]] = {
    "agreement_days": days,
    "silence_agrees": truth,
    "extension_ahead": days,
    "extension_most": days,
    "reminders": reminders,
    "ladder": steps,
    "indicator_lag": part,
    "money_from_month": lambda value: whole(value, MONTHS),
    "money_unspent": part,
}
