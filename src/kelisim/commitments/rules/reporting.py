"""May a report be written, given evidence, handed in, returned to a co-executor."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from kelisim.commitments import rights
from kelisim.commitments.states import CONTROLLED, NEXT_REPORT, WRITABLE, Control, ReportState
from kelisim.refusals import Refusal

if TYPE_CHECKING:
    from kelisim.bodies.models import Body
    from kelisim.bodies.queries.powers import Powers
    from kelisim.commitments.models import Commitment, Report

WHOLE = 100


def may_report(
    held: "Powers", commitment: "Commitment", body: "Body", *, executes: bool
) -> Refusal | None:
    """A body that executes a commitment reports on it while it is on control."""
    if not executes:
        return Refusal("commitments.not_executor", body=str(body))
    if not held.may(rights.REPORT, body):
        return Refusal("commitments.not_reporter", body=str(body))
    if commitment.control not in CONTROLLED or commitment.control == Control.SUSPENDED:
        return Refusal("commitments.not_on_control", state=Control(commitment.control).label)
    return None


def may_write(report: "Report") -> Refusal | None:
    if report.state in WRITABLE:
        return None
    return Refusal("commitments.report_handed_in", state=ReportState(report.state).label)


def amount(text: str) -> Decimal | None:
    """An exact amount, or none where it is no number."""
    try:
        value = Decimal(text.replace(" ", "").replace("\xa0", "").replace(",", "."))
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def figure_faults(
    *,
    percent: int | None,
    figures: Mapping[str, str],
    figures_source: str,
    spent: Mapping[str, str],
    indicators: Iterable[int],
    money: Iterable[int],
) -> list[Refusal]:
    """Numbers are numbers, of this commitment's indicators and money, with their source."""
    found = []
    if percent is not None and not 0 <= percent <= WHOLE:
        found.append(Refusal("commitments.percent_range", place="percent"))
    known, lines = {str(pk) for pk in indicators}, {str(pk) for pk in money}
    for key, text in figures.items():
        if key not in known:
            found.append(Refusal("commitments.indicator_unknown", place=f"figure_{key}"))
        elif amount(text) is None:
            found.append(Refusal("commitments.not_a_number", place=f"figure_{key}", text=text))
    for key, text in spent.items():
        value = amount(text)
        if key not in lines:
            found.append(Refusal("commitments.money_unknown", place=f"spent_{key}"))
        elif value is None:
            found.append(Refusal("commitments.not_a_number", place=f"spent_{key}", text=text))
        elif value < 0:
            found.append(Refusal("commitments.cost_below_zero", place=f"spent_{key}", number=""))
    if figures and not figures_source.strip():
        found.append(Refusal("commitments.source_needed", place="figures_source"))
    return found


def may_add_evidence(
    report: "Report",
    *,
    title: str,
    file: bool,
    address: str,
    effective_on: date,
    today: date,
    public: bool,
    photo: bool,
    consent: bool,
) -> list[Refusal | None]:
    """A file or a link with a title and its day; a public photograph only with consent."""
    return [
        may_write(report),
        None if title.strip() else Refusal("commitments.evidence_title_needed", place="title"),
        None if file != bool(address) else Refusal("commitments.file_or_link", place="file"),
        Refusal("commitments.day_ahead", place="effective_on") if effective_on > today else None,
        Refusal("commitments.photo_without_consent", place="consent")
        if photo and public and not consent
        else None,
    ]


def may_hand_in(report: "Report", *, parts_fit: bool) -> list[Refusal | None]:
    """What is handed in says something; a lead gathers parts of the same term only."""
    return [
        None
        if ReportState.SENT in NEXT_REPORT[ReportState(report.state)]
        else Refusal("commitments.report_handed_in", state=ReportState(report.state).label),
        None if report.words.strip() else Refusal("commitments.words_needed", place="words"),
        None if parts_fit else Refusal("commitments.part_of_another", place="gathers"),
    ]


def may_return_part(
    held: "Powers", part: "Report", lead: "Body", *, because: str
) -> list[Refusal | None]:
    """The lead executor returns a co-executor's part, with a reason."""
    if not held.may(rights.REPORT, lead) or part.body_id == lead.pk:
        return [Refusal("commitments.not_lead")]
    return [
        None
        if ReportState.RETURNED in NEXT_REPORT[ReportState(part.state)]
        else Refusal("commitments.wrong_state", state=ReportState(part.state).label),
        None if because.strip() else Refusal("commitments.reason_needed", place="because"),
    ]
