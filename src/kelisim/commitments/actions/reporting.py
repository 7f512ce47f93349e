"""Executors report: write, give evidence, hand in; a lead gathers the others' parts."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localtime

from kelisim.bodies.models import Body
from kelisim.bodies.queries.powers import Powers, powers_at
from kelisim.commitments import rights
from kelisim.commitments.actions import standing
from kelisim.commitments.models import Commitment, Evidence, Report, Sending, Stage
from kelisim.commitments.queries import reports as reading
from kelisim.commitments.rules import reporting as rules
from kelisim.commitments.states import ReportState
from kelisim.commitments.trees.sealing import digest
from kelisim.ledger.actions import record
from kelisim.ledger.chain import Fact
from kelisim.refusals import require

if TYPE_CHECKING:
    from kelisim.papers.models import File
    from kelisim.people.models import Person


def locked(report_id: int) -> Report:
    """A report, after its commitment: all who change one commitment stand in one line."""
    commitment_id = Report.objects.values_list("commitment_id", flat=True).get(pk=report_id)
    Commitment.objects.select_for_update().get(pk=commitment_id)
    return (
        Report.objects.select_for_update(of=("self",))
        .select_related("stage", *reading.WITH_COMMITMENT, *reading.EXECUTOR)
        .get(pk=report_id)
    )


def note(
    act: str, report: Report, held: Powers, by: "Person | None", at: datetime, **facts: Fact
) -> None:
    record(
        act,
        subject=report,
        by=by,
        mandate=held.mandate(rights.REPORT, report.body),
        after={"commitment": report.commitment_id, "body": report.body.slug, **facts},
        at=at,
    )


@transaction.atomic
def write(
    stage_id: int,
    *,
    body_id: int,
    words: str,
    language: str,
    percent: int | None = None,
    figures: Mapping[str, str] | None = None,
    figures_source: str = "",
    spent: Mapping[str, str] | None = None,
    by: "Person | None",
    at: datetime,
) -> Report:
    """Write a body's report for a term, or change what is not handed in yet."""
    stage = Stage.objects.select_related("commitment").get(pk=stage_id)
    commitment = Commitment.objects.select_for_update().get(pk=stage.commitment_id)
    body = Body.objects.select_related("kind", "unit__parent", "parent").get(pk=body_id)
    held = powers_at(by, at)
    executes = reading.executes(commitment.pk, body.pk)
    require(rules.may_report(held, commitment, body, executes=executes))
    known = Report.objects.filter(stage=stage, body=body).exclude(state=ReportState.ACCEPTED)
    report = known.first() or Report(commitment=commitment, stage=stage, body=body)
    figures, spent = dict(figures or {}), dict(spent or {})
    require(
        rules.may_write(report),
        *rules.figure_faults(
            percent=percent,
            figures=figures,
            figures_source=figures_source,
            spent=spent,
            indicators=commitment.indicators.values_list("pk", flat=True),
            money=commitment.money.values_list("pk", flat=True),
        ),
    )
    report.words, report.language, report.percent = words.strip(), language, percent
    report.figures = {key: str(rules.amount(text)) for key, text in figures.items()}
    report.spent = {key: str(rules.amount(text)) for key, text in spent.items()}
    report.figures_source = figures_source.strip()
    report.written_by, report.written_at = by, at
    report.save()
    note("commitments.report_written", report, held, by, at)
    return report


@transaction.atomic
def add_evidence(
    report_id: int,
    *,
    title: str,
    language: str,
    file: "File | None" = None,
    address: str = "",
    effective_on: date,
    shows_form: bool = False,
    public: bool = False,
    photo: bool = False,
    consent: bool = False,
    by: "Person | None",
    at: datetime,
) -> Evidence:
    """Put evidence to a report that is not handed in. A photograph's file lost its metadata."""
    report = locked(report_id)
    held = powers_at(by, at)
    executes = reading.executes(report.commitment_id, report.body_id)
    require(rules.may_report(held, report.commitment, report.body, executes=executes))
    require(
        *rules.may_add_evidence(
            report,
            title=title,
            file=file is not None,
            address=address,
            effective_on=effective_on,
            today=localtime(at).date(),
            public=public,
            photo=photo,
            consent=consent,
        )
    )
    evidence = Evidence.objects.create(
        report=report,
        title=title.strip(),
        language=language,
        file=file,
        address=address,
        effective_on=effective_on,
        shows_form=shows_form,
        public=public,
        photo=photo,
        consent=consent,
        added_at=at,
    )
    sha256 = file.sha256 if file else ""
    note("commitments.evidence_added", report, held, by, at, sha256=sha256, public=public)
    return evidence


