"""The statuses of many commitments on a day, computed by the database in one query."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    Case,
    CharField,
    DecimalField,
    Exists,
    ExpressionWrapper,
    F,
    FilteredRelation,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import (
    Abs,
    Coalesce,
    Concat,
    ExtractMonth,
    ExtractYear,
    Greatest,
    Least,
)

from kelisim.commitments.models import Actual, Commitment, Money, Stage, Standing, Target
from kelisim.commitments.queries.facts import facts
from kelisim.commitments.states import Control, Direction, Risk, StageKind, Status
from kelisim.commitments.trees import status as rule
from kelisim.commitments.trees.control import ControlRules
from kelisim.commitments.trees.status import YEAR

WHOLE = IntegerField()
EXACT = DecimalField(max_digits=40, decimal_places=8)
RUNNING = (Control.ON, Control.EXECUTED, Control.LEFT)


@dataclass(frozen=True, slots=True)
class Told:
    """What a commitment's status is now, and what stands written of it."""

    pk: int
    status: str
    why: str
    was: str
    was_why: str
    since: date | None

    @property
    def changed(self) -> bool:
        return self.since is None or (self.status, self.why) != (self.was, self.was_why)


def told(commitments: QuerySet[Commitment], rules: ControlRules, on: date) -> Iterator[Told]:
    """The status of each on a day beside the one that stands; one query.

    Those that have ended and stand so are left out, and those told of a later day already.
    """
    found = (
        commitments.order_by("pk")
        .annotate(
            open=FilteredRelation("standings", condition=Q(standings__until=None)),
            was=Coalesce(F("open__status"), Value("")),
            was_why=Coalesce(F("open__why"), Value("")),
            since=F("open__since"),
        )
        .filter(Q(since=None) | Q(since__lte=on))
        .exclude(control=Control.EXCLUDED, was=Status.CANCELLED)
        .exclude(control=Control.REMOVED, was__in=(Status.DONE, Status.DONE_LATE))
        .annotate(now=clock(on), why=why(on, rules))
        .values_list("pk", "now", "why", "was", "was_why", "since")
    )
    for pk, now, reasons, was, was_why, since in found.iterator(chunk_size=5000):
        risky = reasons and now in (Status.NOT_STARTED, Status.UNDER_WAY)
        told_now, told_why = (Status.AT_RISK, reasons) if risky else (now, "")
        yield Told(pk, told_now, told_why, was, was_why, since)


def told_of(
    commitments: Collection[int], rules: Mapping[int, ControlRules], on: date
) -> list[Told]:
    """The same of a few, by the rule itself: an act need not ask about all; seven queries.

    `rules`: those of each body.
    """
    known = facts(commitments, on)
    standing = {
        one.commitment_id: one
        for one in Standing.objects.filter(commitment__in=commitments, until=None)
    }
    found = []
    for pk, body in Commitment.objects.filter(pk__in=known).values_list("pk", "body"):
        now, reasons = rule.status(known[pk], rules[body], on)
        why = "".join(f"{reason.value} " for reason in reasons)
        was = standing.get(pk)
        if was is None or was.since <= on:
            said = (was.status, was.why, was.since) if was else ("", "", None)
            found.append(Told(pk, now, why, *said))
    return found


def clock(on: date) -> Case:
    """The rule of `trees.status.status` as the database reads it, without the risks."""
    going = Case(
        When(starts__lte=on, then=Value(Status.UNDER_WAY)),
        When(Exists(stages().exclude(handed_on=None)), then=Value(Status.UNDER_WAY)),
        default=Value(Status.NOT_STARTED),
    )
    return Case(
        When(control=Control.EXCLUDED, then=Value(Status.CANCELLED)),
        When(control=Control.REMOVED, late=True, then=Value(Status.DONE_LATE)),
        When(control=Control.REMOVED, then=Value(Status.DONE)),
        When(control=Control.NOT_EXECUTED, then=Value(Status.OVERDUE)),
        When(control=Control.SUSPENDED, then=going),
        When(Exists(missed(StageKind.TERM, on)), then=Value(Status.OVERDUE)),
        default=going,
        output_field=CharField(),
    )


