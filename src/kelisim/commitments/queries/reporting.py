"""What the one form of an executor stands on: the term, its reports, what was said of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from kelisim.bodies.models import Body
from kelisim.bodies.queries.powers import Powers
from kelisim.commitments import rights
from kelisim.commitments.models import (
    Commitment,
    Evidence,
    Executor,
    Indicator,
    Mark,
    Money,
    Report,
    Stage,
)
from kelisim.commitments.queries.commitment import WHOLE, Told
from kelisim.commitments.states import WRITABLE, MarkKind, ReportState
from kelisim.ledger.models import Sealed

RETURNED = (MarkKind.RETURNED, MarkKind.ASKED)


@dataclass(frozen=True)
class Part:
    """What a co-executor handed in to the lead, or has not yet."""

    body: Body
    told: Told | None

    @property
    def waits(self) -> bool:
        """Whether it can be gathered or returned."""
        state = self.told.report.state if self.told else ""
        return state in {ReportState.SENT, ReportState.GATHERED}

    def of(self, pk: str) -> bool:
        """Whether it is this report, and can be returned."""
        return self.waits and self.told is not None and str(self.told.report.pk) == pk


@dataclass(frozen=True)
class Desk:
    """A term as one of its executors has it before them."""

    stage: Stage
    commitment: Commitment
    body: Body
    leads: bool
    report: Report | None
    accepted: Report | None
    evidence: Sequence[Evidence]
    parts: Sequence[Part]
    indicators: Sequence[Indicator]
    money: Sequence[Money]
    note: str = ""

    @property
    def writable(self) -> bool:
        """Whether anything can be written: not while it is with others, nor once it is accepted."""
        if self.report:
            return self.report.state in WRITABLE
        return self.accepted is None

    @property
    def shows_form(self) -> bool:
        return any(one.shows_form for one in self.evidence)


def stage(pk: int) -> Stage | None:
    """A term with its commitment and all that rights over it are judged by."""
    paths = [f"{body}__{path}" for body in ("body", "lead") for path in WHOLE]
    return (
        Stage.objects.filter(pk=pk)
        .select_related("commitment__plan", *(f"commitment__{path}" for path in paths))
        .first()
    )


def executing(commitment: Commitment) -> list[Body]:
    """The bodies that execute a commitment now, the lead first; one query."""
    rows = Executor.objects.filter(commitment=commitment, until=None).select_related(
        *(f"body__{path}" for path in WHOLE)
    )
    ordered = sorted(rows, key=lambda row: (row.body_id != commitment.lead_id, row.position))
    return [row.body for row in ordered]


def spoken_for(held: Powers, bodies: Iterable[Body]) -> list[Body]:
    """Those of these bodies for which somebody reports."""
    return [body for body in bodies if held.may(rights.REPORT, body)]


def desk(of: Stage, bodies: Sequence[Body], body: Body) -> Desk:
    """Everything that one form shows; seven queries at most."""
    commitment, leads = of.commitment, body.pk == of.commitment.lead_id
    mine = Q(body=body)
    reports = list(
        Report.objects.filter(Q(stage=of) if leads else Q(stage=of) & mine)
        .select_related("body")
        .order_by("pk")
    )
    own = [report for report in reports if report.body_id == body.pk]
    open_one = next((one for one in own if one.state != ReportState.ACCEPTED), None)
    accepted = next((one for one in reversed(own) if one.state == ReportState.ACCEPTED), None)
    evidence: dict[int, list[Evidence]] = {report.pk: [] for report in reports}
    for row in (
        Evidence.objects.filter(report__in=evidence)
        .select_related("file")
        .defer("file__content")
        .order_by("pk")
    ):
        evidence[row.report_id].append(row)
    latest = {
        report.body_id: Told(report, tuple(evidence[report.pk]))
        for report in reports
        if report.state != ReportState.DRAFT
    }
    return Desk(
        stage=of,
        commitment=commitment,
        body=body,
        leads=leads,
        report=open_one,
        accepted=accepted,
        evidence=evidence[open_one.pk] if open_one else [],
        parts=[Part(other, latest.get(other.pk)) for other in bodies if other.pk != body.pk]
        if leads
        else [],
        indicators=list(Indicator.objects.filter(commitment=commitment).order_by("position", "pk")),
        money=list(Money.objects.filter(commitment=commitment).order_by("year", "source")),
        note=said_of(open_one, leads=leads) if open_one else "",
    )


def said_of(report: Report, *, leads: bool) -> str:
    """Why a report was returned, or what was asked of it; one query.

    What a lead executor says of a co-executor's part is no mark of control: the ledger keeps it.
    """
    if report.state not in {ReportState.RETURNED, ReportState.ASKED}:
        return ""
    if leads:
        marks = Mark.objects.filter(sending__report=report, kind__in=RETURNED)
        return marks.order_by("-at", "-pk").values_list("because", flat=True).first() or ""
    told = Sealed.objects.filter(
        entry__act="commitments.part_returned",
        entry__subject_kind="commitments.report",
        entry__subject_ref=str(report.pk),
    )
    return told.order_by("-entry__number").values_list("text", flat=True).first() or ""
