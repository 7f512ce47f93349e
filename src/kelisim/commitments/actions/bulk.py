"""One act on many commitments: tried first, then done whole, once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from kelisim.commitments.actions import control, extending
from kelisim.commitments.models import Bulk, Commitment, Extension, Report
from kelisim.commitments.states import ExtensionState, ReportState
from kelisim.refusals import Refusal, Refused, require

if TYPE_CHECKING:
    from kelisim.people.models import Person

MOST = 200
"""So many at once: a person reads them all before they act."""

type Given = Mapping[str, Any]
type Act = Callable[[Commitment, Given, "Person | None", datetime], object]


@dataclass(frozen=True, slots=True)
class Trial:
    """What would become of one: why not, or nothing that stands against it."""

    commitment: Commitment
    report: Report | None
    refusals: tuple[Refusal, ...] = ()


class Undone(Exception):
    """A trial is over."""


def waiting(commitment: Commitment, state: ReportState) -> Report:
    """The lead executor's report that waits in a state; Refused where there is none."""
    report = Report.objects.filter(
        commitment=commitment, body=commitment.lead_id, state=state
    ).first()
    if report is None:
        raise Refused(Refusal("commitments.no_report_waits", number=commitment.number))
    return report


def on_report(act: Callable[..., object], state: ReportState) -> Act:
    """An act on the report that waits, bound to what was read of it."""

    def acted(of: Commitment, given: Given, by: "Person | None", at: datetime) -> object:
        report = waiting(of, state)
        read = given.get("digests", {}).get(of.pk, report.digest)
        return act(report.pk, digest=read, by=by, at=at)

    return acted


def granted(of: Commitment, given: Given, by: "Person | None", at: datetime) -> object:
    """The later term that its executor asked for."""
    asked = Extension.objects.filter(stage__commitment=of, state=ExtensionState.ASKED).first()
    if asked is None:
        raise Refused(Refusal("commitments.no_extension_asked", number=of.number))
    return extending.extend(asked.pk, answer=given.get("because", ""), by=by, at=at)


def reasoned(act: Callable[..., object]) -> Act:
    return lambda of, given, by, at: act(of.pk, because=given["because"], by=by, at=at)


def transferred(of: Commitment, given: Given, by: "Person | None", at: datetime) -> object:
    return extending.transfer(
        of.pk, to_body_id=given["to_body"], because=given["because"], by=by, at=at
    )


ACTS: dict[str, Act] = {
    "opine": on_report(control.opine, ReportState.SENT),
    "remove": on_report(control.remove, ReportState.EXECUTED),
    "leave": on_report(control.leave, ReportState.EXECUTED),
    "extend": granted,
    "suspend": reasoned(control.suspend),
    "resume": reasoned(control.resume),
    "transfer": transferred,
}
BOUND = {
    "opine": ReportState.SENT,
    "remove": ReportState.EXECUTED,
    "leave": ReportState.EXECUTED,
}
"""Acts on a report, and where it waits for them."""


def chosen_ones(chosen: Sequence[int]) -> list[Commitment]:
    """The commitments in the order of their plans; more than a person reads are refused."""
    if len(chosen) > MOST:
        raise Refused(Refusal("commitments.too_many", count=len(chosen), most=MOST))
    found = Commitment.objects.filter(pk__in=chosen).select_related("plan", "body", "lead")
    return list(found.order_by("plan", "position", "pk"))


def tried(
    act: str, chosen: Sequence[int], given: Given, *, by: "Person | None", at: datetime
) -> list[Trial]:
    """What the act would do to each; nothing of it stays."""
    found = chosen_ones(chosen)
    state = BOUND.get(act)
    reports = {
        report.commitment_id: report
        for report in Report.objects.filter(commitment__in=found, state=state)
        if state
    }
    trials = []
    for one in found:
        refusals: tuple[Refusal, ...] = ()
        try:
            with transaction.atomic():
                ACTS[act](one, given, by, at)
                raise Undone  # noqa: TRY301  (the transaction is what shall be undone)
        except Undone:
            pass
        except Refused as refused:
            refusals = refused.refusals
        trials.append(Trial(one, reports.get(one.pk), refusals))
    return trials


@transaction.atomic
def do(
    act: str,
    chosen: Sequence[int],
    given: Given,
    token: str,
    *,
    by: "Person | None",
    at: datetime,
) -> int:
    """Do it to all or to none; how many. The same token again does nothing more.

    Raises Refused with every reason, each at the number of its commitment.
    """
    kept, new = Bulk.objects.select_for_update().get_or_create(
        token=token, defaults={"act": act, "count": len(chosen), "by": by, "at": at}
    )
    if not new:
        return kept.count
    refusals: list[Refusal | None] = []
    for one in chosen_ones(chosen):
        try:
            with transaction.atomic():
                ACTS[act](one, given, by, at)
        except Refused as refused:
            refusals += [
                Refusal(each.code, place=one.number, **dict(each.facts))
                for each in refused.refusals
            ]
    require(*refusals)
    return kept.count