def why(on: date, rules: ControlRules) -> Case:
    """The risks in words of one letter each, apart by spaces; empty where no clock runs."""
    said = [
        Case(When(risk, then=Value(f"{name.value} ")), default=Value(""))
        for name, risk in risks(on, rules)
    ]
    return Case(
        When(control__in=RUNNING, then=Concat(*said, Value(""), output_field=CharField())),
        default=Value(""),
        output_field=CharField(),
    )


def stages() -> QuerySet[Stage]:
    return Stage.objects.filter(commitment=OuterRef("pk"), dropped=False).order_by()


def missed(kind: StageKind, on: date) -> QuerySet[Stage]:
    """Stages that passed without a report that stands, handed in by the day."""
    return stages().filter(
        Q(handed_on=None) | Q(handed_on__gt=F("due_on")), kind=kind, due_on__lt=on, met_on=None
    )


def risks(on: date, rules: ControlRules) -> list[tuple[Risk, Exists]]:
    found = [
        (Risk.STAGE, Exists(missed(StageKind.MILESTONE, on))),
        (Risk.INDICATOR, Exists(lagging(on, rules))),
    ]
    if on.month >= rules.money_from_month:
        found.append((Risk.MONEY, Exists(unspent(on, rules))))
    return found


def lagging(on: date, rules: ControlRules) -> QuerySet[Actual]:
    """The last statements of indicators that are short of their path: `trees.status.lags`."""
    later = Actual.objects.filter(
        Q(on__gt=OuterRef("on")) | Q(on=OuterRef("on"), year__gt=OuterRef("year")),
        indicator=OuterRef("indicator"),
        on__lte=on,
    )
    target = Target.objects.filter(indicator=OuterRef("indicator"), year=OuterRef("year"))
    first = Coalesce(F("indicator__baseline_year") + 1, F("year"), output_field=WHOLE)
    whole = months((F("year") - F("first") + 1) * YEAR)
    stated = months((ExtractYear("on") - F("first")) * YEAR + ExtractMonth("on"))
    gone = Least(F("whole"), Greatest(Value(0), stated))
    baseline, way = F("indicator__baseline"), F("target") - F("indicator__baseline")
    short = baseline * F("whole") + way * F("gone") - F("value") * F("whole")
    most = Value(rules.indicator_lag) * F("whole") * Abs(exact(way))
    return (
        Actual.objects.filter(
            indicator__commitment=OuterRef("pk"), indicator__baseline__isnull=False, on__lte=on
        )
        .exclude(Exists(later))
        .annotate(target=Subquery(target.values("value")), first=first)
        .annotate(whole=whole)
        .filter(target__isnull=False, whole__gt=0)
        .annotate(gone=gone)
        .annotate(short=exact(short), most=exact(most))
        .filter(
            Q(indicator__direction=Direction.UP, short__gt=F("most"))
            | Q(indicator__direction=Direction.DOWN, short__lt=exact(-F("most")))
        )
        .order_by()
    )


def months(expression: Combinable) -> ExpressionWrapper[Combinable]:
    return ExpressionWrapper(expression, output_field=WHOLE)


def exact(expression: Combinable) -> ExpressionWrapper[Combinable]:
    return ExpressionWrapper(expression, output_field=EXACT)


def unspent(on: date, rules: ControlRules) -> QuerySet[Money, Any]:
    """Money of the year of which more than the rules allow lies there."""
    given = Sum(Coalesce("allocated", "planned"))
    left = exact(F("used") + Value(rules.money_unspent) * F("given"))
    return (
        Money.objects.filter(commitment=OuterRef("pk"), year=on.year)
        .order_by()
        .values("commitment")
        .annotate(given=given, used=Sum("spent"))
        .filter(given__gt=0)
        .filter(given__gt=left)
    )


def standing_on(day: date) -> QuerySet[Standing]:
    """What stood on any past day, one row for each commitment that there was."""
    return Standing.objects.filter(Q(until=None) | Q(until__gt=day), since__lte=day)
