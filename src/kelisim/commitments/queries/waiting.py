"""What of plans and commitments waits for somebody on the desk, and what they wait for.

Of each kind only the first few, most pressing first, and whether there are more: the desk costs
the same at any size.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, QuerySet
from django.urls import reverse

from kelisim.commitments.models import Report, Stage
from kelisim.commitments.queries.digest import Line, Own, before_executors, before_office
from kelisim.commitments.rights import REPORT
from kelisim.commitments.states import CONTROLLED, Control, ReportState, StageKind

FEW = 12
AHEAD = timedelta(days=30)
"""Terms that are further off do not wait on the desk yet."""


@dataclass(frozen=True, slots=True)
class Group:
    """Things of one kind; `all` is where those stand that the desk does not hold."""

    key: str
    lines: list[Line] = field(default_factory=list)
    more: bool = False
    all: str = ""


def waiting_for(own: Own, on: date) -> Iterator[Group]:
    """Everything, by kind; at most nine queries."""
    table = reverse("commitments:control")
    mine = own.by[REPORT]
    terms = due(mine)
    yield few("overdue", terms.filter(due_on__lt=on), f"{table}?status=overdue")
    yield few("due", terms.filter(due_on__range=(on, on + AHEAD)), table)
    for one in (*before_executors(own), *before_office(own)):
        if one.lines:
            more = one.more or len(one.lines) > FEW
            yield Group(one.key, one.lines[:FEW], more, table)


def due(bodies: Iterable[int]) -> QuerySet[Stage]:
    """Terms on which these bodies lead, and of which no report that stands was handed in."""
    sent_back = Report.objects.filter(
        stage=OuterRef("pk"),
        body=OuterRef("commitment__lead"),
        state__in=[ReportState.RETURNED, ReportState.ASKED],
    )
    running = [control for control in CONTROLLED if control != Control.SUSPENDED]
    return (
        Stage.objects.filter(
            kind=StageKind.TERM,
            dropped=False,
            met_on=None,
            handed_on=None,
            commitment__lead__in=list(bodies),
            commitment__control__in=running,
        )
        .exclude(Exists(sent_back))
        .order_by("due_on", "pk")
    )


def few(key: str, terms: QuerySet[Stage], everything: str) -> Group:
    rows = terms.select_related("commitment__body")[: FEW + 1]
    lines = [
        Line(
            stage.commitment.title,
            reverse("commitments:report", args=[stage.pk]),
            stage.commitment.number,
            stage.commitment.body,
            stage.due_on,
        )
        for stage in rows
    ]
    return Group(key, lines[:FEW], len(lines) > FEW, everything)


def awaited(own: Own) -> list[Line]:
    """Reports of one's bodies that are before their controller; one query."""
    rows = (
        Report.objects.filter(
            body__in=own.by[REPORT],
            body=F("commitment__lead"),
            commitment__control__in=CONTROLLED,
            state__in=[ReportState.SENT, ReportState.EXECUTED],
        )
        .select_related("commitment__body", "stage")
        .order_by("handed_at", "pk")[:FEW]
    )
    return [
        Line(
            report.commitment.title,
            reverse("commitments:review", args=[report.pk]),
            report.commitment.number,
            report.commitment.body,
            report.stage.due_on,
        )
        for report in rows
    ]
