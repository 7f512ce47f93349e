"""What may be kept of a charter's results."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from kelisim.evaluation import rights
from kelisim.evaluation.states import Known
from kelisim.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kelisim.bodies.queries.powers import Powers

type Reasons = list[Refusal | None]
FIRST_YEAR, LAST_YEAR = 1990, 2100
RESULT, TASK = "result", "task"


def keeps(held: "Powers") -> Refusal | None:
    return None if held.may(rights.KEEP) else Refusal("evaluation.not_keeper")


def of_year(year: int | None, place: str) -> Refusal | None:
    if year is None or FIRST_YEAR <= year <= LAST_YEAR:
        return None
    return Refusal("evaluation.year_unlikely", place=place, first=FIRST_YEAR, last=LAST_YEAR)


def both(value: Decimal | None, year: int | None, place: str) -> Refusal | None:
    """A figure belongs to a year, and a year needs its figure."""
    if (value is None) == (year is None):
        return None
    return Refusal("evaluation.figure_and_year", place=place)


def may_keep_indicator(  # noqa: PLR0917
    held: "Powers",
    kind: str,
    name: "Mapping[str, str]",
    unit: "Mapping[str, str]",
    source: "Mapping[str, str]",
    baseline: tuple[Decimal | None, int | None],
    target: tuple[Decimal | None, int | None],
) -> Reasons:
    """An indicator of an expected result, with a name, a unit and where its values come from."""
    return [
        keeps(held),
        None if kind == RESULT else Refusal("evaluation.not_a_result", place="provision"),
        None if name else Refusal("evaluation.name_missing", place="name"),
        None if unit else Refusal("evaluation.unit_missing", place="unit"),
        None if source else Refusal("evaluation.source_missing", place="source"),
        both(*baseline, "baseline"),
        both(*target, "target"),
        of_year(baseline[1], "baseline_year"),
        of_year(target[1], "target_year"),
    ]


def may_state(  # noqa: PLR0917
    held: "Powers",
    year: int,
    on: date,
    margin: Decimal | None,
    source: str,
    today: date,
    *,
    there: bool,
) -> Reasons:
    """A value that a source has stated already, once a day."""
    return [
        keeps(held),
        of_year(year, "year"),
        Refusal("evaluation.stated_ahead", place="on") if on > today else None,
        Refusal("evaluation.stated_already", place="on") if there else None,
        Refusal("evaluation.margin_below", place="margin")
        if margin is not None and margin < 0
        else None,
        None if source.strip() else Refusal("evaluation.value_source_missing", place="source"),
    ]


def may_withdraw(held: "Powers", because: str, *, withdrawn: bool) -> Reasons:
    return [
        keeps(held),
        Refusal("evaluation.withdrawn_already") if withdrawn else None,
        None if because.strip() else Refusal("evaluation.withdrawal_reason", place="because"),
    ]


def may_link(
    held: "Powers",
    below: tuple[str, bool],
    above: str,
    known: str,
    source: str,
    *,
    circle: bool,
) -> Reasons:
    """A measure or a task serves a task or a result; evidence has a source; nothing serves itself.

    `below`: its kind, and whether it is a promise.
    """
    kind, promised = below
    serves = (promised and above in {TASK, RESULT}) or (kind == TASK and above == RESULT)
    return [
        keeps(held),
        None if serves else Refusal("evaluation.serves_nothing", place="above"),
        Refusal("evaluation.link_circle", place="above") if circle else None,
        Refusal("evaluation.evidence_source", place="source")
        if known == Known.EVIDENCE and not source.strip()
        else None,
    ]
