"""The facts from which the status of a few commitments is told; six queries however many."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from decimal import Decimal

from django.db.models import F

from kelisim.commitments.models import Actual, Commitment, Money, Stage, Target
from kelisim.commitments.states import Control, Direction, StageKind
from kelisim.commitments.trees import status as rule


def facts(commitments: Collection[int], on: date) -> dict[int, rule.Facts]:
    """The facts of each on a day."""
    stages, figures, purses = stages_of(commitments), figures_of(commitments, on), {}
    for pk, given, spent in money(commitments, on):
        purses[pk] = rule.Purse(on.year, given, spent)
    return {
        pk: rule.Facts(
            control=Control(control),
            starts=starts,
            late=late,
            stages=stages[pk],
            figures=figures[pk],
            purses=[purses[pk]] if pk in purses else [],
        )
        for pk, control, starts, late in Commitment.objects.filter(pk__in=commitments)
        .order_by("pk")
        .values_list("pk", "control", "starts", "late")
    }


def stages_of(commitments: Collection[int]) -> dict[int, list[rule.Stage]]:
    found: dict[int, list[rule.Stage]] = defaultdict(list)
    for pk, kind, due_on, handed_on, met_on in (
        Stage.objects.filter(commitment__in=commitments, dropped=False)
        .order_by()
        .values_list("commitment", "kind", "due_on", "handed_on", "met_on")
    ):
        found[pk].append(rule.Stage(StageKind(kind), due_on, handed_on, met_on))
    return found


def figures_of(commitments: Collection[int], on: date) -> dict[int, list[rule.Figure]]:
    """The last statement of each indicator that has a baseline, beside its target."""
    last = {
        row["indicator"]: row
        for row in Actual.objects.filter(
            indicator__commitment__in=commitments, indicator__baseline__isnull=False, on__lte=on
        )
        .order_by("on", "year")
        .values(
            "indicator",
            "year",
            "on",
            "value",
            commitment=F("indicator__commitment"),
            direction=F("indicator__direction"),
            baseline=F("indicator__baseline"),
            since=F("indicator__baseline_year"),
        )
    }
    targets = {
        (indicator, year): value
        for indicator, year, value in Target.objects.filter(indicator__in=last)
        .order_by()
        .values_list("indicator", "year", "value")
    }
    found: dict[int, list[rule.Figure]] = defaultdict(list)
    for indicator, row in last.items():
        target = targets.get((indicator, row["year"]))
        if target is not None:
            found[row["commitment"]].append(
                rule.Figure(
                    direction=Direction(row["direction"]),
                    baseline=row["baseline"],
                    first_year=row["year"] if row["since"] is None else row["since"] + 1,
                    year=row["year"],
                    stated=row["on"],
                    actual=row["value"],
                    target=target,
                )
            )
    return found


def money(commitments: Collection[int], on: date) -> list[tuple[int, Decimal, Decimal]]:
    """What each was given and has spent in the day's year."""
    given: dict[int, Decimal] = defaultdict(Decimal)
    spent: dict[int, Decimal] = defaultdict(Decimal)
    for pk, planned, allocated, used in (
        Money.objects.filter(commitment__in=commitments, year=on.year)
        .order_by()
        .values_list("commitment", "planned", "allocated", "spent")
    ):
        given[pk] += planned if allocated is None else allocated
        spent[pk] += used
    return [(pk, given[pk], spent[pk]) for pk in given]