@transaction.atomic
def remove_evidence(evidence_id: int, *, by: "Person | None", at: datetime) -> None:
    """Take evidence away from a report that is not handed in."""
    evidence = Evidence.objects.select_related("file").get(pk=evidence_id)
    report = locked(evidence.report_id)
    held = powers_at(by, at)
    executes = reading.executes(report.commitment_id, report.body_id)
    require(rules.may_report(held, report.commitment, report.body, executes=executes))
    require(rules.may_write(report))
    sha256 = evidence.file.sha256 if evidence.file else ""
    evidence.delete()
    note("commitments.evidence_removed", report, held, by, at, sha256=sha256)


@transaction.atomic
def hand_in(
    report_id: int, *, gathers: Iterable[int] = (), by: "Person | None", at: datetime
) -> Sending:
    """Hand a report in exactly as it stands: a co-executor's to the lead, the lead's to control.

    The lead gathers the parts handed in to it. Answering a question is handing in again.
    """
    report = locked(report_id)
    held, today = powers_at(by, at), localtime(at).date()
    executes = reading.executes(report.commitment_id, report.body_id)
    require(rules.may_report(held, report.commitment, report.body, executes=executes))
    leads = report.body_id == report.commitment.lead_id
    wanted = set(gathers)
    parts = list(
        Report.objects.select_for_update(of=("self",))
        .filter(
            stage=report.stage_id,
            pk__in=wanted,
            state__in=[ReportState.SENT, ReportState.GATHERED],
        )
        .exclude(pk=report.pk)
        .select_related("body")
        .order_by("pk")
    )
    fit = len(parts) == len(wanted) and (leads or not wanted)
    require(*rules.may_hand_in(report, parts_fit=fit))
    Report.objects.filter(into=report).exclude(pk__in=wanted).update(
        into=None, state=ReportState.SENT
    )
    for part in parts:
        part.into, part.state = report, ReportState.GATHERED
        part.save(update_fields=["into", "state"])
    said = reading.content(report, parts)
    sending = Sending.objects.create(
        report=report,
        number=report.sendings.count() + 1,
        content=said,
        digest=digest(said),
        at=at,
        by=by,
    )
    before = report.state
    report.state, report.digest, report.handed_at = ReportState.SENT, sending.digest, at
    report.save(update_fields=["state", "digest", "handed_at"])
    if leads and before != ReportState.ASKED:
        Stage.objects.filter(pk=report.stage_id).update(handed_on=today)
    note(
        "commitments.report_handed_in",
        report,
        held,
        by,
        at,
        sha256=sending.digest,
        number=sending.number,
        parts=len(parts),
    )
    standing.recompute(on=today, commitments=[report.commitment_id])
    return sending


@transaction.atomic
def return_part(report_id: int, *, because: str, by: "Person | None", at: datetime) -> Report:
    """The lead executor returns a co-executor's part, with a reason."""
    part = locked(report_id)
    held = powers_at(by, at)
    lead = Body.objects.select_related("kind", "unit__parent", "parent").get(
        pk=part.commitment.lead_id
    )
    require(*rules.may_return_part(held, part, lead, because=because))
    part.state, part.into = ReportState.RETURNED, None
    part.save(update_fields=["state", "into"])
    record(
        "commitments.part_returned",
        subject=part,
        by=by,
        mandate=held.mandate(rights.REPORT, lead),
        because=because.strip(),
        after={"commitment": part.commitment_id, "body": part.body.slug},
        at=at,
    )
    return part
